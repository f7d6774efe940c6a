"""Writing a referral: the urgent form, the draft and its pages, looking it through, sending it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from footprint.referrals.fields import step as step_named
from footprint.referrals.levels import levels_of, packaged_levels
from footprint.referrals.parts import NoSuchPart
from footprint.referrals.prompts import load_prompts
from footprint.referrals.queueing import is_empty
from footprint.referrals.reading import ChoiceError
from footprint.referrals.referral import Referral
from footprint.referrals.routing import advice
from footprint.sharing.partnership import partnership_of
from footprint.web.accounts.actor import Actor, acting
from footprint.web.accounts.queries import signed_in
from footprint.web.cases.models import Case
from footprint.web.cases.queries import case_of
from footprint.web.referrals.models import Draft
from footprint.web.referrals.models.writing import new_submission
from footprint.web.referrals.queries import NotFound, is_author, latest_of
from footprint.web.referrals.services import sent_under, was_sent
from footprint.web.referrals.writing import editing, services, spool, two_windows
from footprint.web.referrals.writing.device import kept_with
from footprint.web.referrals.writing.forms import AgainForm, UrgentForm
from footprint.web.referrals.writing.presenters.draft import (
    called_here,
    check_page,
    draft_page,
    href_of,
    typed_here,
)
from footprint.web.referrals.writing.queries import draft_of, draft_under, partners_of, said_in
from footprint.web.referrals.writing.ringing import front_door


def start(request: HttpRequest, case_id: str = "") -> HttpResponse:
    """Show the five questions that send a referral, and send it, or go on to the others."""
    actor = acting(request)
    case = case_of(actor, case_id) if case_id else None
    taking: dict[str, Any] = {"takes_down": actor.may("decide-referrals"), "partners": partners_of(actor)}
    form = UrgentForm(**taking)
    if request.method == "POST":
        before = _before(actor, request.POST.get("submission", ""))
        form = UrgentForm(_with_what_stands(actor, before, request.POST), **taking)
        if done := _started(request, actor, case, form, before):
            return done
    context = {
        "form": form,
        "submission": request.POST.get("submission", "")[:40] or new_submission(),
        "empty": request.GET.get("empty", "")[:40],
        "advice": advice(Referral(), partnership_of(settings.DATA).hub),
        "front_door": front_door(actor),
        "case": case.concerns if case else "",
        **kept_with(actor),
    }
    return render(request, "referrals/writing_start.html", context)


def draft(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Show what is filled in so far, and what would help most."""
    actor = acting(request)
    held = draft_of(actor, draft_id)
    if kept := _kept(actor, held):
        return kept
    said = said_in(held)
    page = draft_page(held, said, writer_of(actor), partnership_of(settings.DATA).hub)
    context = {"page": page, "again": _again(held, said), **kept_with(actor)}
    return render(request, "referrals/writing_draft.html", context)


def step(request: HttpRequest, draft_id: str, name: str, key: str = "") -> HttpResponse:
    """Show one page of the form, and save it. What could be read is saved, whatever else is wrong."""
    actor = acting(request)
    try:
        held = draft_of(actor, draft_id)
        if kept := _kept(actor, held):
            return kept
        if request.method == "POST":
            with services.changing(held) as held:
                page, said, of = _saved(actor, held, name, key, request)
            if not page.form.errors:
                return _onwards(request, held, said, page, of)
        else:
            page = _page(actor, held, name, key, request)
    except NotFound:
        return _gone(request)
    stands = _page(actor, held, name, key, request, {}).form
    context = {
        "page": page,
        "draft": held,
        "made_from": two_windows.mark_of(stands),
        "url_here": _url(held, page),
        **kept_with(actor),
    }
    context["of"] = called_here(said_in(held), page)
    context["is_there"] = bool(key) and editing.has(said_in(held), page.step.each, key)
    context["prompts"] = list(writer_of(actor).prompts.values()) if page.prompt else []
    return render(request, "referrals/writing_step.html", context)


