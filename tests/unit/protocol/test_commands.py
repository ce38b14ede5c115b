"""What a client may send, and what is refused."""

import json
from typing import Any, get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.core.errors import BadRequest, TooLarge
from shared.edge.parsing import parse
from shared.features.messages.wire import StoredMessage
from shared.protocol import limits
from shared.protocol.base import Command
from shared.protocol.operations import command_types
from shared.protocol.vocabulary import MemberChange

Frame = dict[str, Any]

SMALLEST: dict[str, Frame] = {
    "hello": {},
    "createRoom": {"roomName": "Tea"},
    "openDirect": {"userIds": []},
    "updateRoom": {"roomId": "r1"},
    "archiveRoom": {"roomId": "r1", "archived": True},
    "joinRoom": {"subAction": "request", "roomId": "r1"},
    "leaveRoom": {"roomId": "r1"},
    "updateMember": {"roomId": "r1", "targetUserId": "u2", "change": "ban"},
    "getRooms": {},
    "getInvitation": {"roomId": "r1"},
    "getMembers": {"roomId": "r1"},
    "sendMessage": {"message": "hi"},
    "getMessages": {"roomId": "r1"},
    "editMessage": {"roomId": "r1", "sortKey": "k", "message": "hi", "basedOn": 0, "clientEditId": "e"},
    "deleteMessage": {"roomId": "r1", "sortKey": "k"},
    "react": {"roomId": "r1", "sortKey": "k", "emoji": "👍", "on": True},
    "pinMessage": {"roomId": "r1", "sortKey": "k", "on": True},
    "getChanges": {"roomId": "r1", "after": 0},
    "getPins": {"roomId": "r1"},
    "getEdits": {"roomId": "r1", "sortKey": "k"},
    "getActivity": {},
    "setNotifications": {"roomId": "r1", "level": "mentions"},
    "hideRoom": {"roomId": "r1", "seq": 0},
    "markRead": {"rooms": [{"roomId": "r1", "seq": 1}]},
    "typing": {"roomId": "r1"},
    "ping": {},
}
FULL: dict[str, Frame] = {
    "createRoom": {"roomName": "Tea", "visibility": "open", "clientRoomId": "c" * 64},
    "joinRoom": {"subAction": "approve", "roomId": "r" * 128, "targetUserId": "u" * 128},
    "openDirect": {"userIds": [f"{n}" * 128 for n in range(8)]},
    "updateRoom": {
        "roomName": "Tea",
        "topic": "t" * 250,
        "description": "d\n" * 124 + "dd",
        "rules": {"post": "admins", "pin": "moderators", "mentionRoom": "everyone"},
    },
    "getRooms": {"after": "r1"},
    "getMembers": {"roomId": "r1", "after": "approved#u1"},
    "sendMessage": {
        "message": "hi",
        "roomId": "r1",
        "clientMessageId": "c" * 64,
        "mentions": ["u" * 128] * 20,
        "mentionsRoom": True,
        "replyTo": "k" * 128,
    },
    "editMessage": {"mentions": ["u" * 128] * 20},
    "getPins": {"before": "k"},
    "getActivity": {"before": "k"},
    "setNotifications": {"mutedUntil": 253_402_300_799_999},
    "getMessages": {"roomId": "r1", "limit": 100, "before": "0000000000001#m"},
    "markRead": {"rooms": [{"roomId": f"{n}" * 32, "seq": 2**53} for n in range(20)]},
    "ping": {"rooms": ["r1"] * 20},
}
FIELDS = [(action, field) for action, frame in SMALLEST.items() for field in frame | FULL.get(action, {})]


def _mark(room_id: object, seq: object) -> Frame:
    return {"roomId": room_id, "seq": seq}


def a_frame(action: str, **fields: Any) -> Frame:
    return {"action": action, **SMALLEST[action], **fields}


def hex_of(character: object) -> str:
    return f"{ord(str(character)):02x}"


def parsed(frame: Frame) -> Any:
    return parse(command_types()[frame["action"]], json.dumps(frame))


def refusal(frame: Frame) -> BadRequest:
    with pytest.raises(BadRequest) as refused:
        parsed(frame)
    return refused.value


def test_every_command_is_listed_under_its_own_action() -> None:
    actions = {
        get_args(model.model_fields["action"].annotation): (action,) for action, model in command_types().items()
    }

    assert all(literal == action for literal, action in actions.items())
    assert len(actions) == len(command_types())


