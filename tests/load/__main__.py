"""`python -m tests.load [--sizes 2,10,…] [--seconds 10] [--docs] [--emulator]`."""

import argparse
import asyncio
import sys
import time

from tests.bench.report import Section
from tests.load import rooms, stack
from tests.support import measured

SIZES = (2, 10, 100, 1_000, 5_000)

UNLIMITED = {"PARLEY_LIMIT_SENDS": "1000000"}
"""For the rooms: there it is not the limits of a person that are measured."""


def main() -> int:
    """The exit code: 1 when a message did not reach everybody."""
    arguments = _arguments()
    started = time.monotonic()

    def say(text: str) -> None:
        print(f"[{time.monotonic() - started:4.0f} s] {text} …", file=sys.stderr, flush=True)

    def show(name: str, section: Section) -> None:
        print(section, flush=True)
        if arguments.docs:
            measured.write(f"load {name}", str(section))

    print(f"{measured.made_at()}: {measured.machine()}. Absolute times are of this machine; compare the ratios.")
    sizes = [size for size in arguments.sizes if stack.allow_files(2 * size)]
    for size in set(arguments.sizes) - set(sizes):
        print(f"{size} connections are left out: the system allows fewer open files (ulimit -Hn).")
    grown: list[rooms.Measured] = []
    with stack.running(UNLIMITED, emulated=arguments.emulator) as running:
        for size in sizes:
            grown.append(asyncio.run(rooms.measure_room(running, size, arguments.seconds, say)))
        show("rooms", rooms.table(grown, running.database))
    return 1 if any(room.missed for room in grown) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.load", description="Parley under load, on this machine.")
    parser.add_argument("--sizes", type=_numbers, default=SIZES, help="connections in the room, such as 2,10,100")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long each part sends")
    parser.add_argument("--docs", action="store_true", help="write the tables into docs/performance.md as well")
    parser.add_argument("--emulator", action="store_true", help="use the emulator even where DynamoDB Local is there")
    return parser.parse_args()


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


if __name__ == "__main__":
    sys.exit(main())
