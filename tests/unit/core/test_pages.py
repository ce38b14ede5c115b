"""Lists that stop before a frame gets too large."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.core.pages import ENVELOPE_BYTES, fill
from shared.features.memberships.wire import Participant, RoomMembers
from shared.features.messages.history_wire import MessageHistory
from shared.features.messages.wire import StoredMessage
from shared.features.rooms.wire import Rooms, RoomSummary, Rules
from shared.protocol import limits
from shared.protocol.base import WireModel

WIDEST = "\0"
"""One byte in memory, six on the wire."""

LONGEST_REQUEST_ID = WIDEST * limits.MAX_CLIENT_ID_CHARACTERS
ID = "8f5bd6a6-1c0b-4a5b-9a5c-0d9a3f6f1d11"


def as_it_is(text: str) -> str:
    return text


def test_a_short_list_is_given_whole() -> None:
    assert fill(["a", "b"], 5, as_it_is) == (["a", "b"], False)
    assert fill([], 5, as_it_is) == ([], False)


def test_a_list_of_exactly_the_most_has_no_more() -> None:
    assert fill(["a", "b"], 2, as_it_is) == (["a", "b"], False)


def test_one_more_than_the_most_says_that_there_is_more() -> None:
    assert fill(["a", "b", "c"], 2, as_it_is) == (["a", "b"], True)


def test_no_more_is_read_than_is_needed_to_know() -> None:
    endless = iter(lambda: "a", "")

    assert fill(endless, 3, as_it_is) == (["a", "a", "a"], True)


def test_items_are_measured_in_bytes_with_their_comma() -> None:
    room = limits.MAX_FRAME_BYTES - ENVELOPE_BYTES
    half = "é" * ((room // 2 - 1) // 2)

    fitting, more_after_fitting = fill([half, half], 9, as_it_is)
    cut, more_after_cut = fill([half, half + "xxx"], 9, as_it_is)

    assert (len(fitting), more_after_fitting) == (2, False)
    assert (len(cut), more_after_cut) == (1, True)


def test_one_item_is_given_whatever_its_size_so_that_a_reader_gets_on() -> None:
    assert fill(["x" * 200_000, "y"], 9, as_it_is) == (["x" * 200_000], True)


@given(st.lists(st.text(max_size=40_000) | st.integers(1, 60_000).map("x".__mul__), max_size=12), st.integers(1, 10))
def test_pages_follow_each_other_without_loss_and_fit(items: list[str], most: int) -> None:
    seen: list[str] = []
    while True:
        page, has_more = fill(items[len(seen) :], most, as_it_is)
        assert len(page) <= most
        assert len(",".join(page).encode()) <= limits.MAX_FRAME_BYTES - ENVELOPE_BYTES or len(page) == 1
        seen += page
        assert has_more == (len(seen) < len(items))
        if not has_more:
            break
        assert page

    assert seen == items


def a_message(seq: int, text: str) -> StoredMessage:
    return StoredMessage(
        room_id=ID,
        message_id=ID,
        client_message_id=WIDEST * limits.MAX_CLIENT_ID_CHARACTERS,
        user_id=ID,
        username="u" * limits.MAX_ID_CHARACTERS,
        message=text,
        timestamp=1_800_000_000_000,
        seq=seq,
        sort_key=f"1800000000000#{ID}",
    )


def a_room(number: int) -> RoomSummary:
    return RoomSummary(
        room_id=f"{number:036}",
        room_name=WIDEST * limits.MAX_ROOM_NAME_CHARACTERS,
        kind="group",
        visibility="approval",
        status="approved",
        version=2**53,
        is_admin=True,
        is_moderator=False,
        topic=WIDEST * limits.MAX_TOPIC_BYTES,
        description=WIDEST * limits.MAX_DESCRIPTION_BYTES,
        rules=Rules(post="moderators", pin="moderators", mention_room="moderators"),
        archived_at=limits.MAX_TIME,
        info_rev=2**53,
        pending_count=2**53,
        last_seq=2**53,
        last_read_seq=2**53,
        last_timestamp=2**53,
        rev=2**53,
        gone=[2**53] * limits.MAX_GONE,
        mentions=[2**53] * (limits.MAX_UNREAD_MENTIONS + limits.MAX_ROOM_MENTIONS),
        level="mentions",
        muted_until=limits.MAX_TIME,
        settings_version=2**53,
    )


def size_of(frame: WireModel) -> int:
    encoded = frame.encode()
    assert json.loads(encoded)
    return len(encoded.encode())


@pytest.mark.parametrize("letter", ["x", "é", "😀", '"', "\\", WIDEST])
def test_a_history_of_the_largest_messages_stays_within_a_frame(letter: str) -> None:
    largest = letter * (limits.MAX_MESSAGE_BYTES // len(letter.encode()))

    page, has_more = fill((a_message(seq, largest) for seq in range(50)), 50, StoredMessage.encode)
    frame = MessageHistory(room_id=ID, messages=page, has_more=has_more, request_id=LONGEST_REQUEST_ID)

    assert has_more
    assert size_of(frame) <= limits.MAX_FRAME_BYTES


def test_a_list_of_many_rooms_stays_within_a_frame() -> None:
    page, has_more = fill(map(a_room, range(700)), 500, RoomSummary.encode)
    frame = Rooms(rooms=page, has_more=has_more, next=page[-1].room_id, request_id=LONGEST_REQUEST_ID)

    assert has_more
    assert size_of(frame) <= limits.MAX_FRAME_BYTES


def test_a_list_of_many_members_stays_within_a_frame() -> None:
    members = (
        Participant(
            user_id=f"{n:036}",
            username="😀" * limits.MAX_ID_CHARACTERS,
            status="approved",
            is_admin=False,
            is_moderator=False,
            version=1,
        )
        for n in range(3_000)
    )

    page, has_more = fill(members, 500, Participant.encode)
    frame = RoomMembers(
        room_id=ID,
        room_name=WIDEST * limits.MAX_ROOM_NAME_CHARACTERS,
        participants=page,
        has_more=has_more,
        next=f"approved#{page[-1].user_id}",
        request_id=LONGEST_REQUEST_ID,
    )

    assert has_more
    assert size_of(frame) <= limits.MAX_FRAME_BYTES
