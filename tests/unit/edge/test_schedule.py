"""Scheduled functions: figures in the log, or a failed invocation that quotes nobody."""

import logging

import pytest

from shared.edge.schedule import RunFailed, scheduled
from tests.unit.builders import LambdaContext, listen_to_everything, log_lines


def test_the_figures_of_a_run_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    listen_to_everything(caplog)

    scheduled(lambda: {"roundTripMs": 12})({}, LambdaContext())

    assert [vars(record)["roundTripMs"] for record in caplog.records if record.message == "scheduled run"] == [12]


def test_a_run_that_fails_fails_its_invocation_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    listen_to_everything(caplog)

    def run() -> dict[str, object]:
        raise ValueError("the password is xyzzy")

    with pytest.raises(RunFailed) as failed:
        scheduled(run)({}, LambdaContext())

    assert str(failed.value) == ""
    assert failed.value.__suppress_context__
    assert "ValueError" in log_lines(caplog)
    assert "xyzzy" not in log_lines(caplog)
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
