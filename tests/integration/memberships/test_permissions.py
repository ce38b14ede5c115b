"""Who may do what: whatever is refused is refused with the right word, and leaves every table as it was."""

import json
from typing import Any

import pytest

from shared.core import clock, ids
from shared.features.rooms.table import Room
from tests.support import tables
from tests.support.fake_deployment import FakeDeployment
from tests.support.people import Device

MEMBER_COMMANDS: dict[str, dict[str, Any]] = {
    "leaveRoom": {},
    "getMembers": {},
    "sendMessage": {"message": "hello"},
    "sendMessage, named": {"message": "hello", "clientMessageId": "id"},
    "getMessages": {},
    "markRead": {"seq": 1},
    "editMessage": {"sortKey": "k", "message": "hello", "basedOn": 0, "clientEditId": "e"},
    "deleteMessage": {"sortKey": "k"},
    "react": {"sortKey": "k", "emoji": "👍", "on": True},
    "pinMessage": {"sortKey": "k", "on": True},
    "getChanges": {"after": 0},
    "getPins": {},
    "getEdits": {"sortKey": "k"},
    "setNotifications": {"level": "nothing"},
    "hideRoom": {"seq": 0},
    "updateRoom": {"topic": "x"},
    "archiveRoom": {"archived": True},
}
ADMIN_COMMANDS: dict[str, dict[str, Any]] = {
    f"{action}, {act}": {field: act}
    for action, field, acts in [
        ("joinRoom", "subAction", ["approve", "reject"]),
        ("updateMember", "change", ["promote", "demote", "remove", "ban", "unban"]),
    ]
    for act in acts
}
OUTSIDERS = ["nobody", "pending", "rejected", "banned", "left"]


def _call(device: Device, name: str, room: str, fields: dict[str, Any], target: str) -> dict[str, Any]:
    action = name.partition(",")[0]
    more = {"targetUserId": target} if name in ADMIN_COMMANDS else {}
    if action == "markRead":
        return device.call(action, rooms=[{"roomId": room, **fields}], requestId="1")
    return device.call(action, roomId=room, requestId="1", **fields, **more)


@pytest.mark.parametrize("name", [*MEMBER_COMMANDS, *ADMIN_COMMANDS])
def test_a_room_where_one_is_not_approved_looks_like_no_room(deployment: FakeDeployment, name: str) -> None:
    # given people who stand differently in a room, but never as a member
    alice, carol = deployment.person("alice"), deployment.person("carol")
    room = deployment.room(alice)
    deployment.given_messages(room, alice, ["a", "b"])
    deployment.given_membership(carol, room, "pending")
    fields = (MEMBER_COMMANDS | ADMIN_COMMANDS)[name]
    for status in OUTSIDERS if name != "leaveRoom" else ["nobody", "banned", "left"]:
        bob = deployment.person("bob")
        if status != "nobody":
            deployment.given_membership(bob, room, status)
        phone = bob.connects()
        before = tables.everything()

        for target in (carol.user_id, bob.user_id, alice.user_id, "nobody"):
            # when
            foreign = _call(phone, name, room, fields, target)
            missing = _call(phone, name, ids.new_id(), fields, target)

            # then
            assert foreign["code"] == "notFound", status
            assert json.dumps(foreign) == json.dumps(missing)
        assert tables.everything() == before, status


@pytest.mark.parametrize("name", ADMIN_COMMANDS)
@pytest.mark.parametrize("target_status", ["pending", "approved", "banned", "nobody"])
def test_a_plain_member_may_not_act_as_an_admin(deployment: FakeDeployment, name: str, target_status: str) -> None:
    # given
    alice, bob, carol = (deployment.person(each) for each in ("alice", "bob", "carol"))
    phone = bob.connects()
    room = deployment.room(alice, bob)
    if target_status != "nobody":
        deployment.given_membership(carol, room, target_status)
    before = tables.everything()

    # when
    targets = (carol.user_id, bob.user_id, alice.user_id)
    answers = [_call(phone, name, room, ADMIN_COMMANDS[name], target) for target in targets]

    # then
    assert {answer["code"] for answer in answers} == {"forbidden"}
    assert tables.everything() == before
    assert phone.frames == []


@pytest.mark.parametrize(
    ("status", "act", "code"),
    [
        ("nobody", "approve", "notFound"),
        ("left", "approve", "notFound"),
        ("rejected", "approve", "conflict"),
        ("banned", "approve", "conflict"),
        ("nobody", "reject", "notFound"),
        ("left", "reject", "notFound"),
        ("approved", "reject", "conflict"),
        ("banned", "reject", "conflict"),
        ("nobody", "promote", "notFound"),
        ("pending", "promote", "notFound"),
        ("banned", "promote", "notFound"),
        ("pending", "demote", "notFound"),
        ("pending", "remove", "notFound"),
        ("banned", "remove", "notFound"),
        ("nobody", "ban", "notFound"),
        ("nobody", "unban", "notFound"),
        ("pending", "unban", "conflict"),
        ("approved", "unban", "conflict"),
        ("rejected", "unban", "conflict"),
    ],
)
def test_what_an_admin_cannot_do_to_somebody(deployment: FakeDeployment, status: str, act: str, code: str) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop = alice.connects()
    room = deployment.room(alice)
    if status != "nobody":
        deployment.given_membership(bob, room, status)
    before = tables.everything()

    # when
    name = next(each for each in ADMIN_COMMANDS if each.endswith(f" {act}"))
    answer = _call(laptop, name, room, ADMIN_COMMANDS[name], bob.user_id)

    # then
    assert answer["code"] == code
    assert answer["message"].startswith("targetUserId:")
    assert tables.everything() == before


