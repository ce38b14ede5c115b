"""The embedded emulator in a process of its own: `python -m tests.support.emulator_process <state directory>`.

There can be only one in a process, and `make local`'s own tests use it in theirs. It prints its URL and runs until
its standard input is closed.
"""

import sys
from pathlib import Path

from local.emulation.emulator import Emulator


def main() -> None:
    """Run until told to stop."""
    emulator = Emulator(Path(sys.argv[1]), frozenset())
    emulator.start()
    print(emulator.url, flush=True)
    sys.stdin.read()
    emulator.stop()


if __name__ == "__main__":
    main()
