"""What a client is told, as it stands on the wire."""

import json
import uuid
from typing import Any, get_args

import pytest

from shared.core.errors import ParleyError
from shared.features.activity.wire import ActivityList
from shared.features.changes.wire import Changed, Changes
from shared.features.memberships.wire import (
    JoinRequest,
    JoinResponse,
    MemberChanged,
    Participant,
    RoomLeft,
    RoomMembers,
)
from shared.features.messages.history_wire import MessageHistory
from shared.features.messages.wire import Message, MessageSent, Reaction, StoredMessage
from shared.features.notifications.wire import PersonalSettingsChanged
from shared.features.pins.wire import Pins
from shared.features.reading.wire import ReadRoom, RoomsRead
from shared.features.rooms.wire import Invitation, RoomCreated, Rooms, RoomSummary, Rules
from shared.features.sessions.wire import DeviceConnected, Pong, Welcome
from shared.features.typing.wire import SomebodyTypes
from shared.features.versions.wire import MessageEdits, Version
from shared.protocol import limits
from shared.protocol.base import Event, Person, WireModel
from shared.protocol.failures import Error
from shared.protocol.operations import event_types
from shared.protocol.vocabulary import ErrorCode

WIDEST = "\0"
"""One byte in memory, six on the wire: the most that JSON makes of a byte."""


RULES = Rules(post="everyone", pin="everyone", mention_room="moderators")


def a_summary(**fields: Any) -> RoomSummary:
    given = {"room_id": "r1", "room_name": "Tea", "kind": "group", "visibility": "open"}
    membership = {"status": "approved", "version": 1}
    roles = {"is_admin": False, "is_moderator": False, "info_rev": 0, "rules": RULES}
    counts = {"last_seq": 3, "last_read_seq": 2, "last_timestamp": 1_000, "rev": 7}
    settings = {"level": "all", "settings_version": 0}
    return RoomSummary(**{**given, **membership, **roles, **counts, **settings, **fields})


def a_stored_message(**fields: Any) -> StoredMessage:
    given = {"room_id": "r1", "message_id": "m1", "user_id": "u1", "username": "alice", "message": "hi"}
    place = {"timestamp": 1_000, "seq": 1, "sort_key": "0000000001000#m1"}
    return StoredMessage(**{**given, **place, **fields})


