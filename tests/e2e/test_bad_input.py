"""What a careless or hostile client sends: an error that names the field and the reason, and nothing changes."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.client import Client, Door, make_room

pytestmark = [pytest.mark.anyio, pytest.mark.e2e]

SECRET = "the-text-of-a-message-that-must-not-be-logged"


async def _error(client: Client, text: str) -> dict[str, Any]:
    await client.say(text)
    return await client.hear("error")


@pytest.mark.parametrize(
    ("frame", "code", "field"),
    [
        ("hello there", "badRequest", "frame"),
        ("{", "badRequest", "frame"),
        ("[]", "badRequest", "frame"),
        ('"sendMessage"', "badRequest", "frame"),
        ("null", "badRequest", "frame"),
        ("{}", "badRequest", "action"),
        ('{"action": 7}', "badRequest", "action"),
        ('{"action": "constructor"}', "unknownAction", "action"),
        pytest.param('{"action": "$connect"}', "unknownAction", "action", marks=pytest.mark.gateway),
        pytest.param('{"action": "$disconnect"}', "unknownAction", "action", marks=pytest.mark.gateway),
        ('{"action": "sendMessage"}', "badRequest", "message"),
        ('{"action": "sendMessage", "message": 5}', "badRequest", "message"),
        ('{"action": "sendMessage", "message": null}', "badRequest", "message"),
        ('{"action": "sendMessage", "message": ""}', "badRequest", "message"),
        ('{"action": "sendMessage", "message": " \\n\\t "}', "badRequest", "message"),
        ('{"action": "sendMessage", "message": "x"}', "badRequest", "roomId"),
        ('{"action": "sendMessage", "message": "x", "clientMessageId": "c"}', "badRequest", "roomId"),
        ('{"action": "sendMessage", "message": "x", "roomId": ""}', "badRequest", "roomId"),
        ('{"action": "sendMessage", "message": "\\ud800", "roomId": "r"}', "badRequest", "frame"),
        ('{"action": "sendMessage", "message": "\\u0001", "roomId": "r"}', "badRequest", "message"),
        (json.dumps({"action": "sendMessage", "message": "x" * 9_000, "roomId": "r"}), "tooLarge", "message"),
        (json.dumps({"action": "sendMessage", "message": "x" * 110_000, "roomId": "r"}), "tooLarge", "frame"),
        ('{"action": "createRoom"}', "badRequest", "roomName"),
        ('{"action": "createRoom", "roomName": "  "}', "badRequest", "roomName"),
        (json.dumps({"action": "createRoom", "roomName": "x" * 81}), "badRequest", "roomName"),
        ('{"action": "createRoom", "roomName": "a\\nb"}', "badRequest", "roomName"),
        ('{"action": "createRoom", "roomName": "x", "visibility": "secret"}', "badRequest", "visibility"),
        ('{"action": "joinRoom", "roomId": "r"}', "badRequest", "subAction"),
        ('{"action": "joinRoom", "subAction": "force", "roomId": "r"}', "badRequest", "subAction"),
        ('{"action": "joinRoom", "subAction": "approve", "roomId": "r"}', "badRequest", "targetUserId"),
        ('{"action": "updateMember", "roomId": "r", "targetUserId": "u", "change": "own"}', "badRequest", "change"),
        ('{"action": "getMessages"}', "badRequest", "roomId"),
        ('{"action": "getMessages", "roomId": "r", "limit": 0}', "badRequest", "limit"),
        ('{"action": "getMessages", "roomId": "r", "limit": 101}', "badRequest", "limit"),
        ('{"action": "getMessages", "roomId": "r", "limit": "5"}', "badRequest", "limit"),
        ('{"action": "getMessages", "roomId": "r", "before": "a", "after": "b"}', "badRequest", "before"),
        ('{"action": "markRead", "rooms": [{"roomId": "r", "seq": 0}]}', "badRequest", "rooms.0.seq"),
        ('{"action": "markRead", "rooms": [{"roomId": "r", "seq": 1.5}]}', "badRequest", "rooms.0.seq"),
        ('{"action": "ping", "rooms": "r"}', "badRequest", "rooms"),
        (json.dumps({"action": "ping", "rooms": [f"{n}" for n in range(21)]}), "badRequest", "rooms"),
        (json.dumps({"action": "ping", "requestId": "x" * 65}), "badRequest", "requestId"),
    ],
)
async def test_a_malformed_frame(door: Door, frame: str, code: str, field: str) -> None:
    ann = await door.newcomer("ann")

    error = await _error(ann, frame)

    assert (error["code"], error["message"].partition(":")[0]) == (code, field), error
    assert len(error["message"]) > len(field) + 5
    assert (await ann.ask("ping"))["action"] == "pong"
    assert (await ann.ask("getRooms"))["rooms"] == []


@pytest.mark.parametrize(
    "frame",
    [
        '{"action": "sendMessage", "roomId": "r", "message": "\\ud800", "requestId": "q"}',
        '{"action": "sendMessage", "roomId": "r", "message": "hi", "requestId": "q"',
        '{"action": "sendMessage", "more": ' + "[" * 250 + "]" * 250 + ', "requestId": "q"}',
        json.dumps({"action": "sendMessage", "message": "x" * 110_000, "requestId": "q"}),
        json.dumps({"action": "fly", "requestId": "q"}),
    ],
)
async def test_the_error_to_a_malformed_frame_has_its_request_id(door: Door, frame: str) -> None:
    ann = await door.newcomer("ann")

    assert (await _error(ann, frame))["requestId"] == "q"


@pytest.mark.gateway
async def test_a_binary_frame_closes_the_connection(door: Door) -> None:
    ann = await door.newcomer("ann")

    await ann.say(b'{"action": "ping"}')

    assert await ann.closed() == 1003


@pytest.mark.gateway
async def test_a_frame_of_200_kilobytes_closes_the_connection_and_stores_nothing(door: Door) -> None:
    ann = await door.newcomer("ann")
    room_id = await make_room(ann)

    await ann.tell("sendMessage", roomId=room_id, message="x" * 200_000)
    code = await ann.closed()
    again = await door.open(ann.person)

    assert code == 1009
    assert (await again.ask("getMessages", roomId=room_id))["messages"] == []


async def test_a_foreign_room_looks_exactly_like_one_that_is_not_there(door: Door) -> None:
    ann, eve = await door.newcomer("ann"), await door.newcomer("eve")
    foreign = await make_room(ann, visibility="approval")
    missing = "00000000-0000-4000-8000-000000000000"
    commands: list[dict[str, Any]] = [
        {"action": "sendMessage", "message": SECRET},
        {"action": "sendMessage", "message": SECRET, "clientMessageId": "c"},
        {"action": "getMessages"},
        {"action": "getMembers"},
        {"action": "leaveRoom"},
        {"action": "markRead"},
        {"action": "joinRoom", "subAction": "approve", "targetUserId": eve.user_id},
        {"action": "joinRoom", "subAction": "reject", "targetUserId": ann.user_id},
        *(
            {"action": "updateMember", "targetUserId": ann.user_id, "change": change}
            for change in ("promote", "demote", "remove", "ban", "unban")
        ),
    ]

    for command in commands:
        answers = [
            await eve.ask(**command, roomId=room_id, rooms=[{"roomId": room_id, "seq": 1}])
            for room_id in (foreign, missing)
        ]
        for answer in answers:
            del answer["requestId"]
        assert answers[0] == answers[1]
        assert answers[0]["code"] == "notFound"

    members = (await ann.ask("getMembers", roomId=foreign))["participants"]
    assert [(each["userId"], each["status"], each["isAdmin"]) for each in members] == [(ann.user_id, "approved", True)]
    assert (await ann.ask("getMessages", roomId=foreign))["messages"] == []
    assert await ann.all_heard() == [] or all(f["action"] == "memberChanged" for f in await ann.all_heard())


async def test_who_is_no_admin_answers_no_request(door: Door) -> None:
    ann, ben, eve = await door.newcomer("ann"), await door.newcomer("ben"), await door.newcomer("eve")
    room_id = await make_room(ann, ben, visibility="approval")
    await eve.ask("joinRoom", subAction="request", roomId=room_id)

    by_member = await ben.ask("joinRoom", subAction="approve", roomId=room_id, targetUserId=eve.user_id)
    by_self = await eve.ask("joinRoom", subAction="approve", roomId=room_id, targetUserId=eve.user_id)
    seen_by_member = await ben.ask("getMembers", roomId=room_id)

    assert by_member["code"] == "forbidden"
    assert by_self["code"] == "notFound"
    assert eve.user_id not in {each["userId"] for each in seen_by_member["participants"]}
    assert (await eve.ask("getMessages", roomId=room_id))["code"] == "notFound"


async def test_somebody_elses_messages_are_not_listed(door: Door) -> None:
    ann, eve = await door.newcomer("ann"), await door.newcomer("eve")

    error = await eve.ask("getMessages", userId=ann.user_id)

    assert error["code"] == "forbidden"


async def test_rejected_banned_and_removed_people_neither_send_nor_read(door: Door) -> None:
    ann = await door.newcomer("ann")
    rejected, banned, removed = [await door.newcomer(name) for name in ("rejected", "banned", "removed")]
    room_id = await make_room(ann, banned, removed, visibility="approval")
    await rejected.ask("joinRoom", subAction="request", roomId=room_id)
    await ann.ask("joinRoom", subAction="reject", roomId=room_id, targetUserId=rejected.user_id)
    await ann.ask("updateMember", roomId=room_id, targetUserId=banned.user_id, change="ban")
    await ann.ask("updateMember", roomId=room_id, targetUserId=removed.user_id, change="remove")
    for client in (rejected, banned, removed):
        await client.all_heard()

    for client in (rejected, banned, removed):
        sent = await client.ask("sendMessage", roomId=room_id, message=SECRET, clientMessageId="c")
        read = await client.ask("getMessages", roomId=room_id)
        assert (sent["code"], read["code"]) == ("notFound", "notFound")
    await ann.ask("sendMessage", roomId=room_id, message="among us", clientMessageId="1")

    assert [each["message"] for each in (await ann.ask("getMessages", roomId=room_id))["messages"]] == ["among us"]
    for client in (rejected, banned, removed):
        assert not [frame for frame in await client.all_heard() if frame["action"] == "message"]


async def test_what_is_said_and_shown_stays_out_of_the_log(door: Door, stack_log: Path) -> None:
    ann, eve = await door.newcomer("ann"), await door.newcomer("eve")
    room_id = await make_room(ann)

    await ann.ask("sendMessage", roomId=room_id, message=SECRET, clientMessageId="c")
    await eve.ask("sendMessage", roomId=room_id, message=SECRET)
    await _error(eve, f'{{"action": "{SECRET}"')
    await _error(eve, json.dumps({"action": SECRET, "message": SECRET}))
    await eve.ask("sendMessage", roomId=room_id, message=SECRET * 1000)

    log = stack_log.read_text() if stack_log.exists() else ""
    assert SECRET not in log
    for client in (ann, eve):
        assert client.person.access_token not in log
        assert client.person.access_token.rpartition(".")[2] not in log
