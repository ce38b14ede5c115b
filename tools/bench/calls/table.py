"""The table of calls, and that the bill is made of what commands do today."""

from shared.features.rate_limits.service import SAMPLE
from shared.protocol.limits import MAX_MESSAGE_BYTES
from tools.bench import world
from tools.bench.calls.counter import Row
from tools.bench.calls.scenarios import count
from tools.bench.database import Database
from tools.bench.far_side import FarSide
from tools.bench.report import Section
from tools.cost import commands, compute
from tools.cost.commands import Command

MEMBERS = 10
LARGE_ROOM = 150
ROOMS = 20
LONG = "ä" * (MAX_MESSAGE_BYTES // 2)
SAMPLED = 1 / SAMPLE
"""Write units: of so many commands one is counted for all. The bench's own requests are none of those."""
SHORT = {
    "BatchGetItem": "batch get",
    "BatchWriteItem": "batch write",
    "DeleteItem": "delete",
    "PutItem": "put",
    "Query": "query",
    "TransactWriteItems": "transaction",
    "UpdateItem": "update",
}


WITHOUT_CALLS = {"authorize", "canary"}
"""They touch no table and post nothing: one checks a token, the other is a client of the APIs like any other."""


def uncovered(rows: list[Row]) -> set[str]:
    """The functions with tables or a route that no row is about."""
    return world.names() - WITHOUT_CALLS - {row.function for row in rows}


class NotCovered(AssertionError):
    """A function was added without a row here."""


class Outdated(AssertionError):
    """What the bill is made of is not what commands do today."""


def for_the_bill(rows: list[Row]) -> dict[str, Command]:
    """The rows by the names under which `tools.cost` knows them."""
    return {commands.name_of(row.function, row.situation): row.command for row in rows}


def check_the_bill(rows: list[Row]) -> None:
    """Raises Outdated where counts differ; the CPU differs from run to run."""
    today = {name: command.counts() for name, command in for_the_bill(rows).items()}
    kept = {name: command.counts() for name, command in commands.measured().items()}
    changed = [name for name in today.keys() | kept.keys() if today.get(name) != kept.get(name)]
    if changed:
        was_and_is = (f"{name}: {kept.get(name)} is now {today.get(name)}" for name in sorted(changed))
        raise Outdated("; ".join(was_and_is) + "; python -m tools.bench --write renews tools/cost/commands.json")


def covering(database: Database, far_side: FarSide) -> list[Row]:
    """A row for every command. Raises NotCovered."""
    rows = count(far_side, units=database.counts_units)
    if missing := uncovered(rows):
        raise NotCovered(", ".join(sorted(missing)))
    return rows


def measure(database: Database, far_side: FarSide) -> Section:
    """The table. Raises NotCovered."""
    units = database.counts_units
    rows = covering(database, far_side)
    cells = [_cells(row) if units else _cells(row)[:4] for row in rows]
    columns = ["command", "situation", "calls to DynamoDB", "posts"]
    notes = [f"{database.name} does not count capacity units; with Java 17 and Maven, DynamoDB Local does."]
    if units:
        columns += ["read", "write", "DynamoDB $", "messages $", "Lambda $", "SQS $", "sum $"]
        notes = [
            "read, write: request units as DynamoDB Local counts them, in transactions those of its parts.",
            "$: per million commands, us-east-1 (tools/cost/prices.py).",
            f"Of {SAMPLE} commands one is counted, against floods, for a write unit: {SAMPLED:g} for each.",
            "Messages: the frame, its reply and the posts, or the HTTP request.",
            f"Lambda: {compute.MEMORY_GB * 1024:.0f} MB, the request and its computing, without waiting.",
            "Beside: each change of a membership also runs reconcile_subscriptions; connection minutes are $0.25/M;",
            "the authorizer calls no AWS service but, rarely, Cognito's key set.",
        ]
    return Section("4. AWS calls and cost per command", columns, cells, notes=notes)


def _cells(row: Row) -> list[str]:
    calls = ", ".join(
        f"{number} {SHORT[operation]}" if number > 1 else SHORT[operation]
        for operation, number in row.spent.calls.items()
    )
    dollars = row.dollars
    return [
        row.function,
        row.situation or "-",
        calls or "-",
        str(row.arrived.posts),
        f"{row.spent.read_units:g}",
        f"{row.spent.write_units:g}",
        *(f"{dollars[service]:.2f}" for service in ("DynamoDB", "messages", "Lambda", "SQS")),
        f"{sum(dollars.values()):.2f}",
    ]
