"""The rules together keep every promise about changes in every interleaving; and each of them is needed."""

from dataclasses import fields

import pytest

from tests.model.changes.rules import Rules
from tests.model.changes.scenarios import SCENARIOS
from tests.model.changes.search import search

MEETING = "two reactions while a room is opened, one of which dies"
AGAIN = "an edit that is sent again, and another one after it"
DELETED = "an edit, a reaction and a deletion of one message"
SCROLLING = "scrolling back to a message that is changed"

STALE = "the client holds an old state and takes it for the present one"
NEVER_LEARNS = "the client never learns of an acknowledged change"

BREAKS = {
    "change_checks_the_room": (DELETED, "the log is not numbered 1, 2, 3"),
    "change_checks_the_message": (DELETED, "a deleted message was changed"),
    "edit_checks_its_base": (AGAIN, "an edit was made on a text that it does not name"),
    "edit_leaves_its_id": (DELETED, "a stored edit was answered as refused"),
    "refuses_deleted": (DELETED, "a deleted message was changed"),
    "replies_after_publishing": (MEETING, NEVER_LEARNS),
    "retry_publishes_again": (MEETING, NEVER_LEARNS),
    "page_reads_the_rev_first": (SCROLLING, STALE),
    "get_changes_reads_the_rev_first": (SCROLLING, STALE),
    "later_page_lowers_the_rev": (SCROLLING, STALE),
    "later_page_forgets_what_was_heard_ahead": (SCROLLING, STALE),
    "higher_rev_wins": (SCROLLING, STALE),
    "gap_holds_the_rev": (MEETING, STALE),
    "heads_are_noted_before_the_room_is_open": (SCROLLING, NEVER_LEARNS),
}
"""What goes wrong without each rule, and where."""


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_with_all_rules_every_promise_is_kept(scenario: str) -> None:
    verdict = search(SCENARIOS[scenario], Rules())

    assert verdict.violation == "", "\n".join((verdict.violation, *verdict.trace))
    assert verdict.states > 1_000


@pytest.mark.parametrize("rule", [field.name for field in fields(Rules)])
def test_without_a_rule_a_promise_is_broken(rule: str) -> None:
    scenario, broken = BREAKS[rule]

    verdict = search(SCENARIOS[scenario], Rules(**{rule: False}))

    assert verdict.violation == broken
    assert verdict.trace
