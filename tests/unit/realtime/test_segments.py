"""Segments of a large topic: together they are the whole topic, and each listener is in one of them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from shared.realtime.segments import Segment, split_into_segments

connection_ids = st.text(min_size=1, max_size=6)


def holds(segment: Segment, connection_id: str) -> bool:
    return (segment.after is None or connection_id > segment.after) and (
        segment.until is None or connection_id <= segment.until
    )


@given(st.sets(connection_ids), st.integers(1, 12), connection_ids)
def test_every_connection_is_in_exactly_one_segment_whether_it_was_there_or_comes_later(
    known: set[str], size: int, anybody: str
) -> None:
    segments = split_into_segments("room:r", "{}", sorted(known), size, None)

    for connection_id in known | {anybody}:
        assert sum(holds(segment, connection_id) for segment in segments) == 1


@given(st.sets(connection_ids, min_size=1), st.integers(1, 12))
def test_no_segment_holds_more_than_its_size_nor_nobody(known: set[str], size: int) -> None:
    segments = split_into_segments("room:r", "{}", sorted(known), size, None)

    counts = [sum(holds(segment, each) for each in known) for segment in segments]
    assert all(1 <= count <= size for count in counts)
    assert len(segments) == -(-len(known) // size)


def test_a_topic_without_listeners_is_one_segment_of_everything() -> None:
    assert split_into_segments("room:r", "{}", [], 5, None) == [Segment(topic="room:r", event="{}")]


def test_each_segment_carries_what_is_to_be_posted_and_to_whom_not() -> None:
    segments = split_into_segments("room:r", '{"action":"roomLeft"}', ["a", "b", "c"], 2, "b")

    assert segments == [
        Segment(topic="room:r", event='{"action":"roomLeft"}', until="b", skip_connection="b"),
        Segment(topic="room:r", event='{"action":"roomLeft"}', after="b", skip_connection="b"),
    ]


def test_an_entry_holds_only_characters_that_sqs_takes() -> None:
    segment = Segment(topic="room:r", event='{"message":"\uffff \ufffe é 😀 \x7f \\u0000"}')

    body = segment.entry().body

    assert all(character in "\t\n\r" or " " <= character <= "\ufffd" for character in body)
    assert Segment.model_validate_json(body) == segment


@given(st.builds(Segment, topic=st.text(min_size=1), event=st.text(min_size=1), only=st.none() | st.tuples(st.text())))
def test_a_segment_survives_the_queue(segment: Segment) -> None:
    entry = segment.entry(delay_seconds=3)

    assert Segment.model_validate_json(entry.body) == segment
    assert entry.delay_seconds == 3


def test_a_segment_says_nothing_that_it_does_not_know() -> None:
    (whole,) = split_into_segments("room:r", "{}", [], 5, None)

    assert json.loads(whole.entry().body) == {"topic": "room:r", "event": "{}", "attempt": 0}
    assert whole.entry().delay_seconds == 0


@pytest.mark.parametrize(
    "body",
    [
        "{}",
        '{"topic": "room:r"}',
        '{"topic": "", "event": "{}"}',
        '{"topic": "t", "event": ""}',
        '{"topic": "t", "event": "{}", "from": "a"}',
    ],
)
def test_what_is_no_segment_is_not_taken_for_one(body: str) -> None:
    with pytest.raises(ValidationError):
        Segment.model_validate_json(body)
