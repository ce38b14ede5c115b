"""Clients that were written for the systems Parley unites work as they stand: no hello, no ids of their own."""

import json

import pytest

from shared.protocol.limits import SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX
from tests.e2e.client import Door, make_room

pytestmark = [pytest.mark.anyio, pytest.mark.e2e]


async def test_the_group_chat_with_an_admin(door: Door) -> None:
    """Reference E: createRoom, joinRoom with subActions, sendMessage without a roomId, getMembers."""
    # Given two people of a client that says no hello and authorises by header
    ann_person, ben_person = door.deployment.person("ann"), door.deployment.person("ben")
    ann = await door.open_with(ann_person, headers={"Authorization": f"Bearer {ann_person.access_token}"})
    ben = await door.open_with(ben_person, headers={"Authorization": f"Bearer {ben_person.access_token}"})

    # When one creates a room and the other asks to join
    await ann.say('{"action": "createRoom", "roomName": "Reading circle"}')
    room_id = (await ann.hear("roomCreated", roomName="Reading circle"))["roomId"]
    await ben.say(json.dumps({"action": "joinRoom", "subAction": "request", "roomId": room_id}))

    # Then the admin is told at once, and the requester that they wait
    assert (await ben.hear("joinResponse"))["status"] == "pending"
    asked = await ann.hear("joinRequest", roomId=room_id)
    assert (asked["userId"], asked["username"]) == (ben.user_id, ben.person.username)

    # And until the answer the requester neither sends nor receives
    await ben.say(json.dumps({"action": "sendMessage", "message": "may I?"}))
    assert (await ben.hear("error"))["code"] == "badRequest"
    await ann.say('{"action": "sendMessage", "message": "only me yet"}')
    await ann.hear("messageSent", seq=1)
    assert not [frame for frame in await ben.all_heard() if frame["action"] == "message"]

    # When the admin approves
    await ann.say(
        json.dumps({"action": "joinRoom", "subAction": "approve", "roomId": room_id, "targetUserId": asked["userId"]})
    )

    # Then the requester is told, and both send into their current room and see what is pushed
    assert (await ben.hear("joinResponse"))["status"] == "approved"
    await ben.say('{"action": "sendMessage", "message": "hello all"}')
    assert (await ben.hear("message"))["message"] == "hello all"
    heard = await ann.hear("message", seq=2)
    assert (heard["message"], heard["userId"], heard["roomId"]) == ("hello all", ben.user_id, room_id)
    await ann.say('{"action": "sendMessage", "message": "welcome"}')
    assert (await ben.hear("message"))["message"] == "welcome"

    # And the members are listed
    await ben.say(json.dumps({"action": "getMembers", "roomId": room_id}))
    members = (await ben.hear("roomMembers"))["participants"]
    assert {(each["userId"], each["isAdmin"]) for each in members} == {(ann.user_id, True), (ben.user_id, False)}

    # And an unknown action gets an error
    await ben.say('{"action": "danceAround"}')
    assert (await ben.hear("error"))["code"] == "unknownAction"


async def test_a_rejected_request(door: Door) -> None:
    ann, ben = await door.newcomer("ann"), await door.newcomer("ben")
    room_id = await make_room(ann, visibility="approval")
    await ben.tell("joinRoom", subAction="request", roomId=room_id)
    await ann.hear("joinRequest", userId=ben.user_id)

    await ann.tell("joinRoom", subAction="reject", roomId=room_id, targetUserId=ben.user_id)

    assert (await ben.hear("joinResponse", status="rejected"))["roomId"] == room_id
    assert (await ben.ask("getMembers", roomId=room_id))["code"] == "notFound"


async def test_the_serverless_chat(door: Door) -> None:
    """Reference A: getMessages answers messageHistory, by room and for one's own messages."""
    ann, ben = await door.newcomer("ann"), await door.newcomer("ben")
    room_id = await make_room(ann, ben)
    for number in range(1, 4):
        await ann.tell("sendMessage", message=f"message {number}", roomId=room_id)
        await ben.hear("message", seq=number)
    await ben.ask("sendMessage", message="mine", roomId=room_id)

    await ben.say(json.dumps({"action": "getMessages", "roomId": room_id, "limit": 2}))
    by_room = await ben.hear("messageHistory", roomId=room_id)
    await ben.say(json.dumps({"action": "getMessages", "userId": ben.user_id, "limit": 10}))
    own = await ben.hear("messageHistory", userId=ben.user_id)

    assert [each["message"] for each in by_room["messages"]] == ["message 3", "mine"]
    assert by_room["hasMore"] is True
    assert [each["message"] for each in own["messages"]] == ["mine"]
    assert own["hasMore"] is False


@pytest.mark.gateway
async def test_a_browser_gets_its_subprotocol(door: Door) -> None:
    person = door.deployment.person("ann")

    browser = await door.open_with(person, (SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX + person.access_token))
    other = await door.open_with(person, headers={"authorization": f"bearer {person.access_token}"})

    assert browser.socket.protocol == SUBPROTOCOL
    assert other.socket.protocol is None
