"""A loader to be killed: forks a child for each line "DATA DELIVERY", says its pid, and then how it ended.

Started once, so that a kill costs milliseconds and falls on the loading, not on the start of an interpreter.
"""

import os
import sys
from pathlib import Path

from footprint.feeds.parsing import parse
from footprint.feeds.receiving import receive
from tests.feeds.making import at


def say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def main() -> None:
    for line in sys.stdin:
        data, delivery = line.split()
        child = os.fork()
        if child == 0:
            receive(Path(data), "acute", [Path(delivery)], at(), parse=parse)
            os._exit(0)
        say(child)
        _, status = os.waitpid(child, 0)
        say(status)


if __name__ == "__main__":
    main()
