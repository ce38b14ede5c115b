"""What a run did, in words."""

from collections import Counter

from tests.chaos.checker import check
from tests.chaos.history import History
from tests.chaos.run import Run

_MOST_SHOWN = 40


def of(run: Run) -> str:
    """Operations and faults, by kind."""
    records = Counter(type(record).__name__ for record in run.history.records)
    return "\n".join(
        [
            _table("Operations", run.operations),
            _table("Faults", run.faults),
            _table("Written down", records),
            _table(
                "Stored",
                {
                    "rooms": len(run.history.tables.rooms),
                    "memberships": len(run.history.tables.memberships),
                    "messages": len(run.history.tables.messages),
                    "dead letters": run.history.tables.dead_letters,
                },
            ),
        ]
    )


def judge(history: History) -> int:
    """Print what was violated; 1 if anything was."""
    violations = check(history)
    for violation in violations[:_MOST_SHOWN]:
        print(violation)
    print(f"{len(violations)} violations")
    return 1 if violations else 0


def _table(title: str, numbers: "dict[str, int] | Counter[str]") -> str:
    lines = [f"  {number:>7}  {name}" for name, number in sorted(numbers.items())]
    return "\n".join([f"{title}: {sum(numbers.values())}", *lines])
