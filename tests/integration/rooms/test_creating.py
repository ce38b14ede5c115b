"""createRoom: with a clientRoomId it makes one room, however often it comes."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.features.rooms.table import Room
from tests.support import tables
from tests.support.fake_deployment import FakeDeployment
from tests.support.faults import Fault
from tests.support.people import Frame


def _rooms() -> int:
    return len(tables.items(Room))


def test_a_room_has_its_maker_as_its_admin(deployment: FakeDeployment) -> None:
    # given
    alice = deployment.person("alice")
    laptop, phone = alice.connects(), alice.connects()

    # when
    created = laptop.call("createRoom", roomName="  The room ", visibility="open", requestId="1")

    # then
    room = created["roomId"]
    assert created == {
        "action": "roomCreated",
        "requestId": "1",
        "roomId": room,
        "roomName": "The room",
        "visibility": "open",
        "kind": "group",
    }
    (told,) = phone.pushed("memberChanged", room)
    assert (told["status"], told["isAdmin"], told["version"]) == ("approved", True, 1)
    assert alice.is_heard_in(room) == {True}
    assert deployment.admins(room) == {alice.user_id}


def test_a_repetition_gives_the_same_room(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), alice.connects()
    first = laptop.call("createRoom", roomName="Room", clientRoomId="id")
    count = _rooms()

    # when
    again = [
        laptop.call("createRoom", roomName="Room", clientRoomId="id"),
        laptop.call("createRoom", roomName="Another", visibility="open", clientRoomId="id"),
        phone.call("createRoom", roomName="Room", clientRoomId="id"),
    ]
    of_another = bob.connects().call("createRoom", roomName="Room", clientRoomId="id")

    # then
    assert again == [first] * 3
    assert of_another["roomId"] != first["roomId"]
    assert _rooms() == count + 1


@pytest.mark.parametrize("fault", list(Fault), ids=lambda fault: fault.name)
def test_it_may_fail_anywhere_and_be_repeated(deployment: FakeDeployment, fault: Fault) -> None:
    for moment in deployment.faults.every_moment():
        # given a connection that has not said hello
        alice = deployment.person("alice")
        laptop, phone = alice.opens(), alice.connects()
        count = _rooms()
        with moment.strike(fault):
            laptop.call("createRoom", roomName="Room", clientRoomId="id")

        # when
        created = laptop.call("createRoom", roomName="Room", clientRoomId="id")

        # then there is one room, heard by all devices, and the current one
        assert _rooms() == count + 1, moment
        assert alice.is_heard_in(created["roomId"]) == {True}, moment
        assert phone.pushed("memberChanged", created["roomId"]), moment
        assert laptop.call("sendMessage", message="hello")["roomId"] == created["roomId"], moment


def test_many_at_once_make_one_room(unhurried_deployment: FakeDeployment) -> None:
    # given
    deployment = unhurried_deployment
    alice = deployment.person("alice")
    devices = [alice.connects() for _ in range(6)]
    count = _rooms()

    # when
    def create(number: int) -> Frame:
        return devices[number].call("createRoom", roomName="Room", clientRoomId="id")

    with ThreadPoolExecutor(6) as threads:
        created = list(threads.map(create, range(6)))

    # then
    assert created == [created[0]] * 6
    assert created[0]["action"] == "roomCreated"
    assert _rooms() == count + 1
    assert alice.is_heard_in(created[0]["roomId"]) == {True}


def test_a_room_that_its_maker_has_left_is_told_as_it_is(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    created = laptop.call("createRoom", roomName="Room", visibility="open", clientRoomId="id")
    room = created["roomId"]
    phone.call("joinRoom", roomId=room, subAction="request")
    laptop.call("updateMember", roomId=room, targetUserId=bob.user_id, change="promote")
    laptop.call("leaveRoom", roomId=room)

    # when a repetition comes late
    again = laptop.call("createRoom", roomName="Room", visibility="open", clientRoomId="id")

    # then it gives no membership back
    assert again == created
    assert alice.status(room) == "left"
    assert laptop.pushed("memberChanged", room)[-1]["status"] == "left"
    assert alice.is_heard_in(room) == {False}
    assert laptop.call("sendMessage", message="hello")["code"] == "badRequest"
