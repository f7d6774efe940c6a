"""What a witness keeps: its key, its name, the logs that it watches, their last heads, and heads that it refused.

A folder of a partner's own, on a machine of theirs. It holds no entry and nothing about any person.

    DATA/witness/witness.yaml      name and log_keys
    DATA/witness/key               the signing key; for its owner alone
    DATA/witness/logs/*.note       the last head of each log. Lost is lost: never made anew by itself
    DATA/witness/refused/*.note    heads that a log signed and that do not follow: evidence
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import msgspec

from footprint.cli.exits import CommandError, Exit
from footprint.ledger import Signer, Witness
from footprint.ledger.signing import WITNESS
from footprint.ledger.verifier.heads import Head, VerifierKey

FOLDER: Final = "witness"
MOST_REFUSED: Final = 100  # kept: enough to prove a case, too few to fill a disk


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `init` was told: the witness's name, and the verifier keys of the logs that it watches."""

    name: str
    log_keys: tuple[str, ...] = ()

    @property
    def logs(self) -> dict[str, list[str]]:
        """Each log's name and its keys."""
        found: dict[str, list[str]] = {}
        for text in self.log_keys:
            found.setdefault(VerifierKey.read(text).name, []).append(text)
        return found


msgspec.json.Decoder(Settings)  # met by one thread, while this is imported


class WitnessFolder:
    """The folder, and the witnesses in it, one for each log."""

    def __init__(self, data: Path) -> None:
        self.path = data / FOLDER
        self._settings = self.path / "witness.yaml"

    def begin(self, name: str, log_keys: list[str], time: int) -> Settings:
        """Set the witness up, or have it watch a further log or key. CommandError for what does not fit what is there."""
        import yaml

        before = Settings(name)
        if self._settings.exists():
            before = self.settings()
            self._require_key()
        if name not in ("", before.name) or not before.name:
            raise CommandError(
                f"Give the witness's name with --name{before.name and f': it is {before.name}'}."
            )
        try:
            added = [VerifierKey.read(key).text for key in log_keys]
        except ValueError as error:
            raise CommandError(str(error)) from None
        settings = Settings(before.name, tuple(dict.fromkeys([*before.log_keys, *added])))
        (self.path / "logs").mkdir(parents=True, exist_ok=True, mode=0o700)
        for origin in settings.logs.keys() - before.logs.keys():
            self._witness(settings, origin).begin(time)
        self._settings.write_text(yaml.safe_dump(msgspec.to_builtins(settings)), encoding="utf-8")
        return settings

    def settings(self) -> Settings:
        """Return what `init` wrote. CommandError where it did not, or somebody broke it."""
        import yaml

        try:
            settings = msgspec.convert(yaml.safe_load(self._settings.read_text("utf-8")), Settings)
            _ = settings.logs
        except FileNotFoundError:
            raise CommandError(
                f"There is no witness in {self.path}. Run `footprint witness init` first.", Exit.NOT_READY
            ) from None
        except (OSError, yaml.YAMLError, ValueError) as error:
            reason = " ".join(str(error).split())
            raise CommandError(f"{self._settings} cannot be read: {reason}") from None
        return settings

    def witnesses(self) -> dict[str, Witness]:
        """Return the witness of each log. CommandError where one has lost its memory: it must not start again."""
        settings = self.settings()
        if not (self.path / "key").exists():
            raise CommandError(
                f"This witness has lost its key ({self.path / 'key'}): restore it.", Exit.FAULTS
            )
        found = {origin: self._witness(settings, origin) for origin in settings.logs}
        for origin, witness in found.items():
            if not witness.memory.exists():
                raise CommandError(
                    f"This witness has lost what it remembers of {origin} ({witness.memory}). Restore the file; a copy"
                    " from before may sign for a history that was rewritten since. Where there is none, tell the partners"
                    " and begin a new witness under another name.",
                    Exit.FAULTS,
                )
        return found

    def keep_refused(self, head: Head, note: str) -> None:
        """Keep a head that its log signed and that does not follow from what is remembered: the evidence."""
        folder = self.path / "refused"
        folder.mkdir(exist_ok=True, mode=0o700)
        file = folder / f"{head.size}-{hashlib.sha256(head.text.encode()).hexdigest()[:16]}.note"
        if not file.exists() and len(list(folder.iterdir())) < MOST_REFUSED:
            file.write_text(note, encoding="utf-8")

    def refused(self) -> list[Path]:
        """Return the files of the heads that were refused, oldest first."""
        folder = self.path / "refused"
        return sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime) if folder.exists() else []

    def signer(self, settings: Settings) -> Signer:
        return Signer.load(self.path / "key", settings.name, WITNESS)

    def _require_key(self) -> None:
        """Refuse to go on without the key: another one would be made, and nobody would trust it."""
        if not (self.path / "key").exists():
            raise CommandError(
                f"This witness has lost its key ({self.path / 'key'}): restore it.", Exit.FAULTS
            )

    def _witness(self, settings: Settings, origin: str) -> Witness:
        memory = self.path / "logs" / f"{hashlib.sha256(origin.encode()).hexdigest()[:32]}.note"
        return Witness(memory, self.signer(settings), origin, settings.logs[origin])
