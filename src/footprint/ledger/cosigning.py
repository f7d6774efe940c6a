"""The log's side of being witnessed: a head is sent to every witness that is named, and what each answers is judged.

Whoever calls hands in the transport, so that a command, a web application's timer and a test use one judgement. A
witness that cannot be reached makes nobody wait: the head waits. A witness that refuses is an alarm: it remembers
something that this log no longer shows. It must not know what travels how, or what an entry says.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

import msgspec

from footprint.ledger.errors import KeyUnusable
from footprint.ledger.ledger import Ledger
from footprint.ledger.signing import WITNESS, Signer
from footprint.ledger.submissions import PATH, Reply, size_in, write_submission
from footprint.ledger.verifier.heads import Head, VerifierKey, read_note, signature_holds

ATTEMPTS: Final = (
    3  # a first guess at what the witness remembers, its correction, and somebody else's in between
)
FAR_BACK: Final = 200  # heads to look through for the last that a witness signed

#: What a witness means by a refusal, in this order: the status of the protocol, and its sentence.
REFUSALS: Final[dict[int, str]] = {
    400: "could not read what it was sent; compare the versions on both sides",
    403: "does not know the key that signed this head: either it was given another key, or this log's key was replaced",
    404: "does not watch a log of this name: give whoever runs it the log's verifier key",
    409: "remembers another head of the same size: this log was rewritten, or another log signs with its key",
    422: "does not find the entries that it signed for, unchanged, in this log: it was rewritten or restored",
}


class NotReached(Exception):
    """The witness could not be reached, or did not answer in time. The message says why, and repeats no secret."""


Transport = Callable[
    [str, bytes], Reply
]  # sends bytes to an address and returns the answer; raises NotReached


class WitnessAddress(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A witness as the log's operator knows it: its name, where it listens, and the verifier keys that its partner gave."""

    name: str
    url: str
    keys: tuple[str, ...]


msgspec.json.Decoder(tuple[WitnessAddress, ...])  # met by one thread, while this is imported


class Asked(msgspec.Struct, frozen=True):
    """How one witness answered. `alarm` asks a person to act today; `sentence` says what happened and what to do."""

    witness: str
    state: Literal["cosigned", "waiting", "refused"]
    sentence: str
    alarm: bool = False


class Cosigning(msgspec.Struct, frozen=True):
    """The head as it was signed, with every signature that came, and how each witness answered."""

    note: str
    size: int
    asked: tuple[Asked, ...]

    @property
    def alarms(self) -> tuple[Asked, ...]:
        return tuple(one for one in self.asked if one.alarm)

    @property
    def waiting(self) -> tuple[Asked, ...]:
        return tuple(one for one in self.asked if one.state == "waiting")


class Standing(msgspec.Struct, frozen=True):
    """How far a witness signed: the entries, and when (POSIX seconds); none of both where no late head bears its name."""

    witness: str
    size: int | None
    time: int | None


