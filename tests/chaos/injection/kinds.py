"""Kinds of faults: each with a name, a rate, and a count of how often it happened."""

import random
import threading
from dataclasses import dataclass, field
from enum import Enum

from tests.chaos.plan import Plan


class FaultProfile(Enum):
    """Which faults happen."""

    NONE = "none"
    WITHOUT_CUTS = "those by which nobody who is connected may miss anything"
    ALL = "all"


@dataclass
class Fault:
    """One kind. `rate`: of the occasions on which it could happen. Its draws come from the seed, in their order."""

    name: str
    rate: float
    faults: "Faults"
    rng: random.Random
    cuts: bool
    """Somebody misses something by it until they come back, or until a later event shows the gap."""
    happened: int = 0

    def strikes(self) -> bool:
        """Whether it happens on this occasion; counted when it does."""
        with self.faults.lock:
            if not self._may_happen or self.rng.random() >= self.rate:
                return False
            self.happened += 1
            return True

    @property
    def _may_happen(self) -> bool:
        return self.faults.profile is FaultProfile.ALL or (
            self.faults.profile is FaultProfile.WITHOUT_CUTS and not self.cuts
        )

    def count(self) -> None:
        """It happened, by another's decision."""
        with self.faults.lock:
            self.happened += 1

    def between(self, least: float, most: float) -> float:
        """A size of it: seconds, usually."""
        with self.faults.lock:
            return self.rng.uniform(least, most)


@dataclass
class Faults:
    """All kinds of one run."""

    plan: Plan
    profile: FaultProfile = FaultProfile.NONE
    kinds: dict[str, Fault] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def counts(self) -> dict[str, int]:
        """How often each kind has happened, by name."""
        return {kind.name: kind.happened for kind in self.kinds.values()}

    def kind(self, name: str, rate: float, *, cuts: bool = False) -> Fault:
        """A new kind."""
        rate = self.plan.rates.get(name, rate * self.plan.intensity)
        fault = self.kinds[name] = Fault(name, rate, self, random.Random(f"{self.plan.seed}/{name}"), cuts)
        return fault