ON_THE_WIRE: list[tuple[Event, dict[str, Any]]] = [
    (
        Welcome(user_id="u1", username="alice", expires_at=9, rooms=[a_summary(pending_count=0)], has_more=False),
        {
            "action": "welcome",
            "userId": "u1",
            "username": "alice",
            "expiresAt": 9,
            "hasMore": False,
            "rooms": [
                {
                    "roomId": "r1",
                    "roomName": "Tea",
                    "kind": "group",
                    "visibility": "open",
                    "status": "approved",
                    "version": 1,
                    "isAdmin": False,
                    "isModerator": False,
                    "infoRev": 0,
                    "rules": {"post": "everyone", "pin": "everyone", "mentionRoom": "moderators"},
                    "pendingCount": 0,
                    "lastSeq": 3,
                    "lastReadSeq": 2,
                    "lastTimestamp": 1_000,
                    "rev": 7,
                    "level": "all",
                    "settingsVersion": 0,
                }
            ],
        },
    ),
    (
        Rooms(rooms=[], has_more=True, next="r1", request_id="q"),
        {"action": "rooms", "requestId": "q", "rooms": [], "hasMore": True, "next": "r1"},
    ),
    (
        Invitation(room_id="r1", room_name="Tea", visibility="open", member_count=3),
        {"action": "invitation", "roomId": "r1", "roomName": "Tea", "visibility": "open", "memberCount": 3},
    ),
    (
        RoomCreated(room_id="r1", room_name="Tea", visibility="approval"),
        {"action": "roomCreated", "roomId": "r1", "roomName": "Tea", "visibility": "approval", "kind": "group"},
    ),
    (
        RoomCreated(
            room_id="dm-1",
            room_name="alice",
            visibility="approval",
            kind="direct",
            people=[Person(user_id="u1", username="alice")],
        ),
        {
            "action": "roomCreated",
            "roomId": "dm-1",
            "roomName": "alice",
            "visibility": "approval",
            "kind": "direct",
            "people": [{"userId": "u1", "username": "alice"}],
        },
    ),
    (
        JoinRequest(room_id="r1", user_id="u1", username="alice", version=1),
        {"action": "joinRequest", "roomId": "r1", "userId": "u1", "username": "alice", "version": 1},
    ),
    (
        JoinResponse(room_id="r1", status="pending"),
        {"action": "joinResponse", "roomId": "r1", "status": "pending"},
    ),
    (
        MemberChanged(
            room_id="r1", user_id="u1", username="alice", status="left", is_admin=False, is_moderator=False, version=2
        ),
        {
            "action": "memberChanged",
            "roomId": "r1",
            "userId": "u1",
            "username": "alice",
            "status": "left",
            "isAdmin": False,
            "isModerator": False,
            "version": 2,
        },
    ),
    (RoomLeft(room_id="r1"), {"action": "roomLeft", "roomId": "r1"}),
    (
        SomebodyTypes(room_id="r1", user_id="u1"),
        {"action": "somebodyTypes", "roomId": "r1", "userId": "u1"},
    ),
    (
        RoomMembers(
            room_id="r1",
            room_name="Tea",
            participants=[
                Participant(
                    user_id="u1", username="alice", status="approved", is_admin=True, is_moderator=False, version=1
                )
            ],
            has_more=False,
        ),
        {
            "action": "roomMembers",
            "roomId": "r1",
            "roomName": "Tea",
            "participants": [
                {
                    "userId": "u1",
                    "username": "alice",
                    "status": "approved",
                    "isAdmin": True,
                    "isModerator": False,
                    "version": 1,
                }
            ],
            "hasMore": False,
        },
    ),
    (
        MessageSent(room_id="r1", message_id="m1", client_message_id="c1", seq=1, sort_key="k", timestamp=1),
        {
            "action": "messageSent",
            "roomId": "r1",
            "messageId": "m1",
            "clientMessageId": "c1",
            "seq": 1,
            "sortKey": "k",
            "timestamp": 1,
        },
    ),
    (
        Message(**dict(a_stored_message(client_message_id="c1", edited_at=5, deleted_at=6))),
        {
            "action": "message",
            "roomId": "r1",
            "messageId": "m1",
            "clientMessageId": "c1",
            "userId": "u1",
            "username": "alice",
            "message": "hi",
            "timestamp": 1_000,
            "seq": 1,
            "sortKey": "0000000001000#m1",
            "editedAt": 5,
            "deletedAt": 6,
        },
    ),
    (
        MessageHistory(room_id="r1", messages=[], has_more=False, rev=7),
        {"action": "messageHistory", "roomId": "r1", "messages": [], "hasMore": False, "rev": 7},
    ),
    (
        Changed(
            room_id="r1",
            from_rev=6,
            rev=7,
            messages=[a_stored_message(rev=7, text_rev=5, reactions=[Reaction(emoji="👍", users=["u2"])])],
        ),
        {
            "action": "changed",
            "roomId": "r1",
            "fromRev": 6,
            "rev": 7,
            "messages": [
                {
                    "roomId": "r1",
                    "messageId": "m1",
                    "userId": "u1",
                    "username": "alice",
                    "message": "hi",
                    "timestamp": 1_000,
                    "seq": 1,
                    "sortKey": "0000000001000#m1",
                    "rev": 7,
                    "textRev": 5,
                    "reactions": [{"emoji": "👍", "users": ["u2"]}],
                }
            ],
        },
    ),
    (
        Changes(room_id="r1", from_rev=6, rev=7, messages=[], has_more=False),
        {
            "action": "changes",
            "roomId": "r1",
            "fromRev": 6,
            "rev": 7,
            "messages": [],
            "hasMore": False,
            "reset": False,
        },
    ),
    (
        RoomsRead(rooms=[ReadRoom(room_id="r1", last_read_seq=4)], other_devices=0),
        {"action": "roomsRead", "rooms": [{"roomId": "r1", "lastReadSeq": 4}], "otherDevices": 0},
    ),
    (DeviceConnected(), {"action": "deviceConnected"}),
    (
        Pins(room_id="r1", messages=[], rev=7, has_more=False),
        {"action": "pins", "roomId": "r1", "messages": [], "rev": 7, "hasMore": False},
    ),
    (
        ActivityList(items=[], has_more=True, next="k"),
        {"action": "activity", "items": [], "hasMore": True, "next": "k"},
    ),
    (
        MessageEdits(room_id="r1", sort_key="k", versions=[Version(message="hi", at=1_000, text_rev=0)], is_cut=False),
        {
            "action": "messageEdits",
            "roomId": "r1",
            "sortKey": "k",
            "versions": [{"message": "hi", "at": 1_000, "textRev": 0}],
            "isCut": False,
        },
    ),
    (
        PersonalSettingsChanged(room_id="r1", level="nothing", settings_version=3),
        {"action": "personalSettingsChanged", "roomId": "r1", "level": "nothing", "settingsVersion": 3},
    ),
    (
        Pong(time=1, heads={"room_1": 4}, revs={"room_1": 7}),
        {"action": "pong", "time": 1, "heads": {"room_1": 4}, "revs": {"room_1": 7}},
    ),
    (
        Error(code="rateLimited", reason="tooManyRequests", message="later", retry_after_ms=5, request_id="q"),
        {
            "action": "error",
            "code": "rateLimited",
            "reason": "tooManyRequests",
            "message": "later",
            "retryAfterMs": 5,
            "requestId": "q",
        },
    ),
]


