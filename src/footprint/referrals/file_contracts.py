"""What the contracts of all files from other systems share: a name, whose files they are, what parts their columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, TypeVar

from footprint.referrals.reading import ChoiceError, Dated, load

_SIGNS: Final[Mapping[str, str]] = MappingProxyType(
    {"comma": ",", "semicolon": ";", "tab": "\t", "stroke": "|"}
)


class FileContract(Dated, frozen=True, kw_only=True):
    """A contract of files: its name, the code of the partner whose files it describes, and what parts the columns of a table."""

    name: str
    partner: str
    delimiter: Literal["comma", "semicolon", "tab", "stroke"] = "comma"

    @property
    def sign(self) -> str:
        """The sign between two columns."""
        return _SIGNS[self.delimiter]


Contract = TypeVar("Contract", bound=FileContract)


def load_by_name(paths: Iterable[Path], shape: type[Contract]) -> dict[str, Contract]:
    """Return the contract of each file by its name. Raises ChoiceError, also where two have one name."""
    found: dict[str, Contract] = {}
    for path in sorted(paths):
        contract = load(path, shape)
        if contract.name in found:
            raise ChoiceError(f"{path}: another file here has the name '{contract.name}', too. Rename one.")
        found[contract.name] = contract
    return found
