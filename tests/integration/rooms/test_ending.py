"""A room ends when its only member leaves it."""

import pytest

from tests.support.fake_deployment import FakeDeployment
from tests.support.faults import Fault
from tests.support.people import Device


def _rooms_of(device: Device) -> set[str]:
    return {room["roomId"] for room in device.call("getRooms")["rooms"]}


def test_the_only_member_can_leave_and_nobody_can_come_back(deployment: FakeDeployment) -> None:
    # given a room of one, whom two others have asked to let them in
    alice, bob, eve = deployment.person("alice"), deployment.person("bob"), deployment.person("eve")
    laptop, phone, waiting = alice.connects(), alice.connects(), bob.connects()
    room = laptop.call("createRoom", roomName="Short")["roomId"]
    laptop.sends(room, "hello")
    waiting.call("joinRoom", roomId=room, subAction="request")
    deployment.given_membership(eve, room, "rejected")

    # when
    left = laptop.call("leaveRoom", roomId=room)

    # then it is gone for everybody
    assert left["action"] == "roomLeft"
    assert deployment.has_ended(room)
    assert [frame["status"] for frame in phone.pushed("memberChanged", room)][-1:] == ["left"]
    for device in (laptop, waiting, eve.connects()):
        assert room not in _rooms_of(device)
        assert device.call("getInvitation", roomId=room)["code"] == "notFound"
        assert device.call("joinRoom", roomId=room, subAction="request")["code"] == "notFound"
        assert device.call("getMessages", roomId=room)["code"] == "notFound"
        assert device.call("sendMessage", roomId=room, message="hello")["code"] == "notFound"
    # and a person who waited can still withdraw, so that it no longer counts
    assert waiting.call("leaveRoom", roomId=room)["action"] == "roomLeft"


@pytest.mark.parametrize("is_admin", [False, True])
def test_with_another_member_it_does_not_end(deployment: FakeDeployment, is_admin: bool) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop = alice.connects()
    room = deployment.room(alice, *([] if is_admin else [bob]), co_admins=[bob] if is_admin else [])

    # when
    reply = laptop.call("leaveRoom", roomId=room)

    # then
    assert reply.get("reason") == (None if is_admin else "lastAdmin")
    assert not deployment.has_ended(room)


def test_a_person_who_joins_in_the_same_moment_stays_in(
    deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given an index that does not show yet that bob has joined
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    room = laptop.call("createRoom", roomName="Open", visibility="open")["roomId"]
    phone.call("joinRoom", roomId=room, subAction="request")
    monkeypatch.setattr("shared.features.memberships.table.Membership.count_members", lambda *_, **__: 1)

    # when
    laptop.call("leaveRoom", roomId=room)

    # then bob reads and writes there as before, can leave, and nobody else gets in
    assert deployment.has_ended(room)
    assert phone.sends(room, "hello")["seq"] == 1
    assert room in _rooms_of(phone)
    assert laptop.call("joinRoom", roomId=room, subAction="request")["code"] == "notFound"
    assert phone.call("leaveRoom", roomId=room)["action"] == "roomLeft"
    assert room not in _rooms_of(phone)


@pytest.mark.parametrize("fault", list(Fault), ids=lambda fault: fault.name)
def test_it_may_fail_anywhere_and_be_repeated(deployment: FakeDeployment, fault: Fault) -> None:
    for moment in deployment.faults.every_moment():
        # given
        alice = deployment.person("alice")
        laptop, phone = alice.connects(), alice.connects()
        room = laptop.call("createRoom", roomName="Short")["roomId"]
        with moment.strike(fault):
            laptop.call("leaveRoom", roomId=room)

        # when
        laptop.call("leaveRoom", roomId=room)
        deployment.work_off_stream(alice)
        deployment.work_off_queue()

        # then
        assert deployment.has_ended(room), moment
        assert alice.status(room) == "left", moment
        assert alice.is_heard_in(room) == {False}, moment
        assert room not in _rooms_of(phone), moment
