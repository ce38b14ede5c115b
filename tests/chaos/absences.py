"""When somebody was certainly no member of a room, from what the clients know of the acts that made and ended it."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

from tests.chaos.history import Act

RUNS_ON_SECONDS = 30.0
"""A try whose answer was lost may take effect for as long as a Lambda runs."""


@dataclass(frozen=True)
class Absence:
    """From the answer to the act that ended a membership until the first try of one that opens it again."""

    after: float
    before: float

    def covers(self, begin: float, end: float) -> bool:
        """Whether all of this time lies within."""
        return self.after < begin and end < self.before


def absences(acts: Iterable[Act]) -> list[Absence]:
    """The certain absences of one person from one room, given all acts on their membership.

    An act that ended a membership says nothing where one that opens it was under way at the same time: nobody can
    tell which of the two came last.
    """
    acts = list(acts)
    openings = [act for act in acts if act.effect == "opens" and act.outcome != "refused"]
    found = [Absence(-inf, min((act.begun for act in openings), default=inf))]
    for end in acts:
        if end.effect != "ends" or end.outcome != "done":
            continue
        if any(act.begun < end.ended and _over(act) > end.begun for act in openings):
            continue
        found.append(Absence(end.ended, min((act.begun for act in openings if act.begun >= end.ended), default=inf)))
    return found


def last_word(acts: Iterable[Act]) -> Act | None:
    """The act that certainly came after all others on one membership, if there is one and it was done."""
    done = [act for act in acts if act.outcome != "refused"]
    last = max(done, key=lambda act: act.begun, default=None)
    if last is None or last.outcome != "done" or last.tries > 1:
        return None
    return last if all(act is last or _over(act) < last.begun for act in done) else None


def _over(act: Act) -> float:
    """When the act can take effect no more."""
    return act.ended if act.tries == 1 and act.outcome == "done" else act.ended + RUNS_ON_SECONDS