@pytest.mark.parametrize("name", ["leaveRoom", "updateMember, demote", "updateMember, remove", "updateMember, ban"])
def test_the_only_admin_stays(deployment: FakeDeployment, name: str) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop = alice.connects()
    room = deployment.room(alice, bob)
    before = tables.everything()

    # when
    answer = _call(laptop, name, room, ADMIN_COMMANDS.get(name, {}), alice.user_id)

    # then
    assert answer["code"] == "conflict"
    assert tables.everything() == before


def test_an_admin_may_go_after_promoting_another(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop = alice.connects()
    room = deployment.room(alice, bob)

    # when
    promoted = laptop.call("updateMember", roomId=room, targetUserId=bob.user_id, change="promote")
    left = laptop.call("leaveRoom", roomId=room)

    # then
    assert promoted["isAdmin"]
    assert left["action"] == "roomLeft"
    assert deployment.admins(room) == {bob.user_id}


def test_a_room_has_at_most_twenty_admins(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop = alice.connects()
    room = deployment.room(alice, bob, co_admins=[deployment.person(f"admin{number}") for number in range(19)])
    before = tables.everything()

    # when
    answer = laptop.call("updateMember", roomId=room, targetUserId=bob.user_id, change="promote")

    # then
    assert answer["code"] == "conflict"
    assert tables.everything() == before


@pytest.mark.parametrize(
    ("status", "visibility", "expected"),
    [
        ("nobody", "approval", "pending"),
        ("nobody", "open", "approved"),
        ("pending", "approval", "pending"),
        ("approved", "approval", "approved"),
        ("rejected", "approval", "pending"),
        ("left", "approval", "pending"),
        ("left", "open", "approved"),
        ("banned", "approval", "forbidden"),
        ("banned", "open", "forbidden"),
    ],
)
def test_who_may_ask_to_join(deployment: FakeDeployment, status: str, visibility: str, expected: str) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    phone = bob.connects()
    room = deployment.room(alice, visibility=visibility)
    if status != "nobody":
        deployment.given_membership(bob, room, status)
    before = tables.everything()

    # when
    answer = phone.call("joinRoom", roomId=room, subAction="request")

    # then
    if expected == "forbidden":
        assert answer["code"] == "forbidden"
        assert tables.everything() == before
    else:
        assert (answer["action"], answer["status"]) == ("joinResponse", expected)
        assert bob.status(room) == expected


@pytest.mark.parametrize("room_id", ["x", "a room#with#hashes", "\u00e9\U0001f600", "x" * 128, '"}'])
def test_asking_to_join_a_room_that_is_not_there(deployment: FakeDeployment, room_id: str) -> None:
    # given
    bob = deployment.person("bob")
    phone = bob.connects()
    before = tables.everything()

    # when
    answer = phone.call("joinRoom", roomId=room_id, subAction="request")

    # then
    assert answer["code"] == "notFound"
    assert tables.everything() == before


def test_a_room_of_another_kind_cannot_be_joined(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    room = deployment.room(alice, kind="direct")
    phone = bob.connects()
    before = tables.everything()

    # when
    answer = phone.call("joinRoom", roomId=room, subAction="request")

    # then
    assert answer["code"] == "notFound"
    assert tables.everything() == before


def test_leaving_does_not_lift_a_ban(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    phone = bob.connects()
    room = deployment.room(alice)
    deployment.given_membership(bob, room, "banned")

    # when
    answer = phone.call("leaveRoom", roomId=room)

    # then
    assert answer["code"] == "notFound"
    assert bob.status(room) == "banned"


@pytest.mark.parametrize("action", ["hello", "createRoom", "joinRoom", "getRooms", "sendMessage", "ping", "nonsense"])
def test_nothing_is_done_for_a_token_that_has_ended(deployment: FakeDeployment, action: str) -> None:
    # given a connection whose token ended meanwhile
    alice = deployment.person("alice")
    room = deployment.room(alice)
    laptop = alice.opens(expires_at=clock.now_ms() - 1)
    before = tables.everything()

    # when
    answer = laptop.call(action, roomId=room, roomName="Room", subAction="request", message="hello", requestId="1")

    # then
    assert (answer["code"], answer["requestId"]) == ("tokenExpired", "1")
    assert tables.everything() == before


def test_a_room_whose_row_is_gone_is_not_found(deployment: FakeDeployment) -> None:
    # given a membership of a room that is not there
    alice = deployment.person("alice")
    laptop = alice.connects()
    room = deployment.room(alice)
    tables.remove(Room.key(room))

    # when
    answers = [_call(laptop, name, room, fields, "") for name, fields in MEMBER_COMMANDS.items()]

    # then
    assert {answer.get("code") for answer in answers} == {"notFound"}
    assert laptop.call("hello")["rooms"] == []
