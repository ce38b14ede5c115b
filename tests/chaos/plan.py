"""What a run is told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.chaos.injection.patches import Patches


@dataclass(frozen=True)
class Plan:
    """The seed and the size of a run, what goes wrong in it, and whom it tells."""

    seed: str
    seconds: float
    """How long the workload lasts; getting ready and settling come on top."""
    log: Path
    people: int = 10
    rooms: int = 6
    intensity: float = 1.0
    """By how much faults are more frequent, and connections shorter-lived, than usual."""
    rates: Mapping[str, float] = field(default_factory=dict)
    """Rates of single kinds, by name, instead of the usual ones."""
    enough: Callable[[Mapping[str, int]], bool] = lambda _: False
    """Told how often each kind of fault has happened: whether the workload may end before its time."""
    settles: bool = True
    """Off: the run ends with the workload, and its history is not fit to be judged."""
    dynamodb_endpoint: str | None = None
    inline_limit: int = 12
    """Rooms with more connections than that are served through the queue."""
    tamper: Callable[[Patches], None] = lambda _: None
    """Is called once the functions are loaded: breaks the product, to see that it is noticed."""
    say: Callable[[str], None] = lambda _: None
    """Is told now and then how far it is."""
