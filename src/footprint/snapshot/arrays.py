"""Arrays of numbers in a segment: NumPy's own .npy files, mapped into memory when opened, written whole or as a stream."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

BUFFER_BYTES: Final = 1 << 20


def write_array(path: Path, array: npt.NDArray[Any]) -> None:
    """Write `array` to a .npy file. Arrays of Python objects are refused (ValueError): they could not be mapped."""
    with path.open("wb") as file:
        np.save(file, array, allow_pickle=False)


def open_array(path: Path) -> npt.NDArray[Any]:
    """Return a .npy file mapped into memory and read-only: nothing is read until it is used, and processes share it."""
    mapped = np.load(path, mmap_mode="r", allow_pickle=False)
    return np.asarray(mapped)  # a plain array on the same memory: indexing a memmap is several times slower


class ArrayWriter:
    """Writes an array longer than memory, piece by piece: one or more dimensions, of which the first one grows.

    `row` is the shape of one element; () for a plain list of numbers. Use in a `with` block; the file is whole after it.
    """

    def __init__(self, path: Path, dtype: npt.DTypeLike, row: tuple[int, ...] = ()) -> None:
        self._dtype: Final = np.dtype(dtype)
        self._row: Final = row
        self._file: Final = path.open("wb", buffering=BUFFER_BYTES)
        self.length = 0
        self._write_header()

    def extend(self, rows: npt.ArrayLike) -> None:
        """Append a piece of shape (any, *row)."""
        piece = np.ascontiguousarray(rows, dtype=self._dtype)
        if piece.ndim != len(self._row) + 1 or piece.shape[1:] != self._row:
            raise ValueError(f"A piece of shape {piece.shape} does not fit an array of rows {self._row}.")
        self._file.write(piece.tobytes())
        self.length += len(piece)

    def close(self) -> None:
        """Write the final length into the header, for which its first form left room."""
        self._file.seek(0)
        self._write_header()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def _write_header(self) -> None:
        # NumPy pads the header so that the first dimension may grow to any length in place.
        header = {
            "descr": np.lib.format.dtype_to_descr(self._dtype),
            "fortran_order": False,
            "shape": (self.length, *self._row),
        }
        np.lib.format.write_array_header_1_0(self._file, header)