def read_witnesses(path: Path) -> tuple[WitnessAddress, ...]:
    """Return the witnesses that a file names; none where there is no file. KeyUnusable, with what to put right."""
    import yaml

    if not path.exists():
        return ()
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
        witnesses = msgspec.convert(said, tuple[WitnessAddress, ...])
        for witness in witnesses:
            _check(witness)
    except (OSError, yaml.YAMLError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise KeyUnusable(f"{path} cannot be used: {reason} Write name, url and keys of each.") from None
    return witnesses


def cosign(
    ledger: Ledger, signer: Signer, witnesses: Sequence[WitnessAddress], transport: Transport
) -> Cosigning:
    """Sign the log's head, have every witness sign it that has not, keep what came, and say how each answered.

    Call it outside a transaction: it holds none while it waits for a witness. Raises HeadRefused, an alarm of its own,
    where the log does not continue what it signed last, and LedgerUnavailable; no witness's answer raises anything.
    """
    note = ledger.sign_head(signer)
    head, _ = read_note(note)
    asked, came = [], ""
    for witness in witnesses:
        if _lines(note, head, witness):
            asked.append(
                Asked(witness.name, "cosigned", f"{witness.name} has signed these {head.size} entries.")
            )
            continue
        lines, answer = _ask(ledger, note, witness, transport)
        came += lines
        asked.append(answer)
    if came:
        note += came
        ledger.keep_note(note)
    return Cosigning(note, head.size, tuple(asked))


def standings(ledger: Ledger, witnesses: Sequence[WitnessAddress]) -> list[Standing]:
    """Return how far each witness signed, as the heads that are kept show it. Asks nobody."""
    found: dict[str, Standing] = {}
    for note in ledger.newest_notes(FAR_BACK):
        head, _ = read_note(note)
        for witness in witnesses:
            times = [time for _, time in _held(note, head, witness)]
            if times and witness.name not in found:
                found[witness.name] = Standing(witness.name, head.size, max(times))
        if len(found) == len(witnesses):
            break
    return [found.get(witness.name, Standing(witness.name, None, None)) for witness in witnesses]


def _ask(ledger: Ledger, note: str, witness: WitnessAddress, transport: Transport) -> tuple[str, Asked]:
    """Ask one witness, from what it signed last as far as is known, or as it says itself; return its lines and answer."""
    head, _ = read_note(note)
    remembered = min(standings(ledger, [witness])[0].size or 0, head.size)
    old, forgot = remembered, False
    for _ in range(ATTEMPTS):
        try:
            sent = write_submission(old, ledger.consistency_proof(old, head.size), note)
            reply = transport(witness.url.removesuffix("/") + PATH, sent)
        except NotReached as reason:
            return "", _waits(witness, f"was not reached ({reason})")
        known = size_in(reply)
        if known is None or known == old or known > head.size:
            return _judge(ledger, head, witness, reply, forgot=forgot)
        old, forgot = known, forgot or known < remembered
    return "", _waits(witness, "is busy with other heads of this log")


def _judge(
    ledger: Ledger, head: Head, witness: WitnessAddress, reply: Reply, *, forgot: bool
) -> tuple[str, Asked]:
    """Return the signature lines in a witness's last word, and what it means."""
    known = size_in(reply) or 0
    if reply.status == 200:
        lines = _lines(f"{head.text}\n{reply.body.decode('utf-8', 'replace')}", head, witness)
        return lines, _signed(witness, head, forgot=forgot) if lines else _refused(
            witness,
            "sent back no signature that its keys confirm: ask whoever runs it whether the keys are right",
        )
    if known > head.size:
        there = ledger.size()
        if known <= there:
            return "", _waits(witness, f"has signed a later head already, of {known} entries")
        return "", _refused(
            witness,
            f"remembers {known} entries, and this log has {there}: entries are gone from its end, or an old copy of"
            " the database was restored",
        )
    if reply.status in REFUSALS:
        return "", _refused(witness, REFUSALS[reply.status])
    return "", _waits(witness, f"did not answer as a witness does (status {reply.status})")


def _signed(witness: WitnessAddress, head: Head, *, forgot: bool) -> Asked:
    if not forgot:
        return Asked(witness.name, "cosigned", f"{witness.name} has signed these {head.size} entries.")
    return Asked(
        witness.name,
        "cosigned",
        f"{witness.name} has signed these {head.size} entries, but had forgotten what it signed before: ask whoever runs"
        " it what became of its memory, and hold the log to the heads that were kept elsewhere.",
        alarm=True,
    )


def _refused(witness: WitnessAddress, why: str) -> Asked:
    sentence = (
        f"REFUSED: {witness.name} {why}. Tell whoever is responsible for the ledger; change nothing in it."
    )
    return Asked(witness.name, "refused", sentence, alarm=True)


def _waits(witness: WitnessAddress, why: str) -> Asked:
    return Asked(witness.name, "waiting", f"{witness.name} {why}. The head waits; look-ups go on.")


def _lines(note: str, head: Head, witness: WitnessAddress) -> str:
    return "".join(line for line, _ in _held(note, head, witness))


def _held(note: str, head: Head, witness: WitnessAddress) -> Iterator[tuple[str, int]]:
    """Each signature line in the note that is truly this witness's over this head, with its time in POSIX seconds."""
    keys = {(key.name, key.id): key for key in map(VerifierKey.read, witness.keys)}
    try:
        _, signatures = read_note(note)
    except ValueError:
        return
    for one in signatures:
        key = keys.get((one.name, one.key_id))
        if key and signature_holds(key, head, one.payload):
            encoded = base64.b64encode(one.key_id + one.payload).decode()
            yield f"\N{EM DASH} {one.name} {encoded}\n", int.from_bytes(one.payload[:8], "big")


def _check(witness: WitnessAddress) -> None:
    """Raise ValueError, saying what is wrong, for a witness that could not be asked or believed."""
    address = urlsplit(witness.url)
    plain = not (address.username or address.password or address.query or address.fragment)
    if address.scheme not in ("https", "http") or not address.hostname or not plain:
        raise ValueError(f"the url of {witness.name} is no plain web address.")
    keys = [VerifierKey.read(text) for text in witness.keys]
    if not keys or any(key.name != witness.name or key.kind not in WITNESS for key in keys):
        raise ValueError(f"the keys of {witness.name} are not those of a witness of that name.")
