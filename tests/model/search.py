"""Every state that can be reached, each visited once."""

from collections import deque
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from tests.model.rules import Rules
from tests.model.state import State
from tests.model.steps import steps

World = TypeVar("World", bound=Hashable)


@dataclass(frozen=True)
class Verdict:
    """How many states there are; and, where a promise is broken, which, and by which shortest way."""

    states: int
    violation: str = ""
    trace: tuple[str, ...] = ()


def search(start: State, rules: Rules) -> Verdict:
    """The first broken promise of this model, if there is one."""
    return explore(start, lambda state: steps(state, rules), lambda state: state.violation or violation_of(state))


def explore(
    start: World, steps_from: Callable[[World], Iterable[tuple[str, World]]], broken_in: Callable[[World], str]
) -> Verdict:
    """Visit every state, breadth first, so that the first violation found has a shortest trace."""
    came_from: dict[World, tuple[World, str] | None] = {start: None}
    waiting = deque([start])
    while waiting:
        state = waiting.popleft()
        if broken := broken_in(state):
            return Verdict(len(came_from), broken, _trace(came_from, state))
        for label, after in steps_from(state):
            if after not in came_from:
                came_from[after] = (state, label)
                waiting.append(after)
    return Verdict(len(came_from))


def _trace(came_from: dict[World, tuple[World, str] | None], state: World) -> tuple[str, ...]:
    labels = []
    step = came_from[state]
    while step is not None:
        state, label = step
        labels.append(label)
        step = came_from[state]
    return tuple(reversed(labels))


def violation_of(state: State) -> str:
    """What is promised always, and what is promised once nothing is under way any more."""
    seqs = [seq for _, seq in state.messages]
    if sorted(seqs) != list(range(1, len(seqs) + 1)):
        return "the messages of the room are not numbered 1, 2, 3"
    if len({name for name, _ in state.messages}) < len(state.messages):
        return "a message is stored twice"
    if not state.acknowledged <= set(state.messages):
        return "something was acknowledged that is not stored, or as another than it is"
    return _violation_at_rest(state) if state.is_quiet else ""


def _violation_at_rest(state: State) -> str:
    head = max((seq for _, seq in state.acknowledged), default=0)
    for number, device in enumerate(state.devices):
        if device.phase == "welcomed" and device.membership != state.membership:
            return f"device {number} takes its user for {device.membership}, who is {state.membership}"
        if device.phase in ("welcomed", "other") and state.membership[0] == "approved" and device.head < head:
            return f"device {number} never learns of an acknowledged message"
        if state.membership[0] != "approved" and ("room", number) in state.subscriptions:
            return f"device {number} still listens to a room that its user is out of"
    return ""