def test_every_command_class_is_listed() -> None:
    assert set(command_types().values()) == set(Command.__subclasses__())
    assert set(command_types()) == set(SMALLEST)


@pytest.mark.parametrize("action", command_types())
def test_the_smallest_form_is_accepted(action: str) -> None:
    assert parsed(a_frame(action)).action == action


@pytest.mark.parametrize("action", FULL)
def test_the_full_form_is_accepted_and_keeps_every_field(action: str) -> None:
    frame = a_frame(action, **FULL[action], requestId="q" * 64)

    assert parsed(frame).to_wire() == frame


def test_what_is_left_out_takes_the_documented_default() -> None:
    assert parsed(a_frame("createRoom")).visibility == "approval"
    assert parsed(a_frame("getMessages")).limit == 50
    assert parsed(a_frame("ping")).rooms == []


@pytest.mark.parametrize(("action", "field"), [(a, f) for a, frame in SMALLEST.items() for f in frame])
def test_a_missing_field_is_named(action: str, field: str) -> None:
    frame = a_frame(action)
    del frame[field]

    assert refusal(frame).field == field


@pytest.mark.parametrize("action", command_types())
def test_a_command_is_not_taken_for_another(action: str) -> None:
    other = "hello" if action != "hello" else "ping"
    with pytest.raises(BadRequest) as refused:
        parse(command_types()[action], json.dumps(a_frame(action) | {"action": other}))

    assert refused.value.field == "action"


def _of_other_types(value: Any) -> list[Any]:
    if isinstance(value, bool):
        return ["true", 1, 0, [value], {}]
    if isinstance(value, int):
        return [str(value), float(value), True, [value], {}]
    if isinstance(value, list):
        return ["r1", {"0": "r1"}, 5, [5], [None]]
    return [5, 1.5, True, [value], {"value": value}]


@pytest.mark.parametrize(("action", "field"), [*FIELDS, *((action, "requestId") for action in command_types())])
def test_another_type_is_refused_and_never_coerced(action: str, field: str) -> None:
    right = a_frame(action, **FULL.get(action, {}), requestId="q1")
    for value in _of_other_types(right[field]):
        assert str(refusal(right | {field: value}).field).partition(".")[0] == field


@pytest.mark.parametrize(("action", "field"), [(a, f) for a, frame in SMALLEST.items() for f in frame])
def test_null_is_no_value_for_a_required_field(action: str, field: str) -> None:
    assert refusal(a_frame(action) | {field: None}).field == field


@pytest.mark.parametrize("action", command_types())
def test_unknown_fields_are_ignored(action: str) -> None:
    extended = a_frame(action, fromTheFuture={"deep": [1]}, **{"": 1})

    assert parsed(extended) == parsed(a_frame(action))


def test_the_names_in_our_code_are_no_names_on_the_wire() -> None:
    # given a field spelled as in Python, which makes it an unknown one
    frame = a_frame("sendMessage", room_id="r1")

    # when, then
    assert parsed(frame).room_id is None
    assert refusal({"action": "leaveRoom", "room_id": "r1"}).field == "roomId"


@pytest.mark.parametrize(
    ("action", "field", "longest"),
    [
        *((action, "requestId", 64) for action in command_types()),
        ("createRoom", "clientRoomId", 64),
        ("createRoom", "roomName", 80),
        ("joinRoom", "roomId", 128),
        ("joinRoom", "targetUserId", 128),
        ("leaveRoom", "roomId", 128),
        ("updateMember", "roomId", 128),
        ("updateMember", "targetUserId", 128),
        ("getRooms", "after", 128),
        ("getMembers", "roomId", 128),
        ("getMembers", "after", 512),
        ("getMessages", "roomId", 128),
        ("getMessages", "before", 128),
        ("getMessages", "after", 128),
    ],
)
def test_texts_may_have_one_character_up_to_their_limit(action: str, field: str, longest: int) -> None:
    assert parsed(a_frame(action, **{field: "é" * longest})).to_wire()[field] == "é" * longest
    assert parsed(a_frame(action, **{field: "x"})).to_wire()[field] == "x"
    assert refusal(a_frame(action, **{field: "x" * (longest + 1)})).field == field
    assert refusal(a_frame(action, **{field: ""})).field == field


