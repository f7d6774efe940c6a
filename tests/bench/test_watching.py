"""What a command costs is what it and its children cost together."""

import sys

import pytest

from bench.watching import CommandFailed, watch

ALONE = "held = bytearray(120 * 2**20); import time; time.sleep(0.5)"
TWO_CHILDREN = f"""
import subprocess, sys
children = [subprocess.Popen([sys.executable, "-c", {ALONE!r}]) for _ in range(2)]
sys.exit(max(child.wait() for child in children))
"""


def test_children_count_together():
    alone = watch([sys.executable, "-c", ALONE]).cost.peak_mb
    together = watch([sys.executable, "-c", TWO_CHILDREN]).cost.peak_mb
    assert 120 < alone < 200
    assert together > 240


def test_a_command_that_fails_is_no_figure():
    with pytest.raises(CommandFailed, match="no such delivery"):
        watch([sys.executable, "-c", "import sys; sys.exit('no such delivery')"])


def test_what_it_prints_is_kept_apart_from_what_it_complains_of():
    ran = watch([sys.executable, "-c", "import sys; print('figures'); print('progress', file=sys.stderr)"])
    assert (ran.output, ran.complaint) == ("figures\n", "progress\n")
