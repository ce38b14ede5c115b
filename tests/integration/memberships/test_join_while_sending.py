"""Somebody begins to listen while somebody else sends: the message is in what they read, or it is pushed to them.

One of the two commands runs in the middle of the other, at each of its steps, and the other way round.
"""

from collections.abc import Callable

import pytest

from tests.support.fake_deployment import FakeDeployment
from tests.support.faults import Moment
from tests.support.people import Device, Frame, Person

Join = Callable[[], object]


def _knows(device: Device, room: str, welcome_or_history: Frame | None, seq: int) -> bool:
    """Whether the device has heard the message, or is told of it by what it has just read."""
    if seq in device.heard(room):
        return True
    if welcome_or_history is None:
        return False
    if welcome_or_history["action"] == "messageHistory":
        return seq in [message["seq"] for message in welcome_or_history["messages"]]
    return any(each["roomId"] == room and each["lastSeq"] >= seq for each in welcome_or_history["rooms"])


def _both_ways(moment: Moment, one: Join, other: Join, *, swapped: bool) -> None:
    if swapped:
        one, other = other, one
    with moment.meanwhile(other):
        one()


@pytest.mark.parametrize("swapped", [False, True], ids=["send in the join", "join in the send"])
@pytest.mark.parametrize("what", ["hello", "getMessages"])
def test_a_connection_that_begins_to_listen(deployment: FakeDeployment, what: str, swapped: bool) -> None:
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop = alice.connects()
    for moment in deployment.faults.every_moment():
        # given a member's connection that listens to nothing yet
        room = deployment.room(alice, bob)
        phone = bob.opens()
        read: list[Frame] = []
        sent: list[Frame] = []
        fields = {"roomId": room} if what == "getMessages" else {}

        # when
        _both_ways(
            moment,
            lambda: read.append(phone.call(what, **fields)),  # noqa: B023
            lambda: sent.append(laptop.sends(room)),  # noqa: B023
            swapped=swapped,
        )

        # then
        assert sent[0]["action"] == "messageSent", moment
        assert _knows(phone, room, read[0], sent[0]["seq"]), moment
        phone.disconnects()


@pytest.mark.parametrize("swapped", [False, True], ids=["send in the join", "join in the send"])
@pytest.mark.parametrize("visibility", ["approval", "open"])
def test_a_person_who_becomes_a_member(deployment: FakeDeployment, visibility: str, swapped: bool) -> None:
    alice = deployment.person("alice")
    laptop, desktop = alice.connects(), alice.connects()
    for moment in deployment.faults.every_moment():
        # given somebody who listens to themselves
        bob = deployment.person("bob")
        phones = [bob.connects(), bob.connects()]
        room = deployment.room(alice, visibility=visibility)
        if visibility == "approval":
            deployment.given_membership(bob, room, "pending")
        sent: list[Frame] = []

        def join() -> None:
            if visibility == "open":
                reply = phones[0].call("joinRoom", roomId=room, subAction="request")  # noqa: B023
            else:
                reply = desktop.call("joinRoom", roomId=room, subAction="approve", targetUserId=bob.user_id)  # noqa: B023
            assert reply["action"] in ("joinResponse", "memberChanged")

        # when
        _both_ways(moment, join, lambda: sent.append(laptop.sends(room)), swapped=swapped)  # noqa: B023

        # then each device has heard it, or will find it when it reads the room that it has just been told of
        for phone in phones:
            history = phone.call("getMessages", roomId=room)
            assert _knows(phone, room, history, sent[0]["seq"]), moment
        # and what comes next is pushed to all
        following = laptop.sends(room)
        assert all(following["seq"] in phone.heard(room) for phone in phones), moment
        membership = bob.membership(room)
        assert membership is not None
        assert membership.last_read_seq in (0, 1)


@pytest.mark.parametrize("inner", ["approve", "ban", "leave"])
def test_a_membership_that_changes_during_hello(deployment: FakeDeployment, inner: str) -> None:
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop = alice.connects()
    for moment in deployment.faults.every_moment():
        # given
        tablet = bob.opens()
        room = deployment.room(alice) if inner == "approve" else deployment.room(alice, bob)
        if inner == "approve":
            deployment.given_membership(bob, room, "pending")
        phone = bob.opens()
        welcome: list[Frame] = []

        def change() -> None:
            if inner == "leave":
                tablet.call("leaveRoom", roomId=room)  # noqa: B023
            elif inner == "ban":
                laptop.call("updateMember", roomId=room, targetUserId=bob.user_id, change="ban")  # noqa: B023
            else:
                laptop.call("joinRoom", roomId=room, subAction="approve", targetUserId=bob.user_id)  # noqa: B023

        # when
        with moment.meanwhile(change):
            welcome.append(phone.call("hello"))

        # then the subscription is as the membership, and the connection knows of the change: it was pushed or read
        approved = inner == "approve"
        assert phone.subscriptions(f"room:{room}") == approved, moment
        version = bob.version(room)
        pushed = [frame["version"] for frame in phone.pushed("memberChanged", room)]
        read = [each["version"] for each in welcome[0]["rooms"] if each["roomId"] == room]
        left = inner == "leave" and not read
        assert version in pushed + read or left, moment
        laptop.sends(room)
        assert phone.heard(room) == ({1} if approved else set()), moment
        tablet.vanishes()
        phone.vanishes()


def test_all_of_a_persons_devices_hear_while_one_of_them_joins_and_another_says_hello(
    deployment: FakeDeployment,
) -> None:
    alice = deployment.person("alice")
    laptop = alice.connects()
    for moment in deployment.faults.every_moment():
        # given a request to join, and a device that is just coming
        bob: Person = deployment.person("bob")
        phone = bob.connects()
        tablet = bob.opens()
        room = deployment.room(alice, visibility="open")

        # when
        with moment.meanwhile(lambda: tablet.call("hello")):  # noqa: B023
            phone.call("joinRoom", roomId=room, subAction="request")
        laptop.sends(room)

        # then
        assert phone.heard(room) == {1}, moment
        assert tablet.heard(room) == {1}, moment


@pytest.mark.parametrize("answer", ["approve", "reject"])
def test_an_admin_who_said_no_hello_hears_the_room_after_answering_a_request(
    deployment: FakeDeployment, answer: str
) -> None:
    # given
    alice, bob, carol = deployment.person("alice"), deployment.person("bob"), deployment.person("carol")
    room = deployment.room(alice, carol)
    deployment.given_membership(bob, room, "pending")
    laptop, phone, tablet = alice.opens(), bob.connects(), carol.connects()

    # when
    laptop.call("joinRoom", roomId=room, subAction=answer, targetUserId=bob.user_id)

    # then
    tablet.sends(room)
    assert laptop.heard(room) == {1}
    deployment.given_membership(bob, room, "left", version=3)
    phone.call("joinRoom", roomId=room, subAction="request")
    assert [frame["userId"] for frame in laptop.pushed("joinRequest", room)] == [bob.user_id]
