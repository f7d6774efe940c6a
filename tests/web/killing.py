"""The site as its command runs it, to be killed, and visitors who never pause and remember all that they were told.

A visitor begins a request only while the site is said to be up. Whatever fails then must be the work of a kill: one that comes
after the request began and before it failed. Everything else is a fault that the test reports.
"""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import NamedTuple

import requests
from django.conf import settings

ROOT = Path(__file__).parents[2]
AS = ("social-worker", "referral-unit")
LOOK_UPS_IN_A_CASE = 4
NO_RECORD = "the record of look-ups cannot be written"
RECEIPT = re.compile(r"Receipt (\d+-[A-Z2-7]{8})")
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PERSON = re.compile(r'href="(/cases/[^"/]+/people/[^"/]+/)"')
_PATIENCE = 60.0


class Interrupted(Exception):
    """A request that a kill met."""


class Kills:
    """How many kills there were, whether one may begin a request now, and which kills met one under way."""

    def __init__(self):
        self.number, self._is_up = 0, False
        self.met = set()
        self._change = threading.Condition()

    def begin(self):
        """Wait until the site is up, and return how many kills there were before."""
        with self._change:
            assert self._change.wait_for(lambda: self._is_up, timeout=_PATIENCE)
            return self.number

    def comes(self):
        """Count a kill that is about to come: nobody begins anything from now on."""
        with self._change:
            self.number, self._is_up = self.number + 1, False

    def is_over(self):
        """Let everybody go on."""
        with self._change:
            self._is_up = True
            self._change.notify_all()


class Server:
    """gunicorn with one worker over a site's data folder, in a process group of its own."""

    def __init__(self, site):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self._port}"
        self._log = site.data / "site.log"
        self._process = None
        if not (site.data / "static").exists():
            (site.data / "static").symlink_to(settings.STATIC_ROOT)
        self._environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "FOOTPRINT_DATA": str(site.data),
            "FOOTPRINT_DEMO": "1",
            "FOOTPRINT_LISTEN": f"127.0.0.1:{self._port}",
            "FOOTPRINT_SITE": self.address,
            "FOOTPRINT_WORKERS": "1",
            "FOOTPRINT_THREADS": "4",
        }

    def start(self):
        """Start it, and return once it says that it is well."""
        command = ["gunicorn", "-c", "python:footprint.web.config.server", "footprint.web.config.wsgi"]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *command],
                env=self._environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + _PATIENCE
        while not self._is_well():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The site did not start. It said:\n{self._log.read_text()[-3000:]}")
            time.sleep(0.02)

    def kill(self):
        """Kill the whole group at once, and return when nobody listens any more."""
        if self._process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            while self._listens():
                time.sleep(0.005)

    def _listens(self):
        with socket.socket() as tried:
            return tried.connect_ex(("127.0.0.1", self._port)) == 0

    def _is_well(self):
        try:
            return requests.get(f"{self.address}/health", timeout=_PATIENCE).status_code == 200
        except requests.RequestException:
            return False


class Page(NamedTuple):
    """What arrived of an answer. `whole` where all of it did; `sent` where at least the question left."""

    status: int
    url: str
    text: str
    whole: bool
    sent: bool


class Visitor(threading.Thread):
    """Signs in, opens a case, asks for people and opens whoever comes, again and again until told to go.

    `receipts` are all that it saw, on whole pages and on torn ones; `cases` the references of cases that it saw opened.
    """

    def __init__(self, address, number, people, kills):
        super().__init__(daemon=True)
        self.address, self.number, self.people, self.kills = address, number, people, kills
        self.receipts, self.cases, self.answers, self.faults = set(), set(), [], []
        self.rounds = self._asked = self._opened = 0
        self._go = threading.Event()
        self._leave()

    # ---- a visit

    def run(self):
        """Visit until told to go."""
        while not self._go.is_set():
            try:
                self.visit()
            except Interrupted:
                continue
            except Exception as error:  # noqa: BLE001 - told to the test, which fails
                self.faults.append(repr(error))
                return

    def goes(self):
        """Go after the page that is under way."""
        self._go.set()
        self.join()

    def visit(self):
        """Do the next thing: sign in and open a case, or look somebody up; return the paths of what was shown."""
        if not self._case:
            self._arrive()
            return []
        paths = self._look_up()
        self.rounds += 1
        if self.rounds % LOOK_UPS_IN_A_CASE == 0:
            self._leave()
        return paths

    @property
    def has_left(self):
        """Whether it is signed out, between one case and the next."""
        return not self._case

    def _leave(self):
        self.session, self._case = requests.Session(), ""
        # A connection kept open would make a request that nobody received look like one under way.
        self.session.headers["Connection"] = "close"

    def _arrive(self):
        self._leave()
        name = AS[self.number % len(AS)]
        self._send("/account/sign-in/as/", self._get("/account/sign-in/"), {"username": name})
        self._opened += 1
        reference = f"KILL-{self.number}-{self._opened}"
        form = {"purpose": "front-door", "reference": reference, "concerns": f"Family {self.number}"}
        opened = self._send("/cases/new/", self._get("/cases/new/"), form)
        self.cases.add(reference)
        self._case = re.search(r"/cases/([^/]+)/$", opened.url)[1]

    def _look_up(self):
        ask = f"/cases/{self._case}/ask/person/"
        self._asked += 1
        given, family, born = self.people[(self._asked + self.number) % len(self.people)]
        results = self._send(ask, self._get(ask), {"given": given, "family": family, "born": born})
        if "/look-ups/" not in results.url:
            raise RuntimeError(f"{results.url} is no answer")
        paths = [results.url.removeprefix(self.address)]
        if first := PERSON.search(results.text):
            self._get(first[1])
            paths.append(first[1])
        return paths

    # ---- a page

    def _get(self, path):
        return self._done("GET", path)

    def _send(self, path, page, form):
        return self._done("POST", path, form | {"csrfmiddlewaretoken": _TOKEN.search(page.text)[1]})

    def _done(self, method, path, form=None):
        """Return a page that came whole and well; raise Interrupted where a kill explains that it did not."""
        number = self.kills.begin()
        page = self.receive(method, path, form)
        shown = RECEIPT.findall(page.text)
        self.receipts |= set(shown)
        if page.whole and page.status == 200:
            if "/look-ups/" in page.url or "/people/" in page.url:
                assert len(shown) == 1, f"an answer without a receipt: {page.text[-2000:]}"
                self.answers += shown
            return page
        unrecorded = page.whole and page.status == 503 and NO_RECORD in page.text and not shown
        if (page.whole and not unrecorded) or self.kills.number == number:
            raise RuntimeError(f"{method} {path}: {page.status} after kill {number}: {page.text[-2000:]}")
        if page.sent:
            self.kills.met.add(number)
        raise Interrupted

    def receive(self, method, path, form=None):
        """Return what arrives, at any time and whatever it is."""
        pieces, status, url, sent = [], 0, "", True
        try:
            asked = self.session.request(
                method, self.address + path, data=form, timeout=_PATIENCE, stream=True
            )
            with asked as answer:
                status, url = answer.status_code, answer.url
                pieces.extend(answer.iter_content(1024))
        except requests.RequestException as error:
            sent, whole = "refused" not in str(error), False
        else:
            whole = True
        return Page(status, url, b"".join(pieces).decode(errors="replace"), whole, sent)
