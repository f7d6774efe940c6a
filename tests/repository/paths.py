"""The files that the repository's own tests read: ours, never what was installed, cached or received."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "footprint"
NOT_OURS = {"var", "build", "__pycache__", "node_modules", "built"}


def is_ours(parts: tuple[str, ...]) -> bool:
    """Whether a path is ours: git, the environment and the tools keep theirs under names with a dot."""
    hidden = {part for part in parts if part.startswith(".") or part.endswith(".egg-info")} - {".ci"}
    return not hidden and not NOT_OURS & set(parts)


def our_files(*endings: str) -> list[Path]:
    """Our files whose names end so, or all; the test that asks may rely on there being some."""
    found = [path for path in ROOT.rglob("*") if path.is_file() and is_ours(path.relative_to(ROOT).parts)]
    chosen = [path for path in found if not endings or path.suffix in endings]
    assert chosen, f"No file ends in {endings}: the test that asked would test nothing."
    return sorted(chosen)


def name_of(path: Path) -> str:
    """A path as a reader of a failure wants it."""
    return str(path.relative_to(ROOT))
