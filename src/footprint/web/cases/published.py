"""The published snapshot and the policy of the sharing agreement, as this process has them open now."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Lock
from typing import Final, Generic, TypeVar

from django.conf import settings

from footprint.answer.incidents import ChildThere, children_there
from footprint.answer.opened import OpenedSnapshot
from footprint.answer.pupils import own_pupils
from footprint.decisions import Overlay
from footprint.publishing.task import root
from footprint.records.mask import Mask
from footprint.sharing import Policy, agreement_of, compile_policy
from footprint.sharing.partnership import partnership_of
from footprint.snapshot import NothingPublished, Reader

_lock: Final = Lock()
#: Of so many masks it is remembered whom they let through: of each role that asks for incidents, at each partner.
_MASKS: Final = 16
Made = TypeVar("Made")


class OnceForEach(Generic[Made]):
    """What is read through a partner's records: made once in a process. Whoever asks meanwhile waits."""

    def __init__(self, make: Callable[[str], Made]) -> None:
        self._make = make
        self._made: dict[str, Made] = {}
        self._making = Lock()

    def __call__(self, partner: str) -> Made:
        if partner not in self._made:
            with self._making:
                if partner not in self._made:
                    self._made[partner] = self._make(partner)
        return self._made[partner]


class Published:
    """One snapshot open in this process, the policy for its partners, and what was asked for of one partner's own records."""

    def __init__(self, content: OpenedSnapshot) -> None:
        self.content = content
        self.policy: Policy = compile_policy(
            agreement_of(settings.DATA, partnership_of(settings.DATA).id),
            {feed.partner: feed.sector for feed in content.feeds},
        )
        self._pupils: OnceForEach[frozenset[str]] = OnceForEach(partial(own_pupils, content))
        self._children_there: OnceForEach[tuple[ChildThere, ...]] = OnceForEach(
            partial(children_there, content)
        )
        self._known: tuple[Overlay | None, dict[Mask, dict[str, bool]]] = None, {}

    def pupils_of(self, partner: str) -> frozenset[str]:
        """Return the records of the people on a partner's roll."""
        return self._pupils(partner)

    def children_there(self, partner: str) -> tuple[ChildThere, ...]:
        """Return the children at a partner's incidents."""
        return self._children_there(partner)

    def known(self, mask: Mask, rulings: Overlay) -> dict[str, bool]:
        """Return what was found so far of which records may be known under a mask and these rulings, to be added to.

        It follows from the snapshot, the mask and the rulings alone. With another ruling nothing of it counts any more.
        """
        ruled, of_masks = self._known
        if ruled is not rulings or (mask not in of_masks and len(of_masks) >= _MASKS):
            of_masks = {}
            self._known = rulings, of_masks
        return of_masks.setdefault(mask, {})


class _Opened:
    """What this process has open: nothing before the first question."""

    reader: Reader | None = None
    published: Published | None = None
    agreed: tuple[int, int] | None = None


def published() -> Published:
    """Return what is published now. Looks at two files' status, and opens anew where one changed. Raises NothingPublished."""
    agreed = _agreed()
    with _lock:
        if _Opened.reader is None:
            _Opened.reader = Reader(root(settings.DATA))
        swapped = _Opened.reader.refresh()
        if _Opened.published is None or swapped or agreed != _Opened.agreed:
            _Opened.published = Published(OpenedSnapshot(_Opened.reader.snapshot))
            _Opened.agreed = agreed
        return _Opened.published


def published_or_none() -> Published | None:
    """Return what is published now, or None: for pages that have something to say all the same."""
    try:
        return published()
    except NothingPublished:
        return None


def forget() -> None:
    """Let go of what is open: for tests, which change the data folder under one process."""
    with _lock:
        _Opened.reader, _Opened.published, _Opened.agreed = None, None, None


def _agreed() -> tuple[int, int] | None:
    """What tells whether the agreement's file changed: an urgent revocation is in force with the next question."""
    try:
        status = (settings.DATA / "agreement.yaml").stat()
    except FileNotFoundError:
        return None
    return status.st_mtime_ns, status.st_size
