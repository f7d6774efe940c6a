"""How the fast functions are compiled and where that is kept, so that nobody waits for it twice and nothing stale is run.

Numba's own cache looks at the file of a function only, but ours have the declaration's columns and numbers built in. So
each state of the declaration and of the compiled rooms has a folder of its own: beside this file, in the user's cache where
the package cannot be written, or in NUMBA_CACHE_DIR where the operator says so.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import numba
from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])

_CONFIG: Final[Any] = numba.config  # its settings are made when it is imported
_PACKAGE: Final = Path(__file__).parent.parent
_BUILT_IN: Final = ("comparison/*.py", "search/*.py", "records/columns.py", "records/comparable.py")


def _state() -> str:
    """Return a name for everything that is built into a compiled function."""
    digest = hashlib.sha256(numba.__version__.encode())
    for path in sorted(path for pattern in _BUILT_IN for path in _PACKAGE.glob(pattern)):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _places() -> Iterator[Path]:
    if _CONFIG.CACHE_DIR:
        yield Path(_CONFIG.CACHE_DIR)
    else:
        yield Path(__file__).parent / "__pycache__"
        yield Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "footprint"


def _folder() -> Path | None:
    """Return the folder for this state, or None where nothing can be written: then every process compiles for itself."""
    state = _state()
    for place in _places():
        folder = place / f"compiled-{state}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return None


_FOLDER: Final = _folder()


def compiled(function: Function) -> Function:
    """Return the function compiled by Numba on its first call, or read from where an earlier process kept it."""
    said = _CONFIG.CACHE_DIR
    _CONFIG.CACHE_DIR = str(_FOLDER or "")
    try:
        return cast(Function, njit(cache=_FOLDER is not None)(function))
    finally:
        _CONFIG.CACHE_DIR = said
