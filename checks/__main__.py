"""`make check`: run every check even when one fails, print what each found, and leave with the number of failures."""

import subprocess
import sys
import time
from pathlib import Path

PROGRAMS = Path(sys.executable).parent

CHECKS = (
    ("lint", "ruff", "check", "--output-format=concise", "."),
    ("format", "ruff", "format", "--check", "--output-format=concise", "."),
    ("types", "mypy"),
    ("arrows between rooms", "lint-imports", "--no-logo"),
    ("generated documents", "python", "-m", "checks.documents"),
)


def passes(name: str, program: str, *arguments: str) -> bool:
    """Run one check; print its name and time, and its whole output only when it fails."""
    start = time.monotonic()
    done = subprocess.run([PROGRAMS / program, *arguments], capture_output=True, text=True, check=False)
    passed = done.returncode == 0
    print(f"{'ok' if passed else 'FAILED':<7} {name} ({time.monotonic() - start:.1f} s)", flush=True)
    if not passed:
        print(done.stdout + done.stderr, flush=True)
    return passed


def main() -> int:
    """Run all checks; the number that failed."""
    failed = [name for name, *command in CHECKS if not passes(name, *command)]
    if failed:
        print(
            f"{len(failed)} of {len(CHECKS)} checks failed: {', '.join(failed)}. `make fix` mends what a machine can."
        )
    else:
        print(f"All {len(CHECKS)} checks passed.")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
