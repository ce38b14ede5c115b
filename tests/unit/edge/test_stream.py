"""Stream records: in order, up to the first that fails."""

from typing import Any

import pytest

from shared.aws import deadline
from shared.edge import stream
from shared.edge.stream import Image, changes
from shared.features.memberships.wire import RoomLeft
from shared.realtime.publication import Publication
from tests.unit.builders import LambdaContext, listen_to_everything, log_lines

SECRET = "a word between us"


@pytest.fixture(autouse=True)
def published(monkeypatch: pytest.MonkeyPatch) -> list[Publication]:
    handed: list[Publication] = []
    monkeypatch.setattr(stream, "publish_all", handed.extend)
    return handed


def a_publication(room_id: str) -> Publication:
    return Publication(f"room:{room_id}", RoomLeft(room_id=room_id))


def an_event(*images: tuple[Image | None, Image | None]) -> dict[str, Any]:
    records = []
    for place, (old, new) in enumerate(images):
        change: dict[str, Any] = {"SequenceNumber": str(100 + place), "StreamViewType": "NEW_AND_OLD_IMAGES"}
        change |= {"OldImage": old} if old else {}
        change |= {"NewImage": new} if new else {}
        records.append({"eventID": str(place), "dynamodb": change})
    return {"Records": records}


A, B, C = ({"roomId": {"S": name}} for name in "abc")


def test_each_change_is_worked_on_in_order_and_published(published: list[Publication]) -> None:
    # given
    seen: list[tuple[Image | None, Image | None]] = []

    def work_on(old: Image | None, new: Image | None) -> tuple[Publication, ...]:
        seen.append((old, new))
        return (a_publication((new or old or {})["roomId"]["S"]),)

    # when
    answer = changes(work_on)(an_event((None, A), (A, B), (B, None)), LambdaContext())

    # then
    assert seen == [(None, A), (A, B), (B, None)]
    assert published == [a_publication("a"), a_publication("b"), a_publication("b")]
    assert answer == {"batchItemFailures": []}


def test_it_stops_at_the_first_that_fails_and_says_where(published: list[Publication]) -> None:
    # given
    def work_on(_old: Image | None, new: Image | None) -> tuple[Publication, ...]:
        if new == B:
            raise RuntimeError
        return (a_publication("a"),)

    # when
    answer = changes(work_on)(an_event((None, A), (None, B), (None, C)), LambdaContext())

    # then
    assert published == [a_publication("a")]
    assert answer == {"batchItemFailures": [{"itemIdentifier": "101"}]}


def test_what_it_has_no_time_for_comes_again_but_the_first_is_always_tried() -> None:
    # given
    seen: list[Image | None] = []

    def take_long(_old: Image | None, new: Image | None) -> tuple[Publication, ...]:
        seen.append(new)
        deadline.set_remaining(1)
        return ()

    # when
    answer = changes(take_long)(an_event((None, A), (None, B), (None, C)), LambdaContext(remaining_ms=2_500))

    # then
    assert seen == [A]
    assert answer == {"batchItemFailures": [{"itemIdentifier": "101"}]}


def test_what_cannot_be_published_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_publications: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr(stream, "publish_all", fails)

    answer = changes(lambda _old, _new: (a_publication("a"),))(an_event((None, A)), LambdaContext())

    assert answer == {"batchItemFailures": [{"itemIdentifier": "100"}]}


def test_the_log_tells_the_place_and_the_error_but_no_contents(caplog: pytest.LogCaptureFixture) -> None:
    listen_to_everything(caplog)

    def work_on(_old: Image | None, _new: Image | None) -> tuple[Publication, ...]:
        raise RuntimeError(SECRET)

    changes(work_on)(an_event((None, {"message": {"S": SECRET}})), LambdaContext())

    assert SECRET not in log_lines(caplog)
    assert '"change": "100"' in log_lines(caplog)
    assert "RuntimeError" in log_lines(caplog)
