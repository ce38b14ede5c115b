"""Queue entries: each by itself, and only the failed ones again."""

from typing import Any

import pytest
from pydantic import BaseModel

from shared.aws import deadline
from shared.edge.queue import entries
from tests.unit.builders import LambdaContext, listen_to_everything, log_lines

SECRET = "a word between us"


class Entry(BaseModel):
    number: int


def an_event(*bodies: str) -> dict[str, Any]:
    return {"Records": [{"messageId": f"id-{place}", "body": body} for place, body in enumerate(bodies)]}


def failed(answer: dict[str, Any]) -> list[str]:
    assert list(answer) == ["batchItemFailures"]
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def test_every_entry_is_worked_on_in_order() -> None:
    done: list[Entry] = []

    answer = entries(Entry, done.append)(an_event('{"number": 1}', '{"number": 2}'), LambdaContext())

    assert done == [Entry(number=1), Entry(number=2)]
    assert failed(answer) == []


def test_only_what_failed_comes_again() -> None:
    # given
    done: list[int] = []

    def work_on(entry: Entry) -> None:
        if entry.number == 2:
            raise RuntimeError
        done.append(entry.number)

    # when
    event = an_event('{"number": 1}', '{"number": 2}', '{"number": 3}')
    answer = entries(Entry, work_on)(event, LambdaContext())

    # then
    assert done == [1, 3]
    assert failed(answer) == ["id-1"]


@pytest.mark.parametrize("poison", ["", "{", "[]", "{}", '{"number": "many"}', "\x00"])
def test_poison_does_not_keep_the_others_from_being_done(poison: str) -> None:
    done: list[Entry] = []

    answer = entries(Entry, done.append)(an_event(poison, '{"number": 1}'), LambdaContext())

    assert done == [Entry(number=1)]
    assert failed(answer) == ["id-0"]


def test_what_there_is_no_time_for_comes_again_untouched() -> None:
    # given less than the least that an entry takes, once the margin is off
    done: list[Entry] = []

    # when
    answer = entries(Entry, done.append)(an_event('{"number": 1}', '{"number": 2}'), LambdaContext(remaining_ms=4_900))

    # then
    assert done == []
    assert failed(answer) == ["id-0", "id-1"]


def test_time_that_runs_out_on_the_way_is_noticed() -> None:
    done: list[int] = []

    def work_on(entry: Entry) -> None:
        done.append(entry.number)
        deadline.set_remaining(1)

    answer = entries(Entry, work_on)(an_event('{"number": 1}', '{"number": 2}'), LambdaContext())

    assert done == [1]
    assert failed(answer) == ["id-1"]


def test_the_log_tells_the_entry_and_the_error_but_no_contents(caplog: pytest.LogCaptureFixture) -> None:
    listen_to_everything(caplog)

    def work_on(_entry: Entry) -> None:
        raise RuntimeError(SECRET)

    event = an_event('{"number": 1, "text": "' + SECRET + '"}', SECRET, '{"number": "' + SECRET + '"}')
    entries(Entry, work_on)(event, LambdaContext())

    lines = log_lines(caplog)
    assert SECRET not in lines
    assert '"entryId": "id-' in lines
    assert "RuntimeError" in lines
