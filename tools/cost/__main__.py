"""`python -m tools.cost`: a month's bill."""

import argparse
import sys
from dataclasses import fields
from typing import get_args

from tools.cost.bill import bill, shown
from tools.cost.usage import Alarms, Nat, Usage

_HELP = {
    "users": "people who connect on a day",
    "messages": "messages sent on a day, by all together",
    "room": "connections that hear an average message",
    "hours": "hours that one person is connected on a day",
    "rooms": "rooms that one person is in",
    "watching": "share of the listeners who have the room on screen",
    "reactions": "reactions to an average message",
    "edits": "edits and deletions of an average message",
    "mentions": "people mentioned in an average message",
    "typing": "times that somebody is seen writing, for an average message",
    "openings": "rooms that one person opens on a day",
    "http": "requests to the HTTP API on a day",
    "kept": "months of messages in the tables",
    "canary": "minutes between two runs of the canary; 0: none",
}


def usage_of(arguments: list[str]) -> Usage:
    """The usage that command-line arguments describe."""
    defaults = Usage()
    parser = argparse.ArgumentParser(prog="python -m tools.cost", description="What a month costs in us-east-1.")
    for name, meaning in _HELP.items():
        default = getattr(defaults, name)
        parser.add_argument(f"--{name}", type=amount, default=default, help=f"{meaning} (default: {default:g})")
    parser.add_argument("--nat", choices=get_args(Nat), default=defaults.nat, help=f"(default: {defaults.nat})")
    parser.add_argument(
        "--alarms", choices=get_args(Alarms), default=defaults.alarms, help=f"(default: {defaults.alarms})"
    )
    options = parser.parse_args(arguments)
    if options.watching > 1:
        parser.error("--watching is a share, from 0 to 1")
    return Usage(**{field.name: getattr(options, field.name) for field in fields(Usage)})


def amount(text: str) -> float:
    """A number as people write it: 10000, 10,000 or 10_000. Raises ValueError."""
    number = float(text.replace(",", "").replace("_", ""))
    if not 0 <= number < 1e12:  # noqa: PLR2004
        raise ValueError(text)
    return number


def main() -> int:
    """Print the bill."""
    print(shown(bill(usage_of(sys.argv[1:]))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