@pytest.mark.parametrize("text", ["x" * 8192, "é" * 4096, "€" * 2730 + "xx", "😀" * 2048])
def test_a_message_of_exactly_8192_bytes_is_accepted_and_one_byte_more_is_too_large(text: str) -> None:
    assert len(text.encode()) == 8192

    assert parsed(a_frame("sendMessage", message=text)).message == text
    refused = refusal(a_frame("sendMessage", message=text + "x"))

    assert isinstance(refused, TooLarge)
    assert refused.message == "message: must be at most 8192 bytes of UTF-8"


def test_a_message_is_measured_in_bytes_and_not_in_characters() -> None:
    assert isinstance(refusal(a_frame("sendMessage", message="é" * 8191)), TooLarge)


def test_a_room_name_with_a_hidden_character_is_refused_by_that_character_s_name() -> None:
    refused = refusal(a_frame("createRoom", roomName="Garden\u200b"))

    assert refused.message == "roomName: must not hold U+200B ZERO WIDTH SPACE, which is invisible"
    assert refused.reason == "invalid"


@pytest.mark.parametrize(
    "blank", ["", " ", "\n\t ", "\u00a0", "\u2003\u3000", "\u200b", "\u202e\u2066", "\u3164", "\u2800"]
)
@pytest.mark.parametrize(("action", "field"), [("sendMessage", "message"), ("createRoom", "roomName")])
def test_blank_texts_are_refused(action: str, field: str, blank: str) -> None:
    assert (
        refusal(a_frame(action, **{field: blank})).message
        == f"{field}: must show something: it is empty, or only spaces and invisible characters"
    )


CONTROL = [*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0))]


@pytest.mark.parametrize("control", [character for character in CONTROL if character not in "\t\n\r"], ids=hex_of)
def test_control_characters_are_refused(control: str) -> None:
    for frame in (a_frame("sendMessage", message=f"a{control}b"), a_frame("createRoom", roomName=f"a{control}b")):
        refused = refusal(frame)
        assert "must not hold control characters" in refused.message
        assert refused.reason == "invalid"


@pytest.mark.parametrize("control", ["\t", "\n", "\r\n"])
def test_a_message_may_have_lines_and_a_room_name_may_not(control: str) -> None:
    assert parsed(a_frame("sendMessage", message=f"a{control}b")).message == f"a{control}b"
    assert refusal(a_frame("createRoom", roomName=f"a{control}b")).field == "roomName"


@given(st.text(min_size=1, max_size=300))
@example('"' * 8192)
@example("\n" + "\\" * 8191)
@example("x" + "\x01" * 8191)
def test_whatever_is_accepted_is_pushed_in_one_billed_unit(text: str) -> None:
    try:
        message = parsed(a_frame("sendMessage", message=text)).message
    except BadRequest:
        return
    stored = StoredMessage(
        room_id="r" * 36,
        message_id="m" * 36,
        client_message_id="c" * 64,
        user_id="u" * 36,
        username="n" * 128,
        message=message,
        timestamp=1,
        seq=1,
        sort_key="s" * 50,
    )

    assert len(stored.encode().encode()) < 32 * 1024


def test_a_message_keeps_its_spaces_and_a_room_name_does_not() -> None:
    assert parsed(a_frame("sendMessage", message=" hi\n")).message == " hi\n"
    assert parsed(a_frame("createRoom", roomName=" Tea ")).room_name == "Tea"


