"""A crawl of the site as one user: every link that a page offers is followed and every form sent, until nothing is new.

It knows no page and no field beforehand but by kind, so a page that is built later is crawled without a word here. What it types
is told to it: a list of people to ask about, texts for fields that are sought by, and one sentence for everything else.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from functools import lru_cache
from html import unescape
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, get_resolver, resolve, reverse

from tests.web.test_access import urls

#: Whoever sends these is signed out, or somebody else from then on.
NOT_SENT = frozenset(
    {"account_logout", "account_login", "accounts:demo_sign_in", "accounts:sessions", "accounts:roles"}
)
OWN = ("account", "mfa_")
#: Views whose name ends so show another page once more, slowly: one of each is enough.
TWINS = ("print", "pdf", "csv", "summary")
#: A word in an address is one of few, as a step's name is; what else stands there is somebody's or something's number.
_WORD = re.compile(r"[a-z]+(-[a-z]+)*")
_PERSON_FIELDS = ("given", "family", "born")


class Field(NamedTuple):
    name: str
    kind: str
    value: str
    choices: tuple[str, ...] = ()


class Form(NamedTuple):
    action: str
    method: str
    fields: tuple[Field, ...]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(one.name for one in self.fields)


class Told(NamedTuple):
    """One answer: who asked how for what, and everything that came back."""

    user: str
    asked: str
    view: str
    status: int
    text: str


_TAG = re.compile(r"<(/?)(a|form|input|textarea|button|select|option)\b([^>]*)>")
_ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')


def read(page: str) -> tuple[list[str], list[Form]]:
    """The links and forms of a page of ours, which writes > in no value: a tenth of the time that a parser of any page takes."""
    links: list[str] = []
    forms: list[Form] = []
    form: tuple[str, str, list[Field]] | None = None
    select: tuple[str, list[str]] | None = None
    for end, tag, attributes in _TAG.findall(page):
        found = {} if end else {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
        match (end, tag):
            case ("", "a") if found.get("href"):
                links.append(found["href"])
            case ("", "form"):
                form = found.get("action", ""), found.get("method", "get").lower(), []
            case ("", "input" | "textarea" | "button") if form and found.get("name"):
                kind = found.get("type", "text") if tag == "input" else tag
                form[2].append(Field(found["name"], kind, found.get("value", "")))
            case ("", "select") if form:
                select = found.get("name", ""), []
            case ("", "option") if select:
                select[1].append(found.get("value", ""))
            case ("/", "select") if select and form:
                form[2].append(Field(select[0], "select", "", tuple(select[1])))
                select = None
            case ("/", "form") if form:
                forms.append(Form(form[0], form[1], tuple(form[2])))
                form = None
    return links, forms


class Crawl:
    """One user's way through the site. `people` are (given, family, born); `sought` gives texts for fields by their name.

    A kind of page is a view with the words in its address. Of each kind `most` are visited, and `most` more that an answer
    of another view leads to, and of some as many as `often` says; each form is sent to `most` of a kind with the same values,
    and `most_sent` times in all.
    """

    def __init__(self, name, client, people, sought, sentence, *, most, most_sent, often):
        self.name, self.client = name, client
        self.people, self.sought, self.sentence = people, sought, sentence
        self.most, self.most_sent, self.often = most, most_sent, often
        self.told: list[Told] = []
        self._seen: set[str] = set()
        self._over: set[str] = set()
        self._sent: Counter[tuple[str, ...]] = Counter()
        self._visited: Counter[tuple[str, str]] = Counter()
        self._waiting: deque[str] = deque()
        self._last: deque[str] = deque()
        self._buttons: list[tuple[Form, str]] = []
        self._endings: list[tuple[Form, str]] = []
        self._typed: set[tuple[str, ...]] = set()
        client.raise_request_exception = False

    def run(self, *, ends: bool = True) -> Crawl:
        """Begin at every page that has no parameter, and go on from what they offer; `ends`: press what ends something, too."""
        self._offer("/")
        for name, values in urls():
            if not values:
                self._offer(reverse(name))
        while self._waiting or self._last or (ends and (self._buttons or self._endings)):
            if self._waiting or not (ends and (self._buttons or self._endings)):
                self._visit((self._waiting or self._last).popleft())
            else:
                # The page that was found last comes first: a part ends before the whole to which it belongs.
                self._send_all(*(self._buttons or self._endings).pop(), most=1)
        return self

    def again(self, *, most: int, most_sent: int) -> Crawl:
        """Forget what was told and seen, not what was typed: pages are looked at again, and what is new on them is followed.

        Of twins, which are one each, another one is looked at.
        """
        self._over |= {url for url in self._seen if view_of(urlsplit(url).path).endswith(TWINS)}
        self.told, self.most, self.most_sent = [], most, most_sent
        for kept in (self._seen, self._sent, self._visited):
            kept.clear()
        return self

    def _offer(self, link: str, base: str = "/", via: str = "") -> None:
        parts = urlsplit(urljoin(base, link))
        url = parts.path + (f"?{parts.query}" if parts.query else "")
        if (parts.netloc and parts.netloc not in ("testserver", "localhost")) or parts.path.startswith(
            "/static/"
        ):
            return
        name, kind = view_of(parts.path), kind_of(parts.path)
        most = 1 if name.endswith(TWINS) else self.often.get(name, self.most)
        if url in self._seen or url in self._over or name == "" or self._visited[kind, via] >= most:
            return
        self._seen.add(url)
        self._visited[kind, via] += 1
        # What somebody changes of their own account changes what they are told: it comes last.
        (self._last if name.startswith(OWN) else self._waiting).append(url)

    def _visit(self, url: str) -> None:
        response = self.client.get(url)
        if response.status_code in (403, 405):
            self._over.add(url)  # for good: neither a role nor a page changes while they crawl
        self._take(f"GET {url}", url, response)

    def _take(self, asked: str, url: str, response) -> None:
        """Keep what came back, offer where it leads, and send the forms that it holds."""
        body = response.content if not response.streaming else b"".join(response.streaming_content)
        text = unescape(body.decode("utf-8", errors="replace"))
        headers = "\n".join(f"{name}: {value}" for name, value in response.items())
        self.told.append(
            Told(self.name, asked, view_of(urlsplit(url).path), response.status_code, f"{headers}\n{text}")
        )
        if (
            response.status_code in (301, 302)
            and view_of(urlsplit(response["Location"]).path) not in NOT_SENT
        ):
            # The answers to each kind of question have a count of their own.
            self._offer(response["Location"], url, view_of(urlsplit(url).path))
        if "html" in response.get("Content-Type", ""):
            self._read(body.decode("utf-8", errors="replace"), url)

    def _read(self, page: str, url: str) -> None:
        links, forms = read(page)
        for link in links:
            if not link.startswith("#"):
                self._offer(link, url)
        whithers = [(form, urljoin(url, form.action) if form.action else url) for form in forms]
        for form, whither in whithers:
            if self._free(form) or _choices(form):
                self._send_all(form, whither, self.most)
        # A button alone ends something (a case, a session): not before everything else was looked at. What a page of its own
        # asks about, such as throwing all of it away, ends more than a button beside others does.
        for form, whither in reversed(whithers):
            if not (self._free(form) or _choices(form)):
                alone = urlsplit(whither).path == urlsplit(url).path
                (self._endings if alone else self._buttons).append((form, whither))

    def _send_all(self, form: Form, url: str, most: int) -> None:
        path = urlsplit(url).path
        name, kind = view_of(path), kind_of(path)
        if name in NOT_SENT or name == "":
            return
        hidden = {one.name for one in form.fields if one.kind == "hidden"}
        # A form that is sent by the query replaces what stood there.
        whither, sender = (url, self.client.post) if form.method == "post" else (path, self.client.get)
        for typed in self._typings(form):
            asked = {key: typed[key] for key in sorted(typed) if key != "csrfmiddlewaretoken"}
            once = (whither, *(f"{key}={value}" for key, value in asked.items()))
            alike = (kind, *(f"{key}={value}" for key, value in asked.items() if key not in hidden))
            if once in self._typed or self._sent[alike] >= most:
                continue
            if self._sent[kind,] >= self.most_sent:
                return
            self._typed.add(once)
            self._sent[alike] += 1
            self._sent[kind,] += 1
            response = sender(whither, typed)
            if response.status_code >= 400:
                self._sent[alike] -= 1  # what it was about has ended meanwhile; the next one has not
            self._take(f"{form.method.upper()} {whither} {asked}", url, response)

    def _typings(self, form: Form):
        """Yield what is typed into a form: everything once, each second choice, each person, and each sought text alone."""
        base = self._base(form, choice=0)
        ticked = {one.name: one.value for one in form.fields if one.kind == "checkbox" and one.value}
        yield base
        if any(len(choices) > 1 for choices in _choices(form).values()):
            yield self._base(form, choice=1)
        if ticked:
            yield base | ticked
        empty = {key: value for key, value in base.items() if key not in self._free(form)}
        prefixes = {name[: -len("given")] for name in form.names if name.endswith("given")}
        for prefix in sorted(prefixes):
            for person in self.people:
                yield empty | {
                    f"{prefix}{field}": said for field, said in zip(_PERSON_FIELDS, person, strict=True)
                }
        for name in sorted(self._free(form)):
            for text in self.sought.get(name.rpartition("-")[2], ()):
                yield empty | {name: text}
                if prefixes:
                    first = min(prefixes)
                    yield (
                        empty
                        | {
                            f"{first}{field}": said
                            for field, said in zip(_PERSON_FIELDS, self.people[0], strict=True)
                        }
                        | {name: text}
                    )

    def _free(self, form: Form) -> set[str]:
        """The fields into which somebody types."""
        return {
            one.name
            for one in form.fields
            if one.kind in ("text", "textarea", "tel", "email", "number", "search")
        }

    def _base(self, form: Form, choice: int) -> dict[str, str]:
        typed = {one.name: one.value for one in form.fields if one.kind == "hidden"}
        for name, choices in _choices(form).items():
            typed[name] = choices[min(choice, len(choices) - 1)]
        for name in self._free(form):
            sought = self.sought.get(name.rpartition("-")[2], ())
            typed[name] = sought[0] if sought else self.sentence
        buttons = [one for one in form.fields if one.kind in ("button", "submit")]
        if buttons:
            chosen = buttons[min(choice, len(buttons) - 1)]
            typed[chosen.name] = chosen.value
        return typed


def _choices(form: Form) -> dict[str, list[str]]:
    """What may be chosen, by the field: radios and lists."""
    found: dict[str, list[str]] = {}
    for one in form.fields:
        if one.kind == "radio":
            found.setdefault(one.name, []).append(one.value)
        elif one.kind == "select":
            found[one.name] = [value for value in one.choices if value] or [""]
    return found


def view_of(path: str) -> str:
    """The name of the view at a path; empty where there is none."""
    return kind_of(path).partition(" ")[0]


@lru_cache(maxsize=4096)
def kind_of(path: str) -> str:
    """The name of the view at a path and the words in it: "referrals:move decide"; empty where there is no view."""
    try:
        found = resolve(path)
    except Resolver404:
        return ""
    words = [one for one in map(str, found.kwargs.values()) if _WORD.fullmatch(one)]
    return " ".join([found.view_name or "", *words])


def views() -> set[str]:
    """The names of all views of the site."""
    assert get_resolver()
    return {name for name, _ in urls()}
