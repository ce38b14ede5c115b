"""`python -m tools.bench [--quick] [--check] [--write] [--docs] [--emulator]`: prints each table as it is measured."""

import argparse
import sys
import time
from collections.abc import Callable

from tools import measured
from tools.bench import database, far_side, surroundings
from tools.bench.report import Section


def main() -> int:
    """The exit code: 1 when a target is missed clearly."""
    arguments = _arguments()
    with far_side.running() as receiver, database.running(emulated=arguments.emulator) as base:
        surroundings.prepare(base.endpoint, receiver.connections_url, receiver.queue_url)
        # Only now: the names of the tables are fixed when the models are imported.
        from tools.bench import suite

        if arguments.check:
            suite.check(base, receiver)
            print("Both sides of each comparison do the same, and every function has its row.")
            return 0
        if arguments.write:
            suite.write(base, receiver)
            return 0
        return _print(suite.sections(base, receiver, quick=arguments.quick), into_docs=arguments.docs)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description="What a command costs, side by side.")
    parser.add_argument("--quick", action="store_true", help="fewer rounds: half a minute, noisier")
    parser.add_argument("--check", action="store_true", help="measure nothing; only check that the sides compare")
    parser.add_argument("--write", action="store_true", help="only renew what `make cost` reckons with")
    parser.add_argument("--docs", action="store_true", help="write the tables into docs/performance.md as well")
    parser.add_argument("--emulator", action="store_true", help="use the emulator even where DynamoDB Local is there")
    return parser.parse_args()


def _print(sections: dict[str, Callable[[], Section]], *, into_docs: bool) -> int:
    started = time.monotonic()
    missed: list[str] = []
    for number, (name, measure) in enumerate(sections.items(), 1):
        print(
            f"[{time.monotonic() - started:3.0f} s] {number} of {len(sections)}: {name} …", file=sys.stderr, flush=True
        )
        section = measure()
        print(section, flush=True)
        if into_docs:
            measured.write(f"bench {name}", str(section))
        missed += [target.name for target in section.targets if target.missed]
    print(
        f"\n{time.monotonic() - started:.0f} s. " + ("Missed: " + "; ".join(missed) if missed else "All targets hold.")
    )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
