"""Marking several rooms at once; what is read without a mark; other devices of the same person."""

import pytest

from tests.support import tables
from tests.support.fake_deployment import FakeDeployment
from tests.support.faults import Fault
from tests.support.people import Device


def unread(device: Device, room: str) -> int:
    """How much of a room the list shows as unread."""
    (summary,) = [each for each in device.call("getRooms")["rooms"] if each["roomId"] == room]
    return int(summary["lastSeq"]) - int(summary["lastReadSeq"])


def test_several_rooms_are_marked_together(deployment: FakeDeployment) -> None:
    # given two rooms that one has read in part, one that one has read, and one in which one is nobody
    alice, bob = deployment.person("alice"), deployment.person("bob")
    phone, tablet = bob.connects(), bob.connects()
    rooms = [deployment.room(alice, bob) for _ in range(3)]
    foreign = deployment.room(alice)
    for room in (*rooms, foreign):
        deployment.given_messages(room, alice, "abc")
    phone.call("markRead", rooms=[{"roomId": rooms[2], "seq": 3}])
    tablet.frames.clear()
    marks = [{"roomId": room, "seq": seq} for room, seq in zip([*rooms, foreign], (1, 2, 1, 3), strict=True)]

    # when
    answer = phone.call("markRead", rooms=marks)

    # then each is read as far as it is, and only what has moved is told
    assert [read["lastReadSeq"] for read in answer["rooms"]] == [1, 2, 3]
    assert [read["roomId"] for read in answer["rooms"]] == rooms
    (told,) = tablet.pushed("roomsRead")
    assert told["rooms"] == answer["rooms"][:2]
    assert [unread(phone, room) for room in rooms] == [2, 1, 0]


def test_one_mark_past_the_end_refuses_all(deployment: FakeDeployment) -> None:
    # given
    alice = deployment.person("alice")
    laptop = alice.connects()
    rooms = [deployment.room(alice) for _ in range(2)]
    for room in rooms:
        deployment.given_messages(room, alice, "ab")
    before = tables.everything()

    # when
    answer = laptop.call("markRead", rooms=[{"roomId": rooms[0], "seq": 1}, {"roomId": rooms[1], "seq": 3}])

    # then
    assert (answer["code"], answer["reason"], answer["field"]) == ("badRequest", "pastLastMessage", "rooms.1.seq")
    assert tables.everything() == before


@pytest.mark.parametrize("fault", list(Fault), ids=lambda fault: fault.name)
def test_marking_several_rooms_may_fail_anywhere_and_be_repeated(deployment: FakeDeployment, fault: Fault) -> None:
    alice = deployment.person("alice")
    laptop, phone = alice.connects(), alice.connects()
    for moment in deployment.faults.every_moment():
        # given
        rooms = [deployment.room(alice) for _ in range(2)]
        for room in rooms:
            deployment.given_messages(room, alice, "abcd")
        marks = [{"roomId": room, "seq": 3} for room in rooms]
        phone.frames.clear()
        with moment.strike(fault):
            laptop.call("markRead", rooms=marks)

        # when
        laptop.call("markRead", rooms=marks)
        deployment.work_off_queue()

        # then
        assert [unread(laptop, room) for room in rooms] == [1, 1], moment
        told = {(read["roomId"], read["lastReadSeq"]) for frame in phone.pushed("roomsRead") for read in frame["rooms"]}
        assert told == {(room, 3) for room in rooms}, moment


def test_what_one_writes_oneself_is_read(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    room = deployment.room(alice, bob)

    # when
    laptop.sends(room)
    laptop.sends(room)
    counts = [(unread(laptop, room), unread(phone, room))]
    phone.sends(room)
    counts.append((unread(laptop, room), unread(phone, room)))
    phone.call("markRead", rooms=[{"roomId": room, "seq": 2}])
    counts.append((unread(laptop, room), unread(phone, room)))

    # then: what was written by others before it stays unread
    assert counts == [(0, 2), (3, 3), (3, 0)]


def test_a_mark_tells_how_many_other_devices_listen(deployment: FakeDeployment) -> None:
    # given
    alice = deployment.person("alice")
    laptop = alice.connects()
    room = deployment.room(alice)
    deployment.given_messages(room, alice, "abc")

    # when
    alone = laptop.call("markRead", rooms=[{"roomId": room, "seq": 1}])
    phone = alice.opens()
    phone.call("hello")
    together = laptop.call("markRead", rooms=[{"roomId": room, "seq": 2}])

    # then
    assert (alone["otherDevices"], together["otherDevices"]) == (0, 1)
    assert laptop.pushed("deviceConnected") == [{"action": "deviceConnected"}]
    assert phone.pushed("deviceConnected") == []