def remove(request: HttpRequest, draft_id: str, name: str, key: str) -> HttpResponse:
    """Take a child, an adult or something that happened out of the draft."""
    actor = acting(request)
    held = draft_of(actor, draft_id)
    if kept := _kept(actor, held):
        return kept
    with services.changing(held) as held:
        page = _page(actor, held, name, key, request)
        services.save(held, editing.without(said_in(held), page.step, key))
    messages.success(request, "It is taken out.")
    return redirect("referrals:draft", held.pk)


def check(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Show the whole draft to look through."""
    actor = acting(request)
    held = draft_of(actor, draft_id)
    if kept := _kept(actor, held):
        return kept
    said = said_in(held)
    page = check_page(held, said, writer_of(actor), partnership_of(settings.DATA).hub)
    asked = {"empty": "empty" in request.GET, "again": _again(held, said)}
    context = {"page": page, **asked, **kept_with(actor)}
    return render(request, "referrals/writing_check.html", context)


def send(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Send a draft. What was sent before leads to the same receipt."""
    actor = acting(request)
    before = draft_under(actor, request.POST.get("submission", ""))
    if before is None and (sent := sent_under(actor, request.POST.get("submission", "") or "-")):
        return redirect("referrals:receipt", sent.pk)
    held = draft_of(actor, draft_id)
    if is_empty(said_in(held)) and request.POST.get("then") != "empty":
        return redirect(f"{reverse('referrals:check', args=[held.pk])}?empty=1")
    return _after(services.send(actor, held, danger_again="danger_again" in request.POST))


def discard(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Ask, and then throw the draft away."""
    held = draft_of(acting(request), draft_id)
    if request.method == "POST":
        services.discard(held)
        messages.success(request, "The draft is thrown away.")
        return redirect("referrals:mine")
    return render(request, "referrals/writing_discard.html", {"draft": held})


def writer_of(actor: Actor) -> editing.Writer:
    """Return who fills the form in. Files of the partnership that cannot be read hold nothing up: then ours are used."""
    try:
        levels, prompts = levels_of(settings.DATA), load_prompts(settings.DATA)
    except ChoiceError:
        levels, prompts = packaged_levels(), load_prompts()
    return editing.Writer(
        actor.sector, actor.may("decide-referrals"), levels.labels, prompts, partners_of(actor)
    )


def _started(
    request: HttpRequest, actor: Actor, case: Case | None, form: UrgentForm, before: Draft | None
) -> HttpResponse | None:
    """Send what the first page says, or begin its draft; None where it is too long, and the form says so.

    Under a form that was begun `before`, or sent, it is what that says, with these answers: nothing that was added since is gone.
    """
    submission = request.POST.get("submission", "")[:40]
    said = _begun(request, actor, form, said_in(before) if before else None)
    sent = sent_under(actor, submission) if submission and before is None else None
    if sent is not None and is_author(actor, sent) and not was_sent(actor, submission, said):
        said = _begun(request, actor, form, latest_of(sent))
    if editing.is_too_long(said, form):
        return None
    if sent is not None:
        return _after(services.send_again(actor, submission, said))
    if request.POST.get("then") == "send" and is_empty(said):
        # Asked once, and never refused. By an address of its own, so that the script that sends it shows the question, too.
        return redirect(f"{request.path}?{urlencode({'empty': submission or new_submission()})}")
    if request.POST.get("then") in ("send", "empty"):
        return _after(services.send_at_once(actor, said, submission=submission, case=case))
    begun = services.begin(actor, said, submission=submission, case=case)
    if case is not None and request.POST.get("then") == "fill":
        return redirect("referrals:fill", begun.pk)
    return redirect(href_of(begun, "safety"))


def _again(held: Draft, said: Referral) -> AgainForm | None:
    return AgainForm() if services.may_say_danger_again(held, said) else None


def _before(actor: Actor, submission: str) -> Draft | None:
    return draft_under(actor, submission[:40]) if submission else None


def _with_what_stands(actor: Actor, before: Draft | None, sent: QueryDict) -> QueryDict:
    """What the first page says; what it leaves blank is as the draft has it that was begun from it."""
    if before is None:
        return sent
    stands = editing.page_of(said_in(before), step_named("urgent"), "", writer_of(actor), None)
    return two_windows.with_what_stands(stands.form, sent)


def _saved(
    actor: Actor, held: Draft, name: str, key: str, request: HttpRequest
) -> tuple[editing.Page, Referral, str]:
    """Save what was posted of one page; return the page with what is wrong with it, what the draft says, and of whom it is."""
    key = _key_now(actor, held, name, key, request)
    page, crossed = _page(actor, held, name, key, request), dict[str, str]()
    # What another window took out stands again as it is written here, whole.
    if not key or editing.has(said_in(held), page.step.each, key):
        before = _page(actor, held, name, key, request, {})
        data, crossed = two_windows.with_the_others(before.form, page.form, request.POST)
        page = _page(actor, held, name, key, request, data)
    page.form.is_valid()
    for field, sentence in crossed.items():
        page.form.add_error(field, sentence)
    said, of = editing.said_with(said_in(held), page)
    if not editing.is_too_long(said, page.form):
        services.save(held, said)
    return page, said, of


def _key_now(actor: Actor, held: Draft, name: str, key: str, request: HttpRequest) -> str:
    """The key of what a page is about. What happened is counted: what stands third was fourth before another was taken out."""
    if name != "statement":
        return key
    said, named = said_in(held), step_named(name)
    there = editing.keys_of(said, named.each)
    forms = {one: _page(actor, held, name, one, request, {}).form for one in there}
    return two_windows.key_now(forms, key, request.POST, "statement-text") or editing.fresh_key(
        said, named.each
    )


def _gone(request: HttpRequest) -> HttpResponse:
    """What somebody typed into a form that was sent or thrown away meanwhile, to copy: it stands nowhere else."""
    if request.method != "POST":
        raise NotFound
    context = {"typed": typed_here(request.POST.lists()), "front_door": front_door(acting(request))}
    return render(request, "referrals/writing_gone.html", context, status=HTTPStatus.GONE)


def _begun(request: HttpRequest, actor: Actor, form: UrgentForm, before: Referral | None) -> Referral:
    """What the first page says. Of a contact that is taken down somebody else is the referrer, of whom only this is known."""
    page = editing.Page(step_named("urgent"), "", form)
    if before is not None:
        said, _ = editing.said_with(before, page)
        if bool(said.route) is bool(before.route):
            return said
    fresh, _ = editing.said_with(Referral(), page)
    said = services.with_referrer(said, fresh.referrer) if before is not None else fresh
    known = services.referrer_of(actor, signed_in(request).email, said.referrer.phone)
    return services.with_referrer(said, said.referrer if said.route else known)


def _page(
    actor: Actor, held: Draft, name: str, key: str, request: HttpRequest, given: Any = None
) -> editing.Page:
    """The page with what was posted, or with what is `given` in its place; with {} as it is saved."""
    data: Any = (request.POST if request.method == "POST" else None) if given is None else (given or None)
    prompt = request.GET.get("prompt", "") or request.POST.get("prompt", "")
    try:
        named = step_named(name)
        if bool(named.each) is not bool(key):
            raise NotFound
        return editing.page_of(said_in(held), named, key, writer_of(actor), data, prompt)
    except (LookupError, NoSuchPart):
        raise NotFound from None


def _onwards(request: HttpRequest, held: Draft, said: Referral, page: editing.Page, of: str) -> HttpResponse:
    if request.POST.get("then") == "list":
        return redirect("referrals:draft", held.pk)
    name, key = editing.next_after(said, page, of)
    return redirect(href_of(held, name, key)) if name else redirect("referrals:check", held.pk)


def _url(held: Draft, page: editing.Page) -> str:
    return href_of(held, page.step.name, page.key)


def _kept(actor: Actor, held: Draft) -> HttpResponse | None:
    """Where what was sent lies in the spool, the page that says so: it can be changed no more."""
    if not spool.holds(settings.DATA, actor, held.submission):
        return None
    return redirect("referrals:kept", spool.name_of(actor, held.submission))


def _after(outcome: services.Outcome) -> HttpResponse:
    if outcome.referral is None:
        return redirect("referrals:kept", outcome.spooled)
    return redirect("referrals:receipt", outcome.referral.pk)
