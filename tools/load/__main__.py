"""`python -m tools.load [--sizes 2,10,…] [--seconds 10] [--only rooms,flood,…] [--docs] [--emulator]`."""

import argparse
import asyncio
import sys
import time
from collections.abc import Callable, Iterator

from tools import measured
from tools.bench import database, far_side, surroundings
from tools.bench.report import Section
from tools.load import flood, rooms, stack, storm

SIZES = (2, 10, 100, 1_000, 5_000)
FLOODED = 12
"""The flood lasts so many times as long as other parts: two minutes, for a limit's longest window is one."""

SECTIONS = ("rooms", "flood", "beside", "sizes", "histories", "storm")

UNLIMITED = {f"PARLEY_LIMIT_{name}": "1000000" for name in ("SENDS", "COMMANDS", "CONNECTS")}
"""For the rooms: there it is not the limits of a person that are measured."""

Say = Callable[[str], None]


def main() -> int:
    """The exit code: 1 when a target is missed clearly."""
    arguments = _arguments()
    started = time.monotonic()

    def say(text: str) -> None:
        print(f"[{time.monotonic() - started:4.0f} s] {text} …", file=sys.stderr, flush=True)

    print(f"{measured.heading_now()} Absolute times are of this machine; compare the ratios.")
    sizes = [size for size in arguments.sizes if stack.allow_files(2 * size)]
    for size in set(arguments.sizes) - set(sizes):
        print(f"{size} connections are left out: the system allows fewer open files (ulimit -Hn).")
    missed: list[str] = []
    for measure in (_rooms, _flood, _counted, _storm):
        for name, section in measure(arguments, sizes, say):
            print(section, flush=True)
            missed += [target.name for target in section.targets if target.missed]
            if arguments.docs:
                measured.write(f"load {name}", str(section))
    print(f"\n{time.monotonic() - started:.0f} s. {'Missed: ' + '; '.join(missed) if missed else 'All targets hold.'}")
    return 1 if missed else 0


def _rooms(arguments: argparse.Namespace, sizes: list[int], say: Say) -> Iterator[tuple[str, Section]]:
    if "rooms" not in arguments.only:
        return
    with stack.running(UNLIMITED, emulated=arguments.emulator) as running:
        grown = [asyncio.run(rooms.measure_room(running, size, arguments.seconds, say)) for size in sizes]
        yield "rooms", rooms.table(grown, running.database)


def _flood(arguments: argparse.Namespace, _sizes: list[int], say: Say) -> Iterator[tuple[str, Section]]:
    if "flood" not in arguments.only:
        return
    with stack.running({}, emulated=arguments.emulator) as running:
        yield "flood", asyncio.run(flood.measure(running, FLOODED * arguments.seconds, say))


def _storm(arguments: argparse.Namespace, _sizes: list[int], say: Say) -> Iterator[tuple[str, Section]]:
    if "storm" not in arguments.only or not stack.allow_files(2 * arguments.people):
        return
    with stack.running(UNLIMITED, emulated=arguments.emulator) as running:
        yield "storm", asyncio.run(storm.measure(running, arguments.people, say))


def _counted(arguments: argparse.Namespace, sizes: list[int], say: Say) -> Iterator[tuple[str, Section]]:
    """What needs no sockets: handlers in this process, on two databases that are empty at first."""
    if not {"beside", "sizes", "histories"} & set(arguments.only):
        return
    emulated = arguments.emulator
    with (
        far_side.running() as receiver,
        database.running(emulated=emulated) as small,
        database.running(emulated=emulated) as large,
    ):
        surroundings.prepare(small.endpoint, receiver.connections_url, receiver.queue_url)
        # Only now: the names of the tables are fixed when the models are imported.
        from local.emulation import tables
        from tools.load import beside, growth

        rounds = max(2, int(3 * arguments.seconds))
        tables.ensure(small.endpoint, surroundings.TABLE_PREFIX)
        if "beside" in arguments.only:
            say("the same commands in a small world and in a large one")
            yield "beside", beside.measure(small, large, receiver, rounds)
        if "sizes" in arguments.only:
            say("one message as its room grows")
            yield "sizes", growth.by_size(receiver, sizes, units=small.counts_units)
        if "histories" in arguments.only:
            say("commands as a room's history grows")
            yield "histories", growth.by_history(receiver, rounds, units=small.counts_units)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.load", description="Parley under load, on this machine.")
    parser.add_argument("--sizes", type=_numbers, default=SIZES, help="connections in the room, such as 2,10,100")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long each part sends")
    parser.add_argument("--people", type=int, default=1_000, help="who react in the storm")
    parser.add_argument("--only", type=_names, default=SECTIONS, help=f"some of {','.join(SECTIONS)}")
    parser.add_argument("--docs", action="store_true", help="write the tables into docs/performance.md as well")
    parser.add_argument("--emulator", action="store_true", help="use the emulator even where DynamoDB Local is there")
    return parser.parse_args()


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


def _names(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if unknown := set(names) - set(SECTIONS):
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: not one of {', '.join(SECTIONS)}")
    return names


if __name__ == "__main__":
    sys.exit(main())
