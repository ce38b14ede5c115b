"""Decides from a history whether Parley kept its promises: `check(history)` gives every broken one.

It knows the promises (docs/delivery.md) and nothing of how they are kept: neither Parley's code nor the faults that
were injected. Each rule is a function that names what it found; `test_checker.py` plants a violation of each kind.
"""

from collections.abc import Callable, Iterator

from tests.chaos import rules_of_changes as changes
from tests.chaos import rules_of_messages as messages
from tests.chaos import rules_of_state as state
from tests.chaos.facts import Facts, Violation
from tests.chaos.history import History

RULES: tuple[Callable[[Facts], Iterator[Violation]], ...] = (
    messages.acknowledged_is_stored_once,
    messages.stored_was_sent,
    messages.numbered_without_holes,
    messages.told_is_stored,
    messages.members_see_everything,
    changes.logged_without_holes,
    changes.edited_once,
    changes.deleted_is_gone,
    changes.reactions_are_as_last_said,
    changes.pins_are_as_last_said,
    state.nobody_sees_more,
    state.unread_is_exact,
    state.same_as_fresh,
    state.acts_last,
    state.an_admin_remains,
    state.one_direct_room_for_each_set,
    state.those_listen_who_should,
    state.nothing_is_stuck,
)


def check(history: History) -> list[Violation]:
    """Every violation, in the order of the rules."""
    facts = Facts(history)
    return [violation for rule in RULES for violation in rule(facts)]