@pytest.mark.parametrize(
    ("action", "field", "accepted", "refused"),
    [
        ("getMessages", "limit", [1, 100], [0, 101, -1, 10**30]),
        ("markRead", "rooms", [[_mark("r", 1)], [_mark("r", 10**15)], [_mark(f"{n}", 1) for n in range(20)]], []),
        ("markRead", "rooms", [], [[], [_mark(f"{n}", 1) for n in range(21)], [_mark("r", 1), _mark("r", 2)]]),
        ("createRoom", "visibility", ["open", "approval"], ["secret", "OPEN"]),
        ("joinRoom", "subAction", ["request"], ["invite", "Request"]),
        ("updateMember", "change", list(get_args(MemberChange)), ["kick", ""]),
        ("react", "emoji", ["👍", "1️⃣"], ["👍👍", "a", "1"]),
        ("editMessage", "basedOn", [0, 2**53], [-1]),
        ("getChanges", "after", [0, 2**53], [-1]),
        ("sendMessage", "mentions", [[], ["u"] * 20], [["u"] * 21]),
        ("editMessage", "mentions", [[], ["u"] * 20], [["u"] * 21]),
        ("setNotifications", "level", ["all", "mentions", "nothing"], ["none", ""]),
        ("setNotifications", "mutedUntil", [0, 253_402_300_799_999], [-1, 253_402_300_800_000]),
        ("hideRoom", "seq", [0, 2**53], [-1]),
        ("openDirect", "userIds", [[], [f"u{n}" for n in range(8)]], [[f"u{n}" for n in range(9)], ["u1", "u1"]]),
        ("updateRoom", "topic", ["", "x" * 250], ["x" * 251, "😀" * 63, "a\nb"]),
        ("updateRoom", "description", ["", "a\nb"], ["x" * 251, "a\0"]),
        ("ping", "rooms", [[], ["r"] * 20], [["r"] * 21]),
    ],
)
def test_values_outside_their_range_are_refused(
    action: str, field: str, accepted: list[Any], refused: list[Any]
) -> None:
    for value in accepted:
        assert parsed(a_frame(action, **{field: value})).to_wire()[field] == value
    for value in refused:
        assert refusal(a_frame(action, **{field: value})).field == field


@pytest.mark.parametrize(
    ("mark", "field"),
    [(_mark("r", seq), "seq") for seq in (0, -1, 1.5, "1", None)] + [(_mark(room, 1), "roomId") for room in ("", 1)],
)
def test_a_mark_is_a_room_and_a_seq_from_1(mark: Frame, field: str) -> None:
    assert refusal(a_frame("markRead", rooms=[_mark("q", 1), mark])).field == f"rooms.1.{field}"


@pytest.mark.parametrize("answer", ["approve", "reject"])
def test_an_answer_to_a_request_names_its_target(answer: str) -> None:
    refused = refusal(a_frame("joinRoom", subAction=answer))

    assert refused.message == f"targetUserId: is required for {answer}"
    assert parsed(a_frame("joinRoom", subAction=answer, targetUserId="u2")).target_user_id == "u2"


def test_a_send_with_a_client_message_id_names_its_room() -> None:
    assert refusal(a_frame("sendMessage", clientMessageId="c1")).field == "roomId"
    assert parsed(a_frame("sendMessage", clientMessageId="c1", roomId="r1")).client_message_id == "c1"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "roomId"),
        ({"roomId": "r1", "userId": "u1"}, "roomId"),
        ({"roomId": "r1", "before": "b", "after": "a"}, "before"),
        ({"userId": "u1", "after": "a"}, "after"),
    ],
)
def test_history_is_of_one_list_in_one_direction(fields: Frame, field: str) -> None:
    assert refusal({"action": "getMessages", **fields}).field == field


@pytest.mark.parametrize(
    "fields", [{"roomId": "r1", "before": "b"}, {"roomId": "r1", "after": "a"}, {"userId": "u1", "before": "b"}]
)
def test_history_goes_either_way_in_a_room_and_backwards_in_ones_own(fields: Frame) -> None:
    assert parsed({"action": "getMessages", **fields}).to_wire() == {"action": "getMessages", "limit": 50, **fields}


@pytest.mark.parametrize("surrogate", ["\\ud800", "\\udc00", "x\\udfffx", "\\ud83d x"])
def test_half_a_character_is_refused(surrogate: str) -> None:
    frame = '{"action": "sendMessage", "message": "' + surrogate + '"}'

    with pytest.raises(BadRequest):
        parse(command_types()["sendMessage"], frame)


@given(st.sampled_from(sorted(command_types())), st.dictionaries(st.text(max_size=5), st.integers()))
def test_a_command_survives_being_written_and_read_again(action: str, more: dict[str, int]) -> None:
    known = {field.alias for field in command_types()[action].model_fields.values()}
    unknown = {name: value for name, value in more.items() if name not in known}
    command = parsed(unknown | a_frame(action, **FULL.get(action, {})))

    assert parse(command_types()[action], command.encode()) == command


def test_the_limits_are_those_of_the_protocol() -> None:
    assert limits.MAX_FRAME_BYTES == 100_000
    assert limits.MAX_MESSAGE_BYTES == 8_192
    assert limits.LISTEN_AFTER_EXPIRY_MS == 300_000
    assert limits.SUBPROTOCOL == "parley.v1"
