"""The current room of a connection: where a command goes that names none."""

import pytest

from shared.db.registry import table_types
from shared.realtime.connections import Connection
from tests.support import tables
from tests.support.acts import carry_out
from tests.support.fake_deployment import FakeDeployment
from tests.support.people import Device


def _current(device: Device) -> str | None:
    """Where a message without a room goes."""
    answer = device.call("sendMessage", message="hello")
    if answer["action"] == "error":
        assert answer["code"] == "badRequest"
        assert answer["message"].startswith("roomId:")
        return None
    room: str = answer["roomId"]
    return room


def test_a_new_connection_has_none(deployment: FakeDeployment) -> None:
    # given somebody with a room, on another connection
    alice = deployment.person("alice")
    laptop = alice.connects()
    room = laptop.call("createRoom", roomName="Room")["roomId"]

    # when, then
    assert _current(laptop) == room
    assert _current(alice.connects()) is None
    assert _current(alice.opens()) is None


def test_it_is_the_room_that_was_created_or_joined_last(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    phone = bob.connects()
    open_room = deployment.room(alice, visibility="open")

    # when, then
    created = phone.call("createRoom", roomName="Room")["roomId"]
    assert _current(phone) == created
    phone.call("joinRoom", roomId=open_room, subAction="request")
    assert _current(phone) == open_room
    phone.call("joinRoom", roomId=created, subAction="request")
    assert _current(phone) == created


def test_a_room_that_was_asked_for_becomes_it_once_approved(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    own = phone.call("createRoom", roomName="Room")["roomId"]
    asked = deployment.room(alice)

    # when, then
    phone.call("joinRoom", roomId=asked, subAction="request")
    assert _current(phone) == own
    laptop.call("joinRoom", roomId=asked, subAction="approve", targetUserId=bob.user_id)
    assert _current(phone) == asked


def test_a_room_that_was_refused_does_not_become_it(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    asked = deployment.room(alice)
    phone.call("joinRoom", roomId=asked, subAction="request")

    # when
    laptop.call("joinRoom", roomId=asked, subAction="reject", targetUserId=bob.user_id)

    # then
    assert _current(phone) is None


@pytest.mark.parametrize("how", ["leave", "remove", "ban"])
def test_losing_the_room_clears_it(deployment: FakeDeployment, how: str) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    room = deployment.room(alice, visibility="open")
    phone.call("joinRoom", roomId=room, subAction="request")
    assert _current(phone) == room

    # when
    if how == "leave":
        phone.call("leaveRoom", roomId=room)
    else:
        laptop.call("updateMember", roomId=room, targetUserId=bob.user_id, change=how)

    # then
    assert _current(phone) is None


@pytest.mark.parametrize("how", ["leave", "remove", "ban"])
def test_losing_a_room_that_was_asked_for_does_not_bring_back_the_one_before(
    deployment: FakeDeployment, how: str
) -> None:
    # given a connection with a room, that asked for another one and was approved
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    before = phone.call("createRoom", roomName="Room")["roomId"]
    asked = deployment.room(alice)
    phone.call("joinRoom", roomId=asked, subAction="request")
    laptop.call("joinRoom", roomId=asked, subAction="approve", targetUserId=bob.user_id)

    # when
    carry_out(how, asked, laptop, phone)

    # then what was meant for the lost room is not said in another one, until that is chosen again
    assert _current(phone) is None
    phone.call("joinRoom", roomId=before, subAction="request")
    assert _current(phone) == before


def test_asking_for_another_room_does_not_bring_back_the_one_before(deployment: FakeDeployment) -> None:
    # given a connection with a room, that asked for another one and was approved
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    phone.call("createRoom", roomName="Room")
    second, third = deployment.room(alice), deployment.room(alice)
    phone.call("joinRoom", roomId=second, subAction="request")
    laptop.call("joinRoom", roomId=second, subAction="approve", targetUserId=bob.user_id)

    # when it asks for a third one, the second stays
    phone.call("joinRoom", roomId=third, subAction="request")
    assert _current(phone) == second

    # and when that is lost, then there is none, whatever it asks for
    phone.call("leaveRoom", roomId=second)
    assert _current(phone) is None
    phone.call("joinRoom", roomId=second, subAction="request")
    assert _current(phone) is None
    laptop.call("joinRoom", roomId=second, subAction="approve", targetUserId=bob.user_id)
    assert _current(phone) == second


@pytest.mark.parametrize("command", ["createRoom", "joinRoom", "sendMessage", "hello", "getMessages"])
def test_a_connection_that_closes_meanwhile_is_not_brought_back(deployment: FakeDeployment, command: str) -> None:
    alice, bob = deployment.person("alice"), deployment.person("bob")
    for moment in deployment.faults.every_moment():
        # given a connection that has not said hello, so that it has everything yet to write
        room = deployment.room(alice, bob, visibility="open")
        phone = bob.opens()
        fields = {"roomName": "Room", "roomId": room, "subAction": "request", "message": "hello"}

        # when
        with moment.meanwhile(phone.disconnects):
            phone.call(command, **fields)

        # then no row of it, and no row at all that misses what every row has
        stored = [row["connectionId"]["S"] for row in tables.items(Connection)]
        assert phone.connection_id not in stored, moment
        for model in table_types():
            needed = {each.attr_name for each in model.get_attributes().values() if not each.null}
            for row in tables.items(model):
                assert needed <= set(row), moment


def test_what_a_closed_connection_left_behind_is_cleaned_by_the_next_message(deployment: FakeDeployment) -> None:
    # given a connection that closes in the middle of its hello, which subscribes it nevertheless
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop = alice.connects()
    for moment in deployment.faults.every_moment():
        room = deployment.room(alice, bob)
        phone = bob.opens()
        with moment.meanwhile(phone.disconnects):
            phone.call("hello")

        # when
        laptop.sends(room)

        # then
        assert not phone.subscriptions(f"room:{room}"), moment
        assert phone.frames == []
