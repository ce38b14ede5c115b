"""From a frame to a command, or to an error that says what is wrong and never what was sent."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.core.errors import BadRequest, ParleyError, TooLarge, UnknownAction
from shared.edge.parsing import parse, request_id_of, unroutable
from shared.features.memberships.wire import JoinRoom
from shared.features.messages.wire import SendMessage
from shared.features.sessions.wire import Ping
from shared.protocol import limits
from shared.protocol.operations import command_types

NOT_JSON = ["", " ", "hello", '{"action":"hello"', "{'action':'hello'}", "[" * 50_000, "\ufeff{}", "{}{}", "\0"]
NO_OBJECT = ["[]", '["action"]', '"hello"', "5", "null", "true"]
HALF_A_CHARACTER = '{"action":"sendMessage","requestId":"q","message":"\ud800"}'

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


def refusal(body: str, model: Any = SendMessage) -> BadRequest:
    with pytest.raises(BadRequest) as refused:
        parse(model, body)
    return refused.value


@pytest.mark.parametrize("body", NOT_JSON)
def test_what_is_no_json_is_refused(body: str) -> None:
    assert refusal(body).message == "frame: is not JSON"


@pytest.mark.parametrize("body", NO_OBJECT)
def test_json_that_is_no_object_is_refused(body: str) -> None:
    assert refusal(body).message == "frame: Input should be an object"


def test_text_that_is_no_utf_8_is_refused() -> None:
    assert refusal(HALF_A_CHARACTER).field == "frame"
    assert request_id_of(HALF_A_CHARACTER) == "q"
    assert unroutable(HALF_A_CHARACTER).message == "frame: is not a JSON object"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "message: is required"),
        ({"message": 5}, "message: input should be a valid string"),
        ({"message": ""}, "message: must show something: it is empty, or only spaces and invisible characters"),
        ({"message": "hi", "roomId": "r" * 129}, "roomId: string should have at most 128 characters"),
    ],
)
def test_the_error_names_the_field_and_the_reason(fields: dict[str, Any], message: str) -> None:
    assert refusal(json.dumps({"action": "sendMessage", **fields})).message == message


def test_the_error_names_the_place_in_a_list() -> None:
    assert refusal('{"action": "ping", "rooms": ["r1", 5]}', Ping).field == "rooms.1"


def test_a_rule_over_several_fields_names_the_one_to_give() -> None:
    frame = '{"action": "joinRoom", "subAction": "approve", "roomId": "r1"}'

    assert refusal(frame, JoinRoom).field == "targetUserId"


def test_a_frame_of_the_full_size_is_read_and_a_larger_one_is_not() -> None:
    start = '{"action": "sendMessage", "message": "hi", "more": "'
    padded = start + "x" * (limits.MAX_FRAME_BYTES - len(start) - 2) + '"}'
    assert len(padded) == limits.MAX_FRAME_BYTES

    assert parse(SendMessage, padded).message == "hi"
    assert isinstance(refusal(padded + " "), TooLarge)


def test_a_frame_is_measured_in_bytes() -> None:
    start = '{"action": "sendMessage", "message": "hi", "more": "'

    refused = refusal(start + "é" * (limits.MAX_FRAME_BYTES // 2) + '"}')

    assert isinstance(refused, TooLarge)
    assert refused.message == "frame: must be at most 100000 bytes"


def _with_secret(value: str) -> st.SearchStrategy[Any]:
    return st.sampled_from([value, [value], {value: value}, {"a": [value]}])


@given(st.data(), st.sampled_from(sorted(command_types())), st.integers(10**11, 10**12).map(lambda n: f"secret{n}"))
def test_an_error_never_quotes_what_was_sent(data: st.DataObject, action: str, secret: str) -> None:
    # given a frame with a secret in one place, and whatever else
    model = command_types()[action]
    fields = sorted(str(field.alias) for field in model.model_fields.values())
    frame = data.draw(st.dictionaries(st.sampled_from([*fields, "other"]), json_values))
    place = data.draw(st.sampled_from([*fields, secret]))
    frame = {"action": action, **frame, place: data.draw(_with_secret(secret))}
    body = json.dumps(frame)
    body = data.draw(st.sampled_from([body, body[:-1], body + secret, json.dumps([frame]), f'"{secret}"', secret]))

    # when
    told = []
    try:
        parse(model, body)
    except ParleyError as error:
        told.append(error.message)
    told.append(unroutable(body).message)

    # then
    assert all(secret not in message for message in told)


@given(st.text(st.characters(exclude_categories=[])), st.sampled_from(sorted(command_types())))
@example(HALF_A_CHARACTER, "sendMessage")
def test_any_text_at_all_is_answered(body: str, action: str) -> None:
    with suppress(BadRequest):
        assert isinstance(parse(command_types()[action], body), command_types()[action])
    assert isinstance(unroutable(body), ParleyError)
    assert len(request_id_of(body) or "") <= limits.MAX_CLIENT_ID_CHARACTERS


@given(json_values, st.sampled_from(sorted(command_types())))
def test_any_json_at_all_is_answered(value: Any, action: str) -> None:
    frame = {"action": action, **value} if isinstance(value, dict) else value
    try:
        parsed = parse(command_types()[action], json.dumps(frame))
    except BadRequest:
        return
    assert parsed.to_wire()["action"] == action


@pytest.mark.parametrize("request_id", ["q", "q" * 64, "😀" * 64, 'a "quoted" one'])
def test_the_request_id_of_a_wrong_frame_is_found(request_id: str) -> None:
    assert request_id_of(json.dumps({"requestId": request_id, "message": 5})) == request_id


@pytest.mark.parametrize("request_id", ["", "q" * 65, 5, None, ["q"], {"q": "q"}, True])
def test_a_request_id_that_is_none_is_not_repeated(request_id: Any) -> None:
    assert request_id_of(json.dumps({"requestId": request_id})) is None


def test_the_request_id_of_a_frame_that_is_too_large_is_found() -> None:
    assert request_id_of('{"x": "' + "x" * limits.MAX_FRAME_BYTES + '", "requestId": "q"}') == "q"


@pytest.mark.parametrize("body", [*NOT_JSON, *NO_OBJECT])
def test_a_frame_that_cannot_be_read_has_no_request_id(body: str) -> None:
    assert request_id_of(body) is None


@pytest.mark.parametrize(
    ("body", "kind", "start"),
    [
        *((body, BadRequest, "frame: is not a JSON object") for body in NOT_JSON + NO_OBJECT),
        ("{}", BadRequest, "action: is required"),
        ('{"Action": "hello"}', BadRequest, "action: is required"),
        ('{"action": 5}', BadRequest, "action: must be a string"),
        ('{"action": null}', BadRequest, "action: must be a string"),
        ('{"action": "fly"}', UnknownAction, "action: must be one of hello, createRoom, "),
        ('{"action": "fly", "x": "' + "x" * limits.MAX_FRAME_BYTES + '"}', UnknownAction, "action: must be one of "),
        ('{"action": "HELLO"}', UnknownAction, "action: must be one of "),
        ('{"action": ""}', UnknownAction, "action: must be one of "),
    ],
)
def test_what_reaches_no_route_is_told_why(body: str, kind: type[ParleyError], start: str) -> None:
    error = unroutable(body)

    assert type(error) is kind
    assert error.message.startswith(start)


def test_the_actions_that_there_are_are_told() -> None:
    words = unroutable('{"action": "fly"}').message

    assert all(action in words for action in command_types())


@pytest.mark.parametrize(
    "body",
    [
        '{"requestId": "q", "action": "sendMessage", "message": ' + "[" * 250 + "]" * 250 + "}",
        '{"requestId": "q", "action": "sendMessage", "message": "cut o',
        '{"requestId": "q"',
        '{"action": "hello", "requestId" : "q" , }',
        '{"inner": {"requestId": "not this"}, "requestId": "q"}',
        '{"text": "\\"requestId\\": \\"not this\\"", "requestId": "q"}',
        '{"requestId": "not this", "requestId": "q"}',
    ],
)
def test_a_malformed_frame_is_answered_under_its_request_id(body: str) -> None:
    assert request_id_of(body) == "q"


@pytest.mark.parametrize(
    "body",
    [
        '{"inner": {"requestId": "not this"}}',
        '["requestId", "q"]',
        '{"requestId": 5}',
        '{"requestId": "q',
        '{"requestId": ""}',
        '{"other": "requestId", "q": "x"}',
    ],
)
def test_no_other_text_is_taken_for_the_request_id(body: str) -> None:
    assert request_id_of(body) is None


@given(st.dictionaries(st.text(max_size=5), json_values, max_size=4), st.text(min_size=1, max_size=20), st.data())
def test_the_request_id_is_found_however_the_frame_is_cut_off_after_it(
    fields: dict[str, object], request_id: str, data: st.DataObject
) -> None:
    head = json.dumps({"requestId": request_id})
    body = head[:-1] + (", " + json.dumps(fields)[1:] if fields and "requestId" not in fields else "}")
    end = data.draw(st.integers(len(head) - 1, len(body)))

    assert request_id_of(body[:end]) == request_id
