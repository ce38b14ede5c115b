"""The rules together keep every promise in every interleaving; and each of them is needed."""

from dataclasses import fields

import pytest

from tests.model.rules import Rules
from tests.model.scenarios import SCENARIOS
from tests.model.search import search

TWICE = "two sends, and one of them again from another device, while a device says hello"
APPROVAL = "an approval while a device says hello and somebody sends"
REJOIN = "leaving and coming again while somebody sends"
NO_HELLO = "a client that says no hello asks for the history"
LARGE = "a large room that somebody leaves"
BANNED = "banned while saying hello and being sent to"

NEVER_LEARNS = "never learns of an acknowledged message"
HEARD = "somebody who had left heard what was said afterwards"

BREAKS = {
    "send_has_receipt": (TWICE, "a message is stored twice"),
    "send_checks_last_seq": (LARGE, "the messages of the room are not numbered 1, 2, 3"),
    "send_writes_before_it_looks_who_listens": (BANNED, NEVER_LEARNS),
    "acknowledges_after_publishing": (TWICE, NEVER_LEARNS),
    "retry_publishes_again": (TWICE, NEVER_LEARNS),
    "hello_listens_before_it_reads": (BANNED, NEVER_LEARNS),
    "hello_reads_the_head_after_subscribing": (BANNED, NEVER_LEARNS),
    "history_subscribes_before_it_reads": (NO_HELLO, NEVER_LEARNS),
    "subscribing_checks_membership": (REJOIN, HEARD),
    "unsubscribing_checks_membership": (REJOIN, NEVER_LEARNS),
    "change_reconciles": (REJOIN, HEARD),
    "stream_reconciles": (APPROVAL, "takes its user for"),
    "client_ignores_older_versions": (REJOIN, "takes its user for"),
    "fan_out_reads_listeners_anew": (LARGE, HEARD),
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

    assert broken in verdict.violation
    assert verdict.trace
