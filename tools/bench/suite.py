"""All measurements, in the order of the report."""

from collections.abc import Callable
from functools import partial

from local.emulation import tables
from tools.bench import history, imports, posts, sends
from tools.bench.calls import table as calls
from tools.bench.cold import parts
from tools.bench.cold import starts as cold
from tools.bench.database import Database
from tools.bench.far_side import FarSide
from tools.bench.report import Section
from tools.bench.surroundings import TABLE_PREFIX
from tools.cost import commands


class CapacityUnknown(Exception):
    """The database can't say what a command consumes."""


def sections(database: Database, far_side: FarSide, *, quick: bool) -> dict[str, Callable[[], Section]]:
    """What to measure, by name. Each is only measured when it is called."""
    tables.ensure(database.endpoint, TABLE_PREFIX)
    sends.check_same(database, far_side)
    return {
        "posts": partial(posts.measure, far_side, 15 if quick else 40),
        "sends": partial(sends.measure, database, far_side, 50 if quick else 150),
        "history": partial(history.measure, database, far_side, 50 if quick else 100),
        "calls": partial(calls.measure, database, far_side),
        "imports": partial(imports.measure, 1 if quick else 2),
        "cold starts": partial(cold.measure, 2 if quick else 5),
        "parts of a cold start": partial(parts.measure, 2 if quick else 5),
    }


def check(database: Database, far_side: FarSide) -> None:
    """Everything but the timing. Raises what does not hold."""
    tables.ensure(database.endpoint, TABLE_PREFIX)
    sends.check_same(database, far_side)
    history.measure(database, far_side, rounds=1)
    cold.check_same()
    rows = calls.covering(database, far_side)
    if database.counts_units:
        calls.check_the_bill(rows)


def write(database: Database, far_side: FarSide) -> None:
    """Measure what the bill of `make cost` is made of. Raises CapacityUnknown."""
    if not database.counts_units:
        raise CapacityUnknown(f"{database.name} does not count capacity units; install Java 17 and Maven")
    tables.ensure(database.endpoint, TABLE_PREFIX)
    commands.write(calls.for_the_bill(calls.covering(database, far_side)))
