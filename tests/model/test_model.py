"""The rules together keep every promise in every interleaving; and each of them is needed."""

from dataclasses import fields

import pytest

from tests.model.rules import Rules
from tests.model.scenarios import SCENARIOS
from tests.model.search import search


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_with_all_rules_every_promise_is_kept(scenario: str) -> None:
    verdict = search(SCENARIOS[scenario], Rules())

    assert verdict.violation == "", "\n".join((verdict.violation, *verdict.trace))
    assert verdict.states > 1_000


@pytest.mark.parametrize("rule", [field.name for field in fields(Rules)])
def test_without_a_rule_a_promise_is_broken(rule: str) -> None:
    without = Rules(**{rule: False})

    broken = (search(scenario, without) for scenario in SCENARIOS.values())

    found = next((verdict for verdict in broken if verdict.violation), None)
    assert found is not None, f"nothing depends on {rule}"
    assert found.trace
