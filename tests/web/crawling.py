"""A crawl of the site as one user: every link that a page offers is followed and every form sent, until nothing is new.

It knows no page and no field beforehand but by kind, so a page that is built later is crawled without a word here. What it types
is told to it: a list of people to ask about, texts for fields that are sought by, and one sentence for everything else.
"""

from __future__ import annotations

from collections import Counter, deque
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, get_resolver, resolve, reverse

from tests.web.test_access import urls

#: Whoever sends these is signed out, or somebody else from then on.
NOT_SENT = frozenset(
    {"account_logout", "account_login", "accounts:demo_sign_in", "accounts:sessions", "accounts:roles"}
)
OWN = ("account", "mfa_")
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


class _Reader(HTMLParser):
    """Reads the links and forms of a page, and nothing else of it."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._form: tuple[str, str, list[Field]] | None = None
        self._select: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "a" and found.get("href"):
            self.links.append(found["href"])
        elif tag == "form":
            self._form = found.get("action", ""), found.get("method", "get").lower(), []
        elif self._form and tag in ("input", "textarea", "button") and found.get("name"):
            kind = found.get("type", "text") if tag == "input" else tag
            self._form[2].append(Field(found["name"], kind, found.get("value", "")))
        elif self._form and tag == "select":
            self._select = found.get("name", ""), []
        elif self._select and tag == "option":
            self._select[1].append(found.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select and self._form:
            self._form[2].append(Field(self._select[0], "select", "", tuple(self._select[1])))
            self._select = None
        elif tag == "form" and self._form:
            action, method, fields = self._form
            self.forms.append(Form(action, method, tuple(fields)))
            self._form = None


class Crawl:
    """One user's way through the site. `people` are (given, family, born); `sought` gives texts for fields by their name."""

    def __init__(self, name, client, people, sought, sentence, *, most=12, most_sent=40):
        self.name, self.client = name, client
        self.people, self.sought, self.sentence = people, sought, sentence
        self.most, self.most_sent = most, most_sent
        self.told: list[Told] = []
        self._seen: set[str] = set()
        self._sent: Counter[str] = Counter()
        self._visited: Counter[tuple[str, str]] = Counter()
        self._waiting: deque[str] = deque()
        self._last: deque[str] = deque()
        self._buttons: deque[tuple[Form, str]] = deque()
        self._typed: set[tuple[str, ...]] = set()
        client.raise_request_exception = False

    def run(self, *, ends: bool = True) -> Crawl:
        """Begin at every page that has no parameter, and go on from what they offer; `ends`: press what ends something, too."""
        self._offer("/")
        for name, values in urls():
            if not values:
                self._offer(reverse(name))
        while self._waiting or self._last or (ends and self._buttons):
            if self._waiting or not (ends and self._buttons):
                self._visit((self._waiting or self._last).popleft())
            else:
                self._send_all(*self._buttons.popleft())
        return self

    def again(self, *, most: int, most_sent: int) -> Crawl:
        """Forget what was told and seen, not what was typed: pages are looked at again, and what is new on them is followed."""
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
        name = view_of(parts.path)
        if url in self._seen or name == "" or self._visited[name, via] >= self.most:
            return
        self._seen.add(url)
        self._visited[name, via] += 1
        # What somebody changes of their own account changes what they are told: it comes last.
        (self._last if name.startswith(OWN) else self._waiting).append(url)

    def _visit(self, url: str) -> None:
        self._take(f"GET {url}", url, self.client.get(url))

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
        reader = _Reader()
        reader.feed(page)
        for link in reader.links:
            self._offer(link, url)
        for form in reader.forms:
            whither = urljoin(url, form.action) if form.action else url
            if self._free(form) or _choices(form):
                self._send_all(form, whither)
            else:
                # A button alone ends something (a case, a session): not before everything else was looked at.
                self._buttons.append((form, whither))

    def _send_all(self, form: Form, url: str) -> None:
        path = urlsplit(url).path
        name = view_of(path)
        if name in NOT_SENT or name == "":
            return
        for typed in self._typings(form):
            once = (path, *(f"{key}={typed[key]}" for key in sorted(typed) if key != "csrfmiddlewaretoken"))
            if once in self._typed:
                continue
            if self._sent[name] >= self.most_sent:
                return
            self._typed.add(once)
            self._sent[name] += 1
            sender = self.client.post if form.method == "post" else self.client.get
            asked = {key: value for key, value in typed.items() if key != "csrfmiddlewaretoken"}
            self._take(f"{form.method.upper()} {path} {asked}", url, sender(path, typed))

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
    try:
        return resolve(path).view_name or ""
    except Resolver404:
        return ""


def views() -> set[str]:
    """The names of all views of the site."""
    assert get_resolver()
    return {name for name, _ in urls()}