@pytest.mark.parametrize(("event", "wire"), ON_THE_WIRE, ids=lambda value: getattr(value, "action", ""))
def test_an_event_is_camel_case_json_without_what_it_does_not_know(event: Event, wire: dict[str, Any]) -> None:
    assert json.loads(event.encode()) == wire
    assert event.to_wire() == wire


def test_every_event_is_shown_above() -> None:
    assert {type(event) for event, _ in ON_THE_WIRE} == set(event_types().values()) == _concrete(Event)


def _concrete(base: type[Event]) -> set[type[Event]]:
    return set(base.__subclasses__()).union(*(_concrete(each) for each in base.__subclasses__()))


def test_every_event_is_listed_under_its_own_action() -> None:
    for action, model in event_types().items():
        assert get_args(model.model_fields["action"].annotation) == (action,)
        assert model.model_fields["action"].default == action


def test_a_message_is_pushed_and_listed_in_the_same_shape() -> None:
    stored = a_stored_message(client_message_id="c1")

    pushed = json.loads(Message(**dict(stored)).encode())

    assert pushed == {"action": "message", **json.loads(stored.encode())}


def test_every_error_has_a_code_of_the_protocol() -> None:
    def codes(error: type[ParleyError]) -> set[str]:
        return {error.code}.union(*(codes(each) for each in error.__subclasses__()))

    # shared.identity adds reasons for the log, no codes.
    assert codes(ParleyError) == set(get_args(ErrorCode))


def test_events_hold_what_they_are_given_and_do_not_change() -> None:
    event = RoomLeft(room_id="r1")

    with pytest.raises(ValueError, match="frozen"):
        setattr(event, "room_id", "r2")  # noqa: B010 - mypy refuses the plain form


def test_every_event_but_the_paged_ones_stays_within_a_frame_at_its_worst() -> None:
    longest_id, longest_name = WIDEST * limits.MAX_ID_CHARACTERS, WIDEST * limits.MAX_ROOM_NAME_CHARACTERS
    largest_message = a_stored_message(
        message=WIDEST * limits.MAX_MESSAGE_BYTES,
        reactions=[
            Reaction(emoji="x" * limits.MAX_EMOJI_BYTES, users=[str(uuid.uuid4())] * (limits.MAX_REACTIONS // count))
            for count in [limits.MAX_REACTION_EMOJI] * limits.MAX_REACTION_EMOJI
        ],
    )
    heads = {WIDEST * 125 + f"{n:03}": 2**53 for n in range(limits.MAX_PING_ROOMS)}
    largest: list[WireModel] = [
        Changed(room_id=longest_id, from_rev=2**53, rev=2**53, messages=[largest_message]),
        Message(
            **dict(
                a_stored_message(
                    room_id=longest_id,
                    message_id=longest_id,
                    user_id=longest_id,
                    username=longest_id,
                    client_message_id=WIDEST * limits.MAX_CLIENT_ID_CHARACTERS,
                    message=WIDEST * limits.MAX_MESSAGE_BYTES,
                    sort_key=longest_id,
                )
            ),
            request_id=WIDEST * limits.MAX_CLIENT_ID_CHARACTERS,
        ),
        Pong(time=1, heads=heads, revs=heads),
        a_summary(room_id=longest_id, room_name=longest_name),
    ]
    for event in largest:
        assert len(event.encode().encode()) <= limits.MAX_FRAME_BYTES
