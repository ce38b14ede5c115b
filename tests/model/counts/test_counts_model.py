"""The rules together keep unread counts and mentions exact in every interleaving; and each of them is needed."""

from dataclasses import fields

import pytest

from tests.model.counts.rules import Rules
from tests.model.counts.steps import steps
from tests.model.counts.world import World
from tests.model.search import Verdict, explore

SEND, EDIT, DELETE = ("send", 0), ("edit", 1), ("delete", 1)

MEETING = "two messages while the list is read"
CHANGED = "two messages that are changed, a lost push, and one twice"

SCENARIOS = {
    MEETING: World((SEND, SEND), losses=1, doubles=1),
    "a message that is edited and deleted": World((DELETE, EDIT, SEND), losses=1, doubles=1),
    "three messages, one of them deleted": World((DELETE, SEND, SEND, SEND), losses=1),
    CHANGED: World((("delete", 2), EDIT, SEND, SEND), losses=1, doubles=1),
}
WRONG_MENTIONS, WRONG_COUNT = "mentions are wrong", "the unread count is wrong"
BREAKS = {
    "list_reads_the_room_first": (MEETING, WRONG_MENTIONS),
    "newest_state_counts": (CHANGED, WRONG_MENTIONS),
    "listed_state_counts": (CHANGED, WRONG_MENTIONS),
    "heard_state_survives_a_list": (CHANGED, WRONG_MENTIONS),
    "older_list_is_ignored": (CHANGED, WRONG_MENTIONS),
    "hole_in_seq_asks": (MEETING, WRONG_MENTIONS),
    "hole_in_rev_asks": (CHANGED, WRONG_COUNT),
}
"""What goes wrong without each rule, and where."""


def _search(start: World, rules: Rules) -> Verdict:
    return explore(start, lambda world: steps(world, rules), _violation)


def _violation(world: World) -> str:
    if not world.is_quiet:
        return ""
    if world.client.gone != world.gone:
        return WRONG_COUNT
    return WRONG_MENTIONS if world.client.mentions - world.client.gone != world.mentions else ""


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_with_all_rules_every_promise_is_kept(scenario: str) -> None:
    verdict = _search(SCENARIOS[scenario], Rules())

    assert verdict.violation == "", "\n".join((verdict.violation, *verdict.trace))
    assert verdict.states > 100


@pytest.mark.parametrize("rule", [field.name for field in fields(Rules)])
def test_without_a_rule_a_promise_is_broken(rule: str) -> None:
    scenario, broken = BREAKS[rule]

    verdict = _search(SCENARIOS[scenario], Rules(**{rule: False}))

    assert verdict.violation == broken
    assert verdict.trace
