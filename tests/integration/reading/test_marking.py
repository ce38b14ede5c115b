"""How far one has read: it only moves forward, never past the room's end, on all devices."""

import pytest

from shared.features.memberships.table import Membership
from tests.support import limits, tables
from tests.support.fake_deployment import FakeDeployment
from tests.support.faults import Fault
from tests.support.people import Device, Frame


def _unread(device: Device, room: str) -> int:
    (summary,) = [each for each in device.call("getRooms")["rooms"] if each["roomId"] == room]
    return int(summary["lastSeq"]) - int(summary["lastReadSeq"])


def _read(answer: Frame) -> int:
    (read,) = answer["rooms"]
    return int(read["lastReadSeq"])


def test_it_moves_forward_only(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    phone, tablet = bob.connects(), bob.connects()
    room = deployment.room(alice, bob)
    deployment.given_messages(room, alice, "abcde")
    steps = [(2, 2), (4, 4), (3, 4), (4, 4), (5, 5), (1, 5)]

    for asked, expected in steps:
        # when
        answer = phone.call("markRead", rooms=[{"roomId": room, "seq": asked}])

        # then all devices agree
        read = [{"roomId": room, "lastReadSeq": expected}]
        assert answer == {"action": "roomsRead", "rooms": read, "otherDevices": 1}
        assert tablet.pushed("roomsRead")[-1] == {"action": "roomsRead", "rooms": read}
        assert _unread(phone, room) == 5 - expected
    assert phone.pushed("roomsRead") == []


def test_it_never_moves_past_the_end(deployment: FakeDeployment) -> None:
    # given
    alice = deployment.person("alice")
    laptop = alice.connects()
    room = deployment.room(alice)
    deployment.given_messages(room, alice, "ab")
    before = tables.everything()

    # when
    answers = [laptop.call("markRead", rooms=[{"roomId": room, "seq": seq}]) for seq in (3, 10**9, 10**30, 0, -1)]

    # then
    assert {answer["code"] for answer in answers} == {"badRequest"}
    assert all(answer["message"].startswith("rooms.0.seq:") for answer in answers)
    assert tables.everything() == before


@pytest.mark.parametrize(("outer", "inner"), [(2, 4), (4, 2), (3, 3)])
def test_two_devices_at_once(deployment: FakeDeployment, outer: int, inner: int) -> None:
    alice = deployment.person("alice")
    laptop, phone = alice.connects(), alice.connects()
    for moment in deployment.faults.every_moment():
        # given
        room = deployment.room(alice)
        deployment.given_messages(room, alice, "abcd")

        # when
        with moment.meanwhile(lambda: phone.call("markRead", rooms=[{"roomId": room, "seq": inner}])):  # noqa: B023
            answer = laptop.call("markRead", rooms=[{"roomId": room, "seq": outer}])

        # then
        assert _read(answer) >= outer
        membership = alice.membership(room)
        assert membership is not None
        assert membership.last_read_seq == max(outer, inner), moment
        if moment.call in ("BatchGetItem", "UpdateItem"):
            assert _read(answer) == max(outer, inner), moment


@pytest.mark.parametrize("fault", list(Fault), ids=lambda fault: fault.name)
def test_it_may_fail_anywhere_and_be_repeated(deployment: FakeDeployment, fault: Fault) -> None:
    alice = deployment.person("alice")
    laptop, phone = alice.connects(), alice.connects()
    for moment in deployment.faults.every_moment():
        # given
        room = deployment.room(alice)
        deployment.given_messages(room, alice, "abcd")
        with moment.strike(fault):
            laptop.call("markRead", rooms=[{"roomId": room, "seq": 3}])

        # when
        answer = laptop.call("markRead", rooms=[{"roomId": room, "seq": 3}])
        deployment.work_off_queue()

        # then
        assert _read(answer) == 3, moment
        assert _unread(laptop, room) == 1, moment
        assert {_read(frame) for frame in phone.pushed("roomsRead") if frame["rooms"][0]["roomId"] == room} == {3}, (
            moment
        )


def test_reading_changes_no_version_and_the_stream_tells_nobody(deployment: FakeDeployment) -> None:
    # given
    alice = deployment.person("alice")
    laptop, phone = alice.connects(), alice.connects()
    room = deployment.room(alice)
    deployment.given_messages(room, alice, "ab")
    deployment.work_off_stream(alice)
    phone.frames.clear()

    # when
    laptop.call("markRead", rooms=[{"roomId": room, "seq": 1}])
    deployment.work_off_stream(alice)

    # then
    assert alice.version(room) == 1
    assert [frame["action"] for frame in phone.frames] == ["roomsRead"]


def test_a_new_member_starts_with_nothing_unread(deployment: FakeDeployment) -> None:
    # given a room with messages
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    room = deployment.room(alice)
    deployment.given_messages(room, alice, "abc")

    # when somebody joins, and then somebody sends
    phone.call("joinRoom", roomId=room, subAction="request")
    laptop.call("joinRoom", roomId=room, subAction="approve", targetUserId=bob.user_id)
    unread = [_unread(phone, room)]
    laptop.sends(room)
    unread.append(_unread(phone, room))

    # then
    assert unread == [0, 1]


def test_a_second_membership_starts_with_nothing_unread(deployment: FakeDeployment) -> None:
    # given somebody who left, and missed messages
    alice, bob = deployment.person("alice"), deployment.person("bob")
    phone = bob.connects()
    room = deployment.room(alice, bob, visibility="open")
    deployment.given_messages(room, alice, "ab")
    phone.call("leaveRoom", roomId=room)
    deployment.given_messages(room, alice, "cd")

    # when
    phone.call("joinRoom", roomId=room, subAction="request")

    # then
    assert _unread(phone, room) == 0


def test_a_membership_that_vanishes_meanwhile_is_not_brought_back(deployment: FakeDeployment) -> None:
    alice, bob = deployment.person("alice"), deployment.person("bob")
    phone = bob.connects()
    for moment in deployment.faults.every_moment():
        # given
        room = deployment.room(alice, bob)
        deployment.given_messages(room, alice, "ab")

        # when
        with moment.meanwhile(lambda: tables.remove(Membership.key(bob.user_id, room))):  # noqa: B023
            phone.call("markRead", rooms=[{"roomId": room, "seq": 2}])

        # then
        assert bob.membership(room) is None, moment


def test_a_mark_that_moves_nothing_is_pushed_to_nobody(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    phone, tablet = bob.connects(), bob.connects()
    room = deployment.room(alice, bob)
    deployment.given_messages(room, alice, "abc")
    phone.call("markRead", rooms=[{"roomId": room, "seq": 3}])

    # when
    answer = phone.call("markRead", rooms=[{"roomId": room, "seq": 2}])

    # then
    assert _read(answer) == 3
    assert len(tablet.pushed("roomsRead")) == 1


def test_repeating_the_latest_mark_counts_as_sending(
    deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    limits.standing_clock(monkeypatch)
    limits.limit(monkeypatch, sends=3)
    alice = deployment.person("alice")
    phone, tablet = alice.connects(), alice.connects()
    room = deployment.room(alice)
    deployment.given_messages(room, alice, "ab")
    phone.call("markRead", rooms=[{"roomId": room, "seq": 2}])

    # when
    answers = [phone.call("markRead", rooms=[{"roomId": room, "seq": 2}])["action"] for _ in range(5)]

    # then
    assert answers == ["roomsRead"] * 3 + ["error"] * 2
    assert len(tablet.pushed("roomsRead")) == 1 + 3
