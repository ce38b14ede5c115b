"""Mentions: who is told, who finds them in their list, and that counts are exact whatever happens to the message."""

from typing import Any

import pytest

from shared.protocol.limits import MAX_GONE, MAX_ROOM_MENTIONS, MAX_UNREAD_MENTIONS
from tests.support import limits, tables
from tests.support.fake_deployment import FakeDeployment
from tests.support.faults import Fault
from tests.support.people import Device, Frame, Person


class Scene:
    """A room of alice, who is its admin, bob and carol."""

    def __init__(self, deployment: FakeDeployment) -> None:
        self.alice, self.bob, self.carol = self.people = [deployment.person(name) for name in ("alice", "bob", "carol")]
        self.deployment = deployment
        self.room = deployment.room(*self.people)
        self.laptop, self.phone = self.alice.connects(), self.bob.connects()

    def send(self, *mentioned: Person, device: Device | None = None, **fields: Any) -> Frame:
        named = {"mentions": [person.user_id for person in mentioned], **fields}
        return (device or self.laptop).call("sendMessage", roomId=self.room, message="hello", **named)

    def key(self, seq: int) -> str:
        return str(self.laptop.call("getMessages", roomId=self.room)["messages"][seq - 1]["sortKey"])


def summary(device: Device, room: str) -> Frame:
    """A room as the list has it."""
    (found,) = [each for each in device.call("getRooms")["rooms"] if each["roomId"] == room]
    return dict(found)


def mentions(person: Person, room: str) -> list[int]:
    """The seqs of unread mentions in somebody's list."""
    return list(summary(person.connects(), room).get("mentions", []))


def unread(person: Person, room: str) -> int:
    """As a client counts it."""
    found = summary(person.connects(), room)
    return int(found["lastSeq"]) - int(found["lastReadSeq"]) - len(found.get("gone", []))


def test_who_is_mentioned_is_told_and_finds_it_in_the_list(deployment: FakeDeployment) -> None:
    # given
    scene = Scene(deployment)

    # when
    scene.send(scene.bob, scene.alice)
    scene.send()
    scene.send(scene.carol)

    # then, and whoever mentions themselves is not told
    pushed = scene.phone.pushed("message")[0]
    assert pushed["mentions"] == [{"userId": p.user_id, "username": p.name} for p in (scene.bob, scene.alice)]
    assert scene.laptop.call("getMessages", roomId=scene.room)["messages"][0]["mentions"] == pushed["mentions"]
    assert [mentions(person, scene.room) for person in scene.people] == [[], [1], [3]]
    assert scene.bob.connects().call("hello")["rooms"][0]["mentions"] == [1]


def test_a_mention_is_read_with_its_message(deployment: FakeDeployment) -> None:
    scene = Scene(deployment)
    for _ in range(2):
        scene.send(scene.bob)

    scene.phone.call("markRead", rooms=[{"roomId": scene.room, "seq": 1}])

    assert mentions(scene.bob, scene.room) == [2]


@pytest.mark.parametrize("status", [None, "pending", "rejected", "banned", "left"])
def test_who_is_no_member_is_left_out(deployment: FakeDeployment, status: str | None) -> None:
    # given
    scene = Scene(deployment)
    dora = deployment.person("dora")
    if status:
        deployment.given_membership(dora, scene.room, status)

    # when
    answer = scene.send(dora, scene.bob)

    # then
    assert answer["action"] == "messageSent"
    assert [each["userId"] for each in scene.phone.pushed("message")[0]["mentions"]] == [scene.bob.user_id]
    assert mentions(scene.bob, scene.room) == [1]
    assert (scene.deployment.person("dora").membership(scene.room)) is None


def test_who_leaves_while_being_mentioned_is_left_out(deployment: FakeDeployment) -> None:
    for moment in deployment.faults.every_moment():
        # given
        scene = Scene(deployment)

        # when
        with moment.meanwhile(lambda: scene.phone.call("leaveRoom", roomId=scene.room)):  # noqa: B023
            answer = scene.send(scene.bob)

        # then
        assert answer["action"] == "messageSent", moment
        membership = scene.bob.membership(scene.room)
        assert membership is not None
        (message,) = scene.laptop.call("getMessages", roomId=scene.room)["messages"]
        assert ("mentions" in message) == bool(membership.mention_seqs), moment


def test_the_whole_room_is_mentioned_by_admins_and_moderators(deployment: FakeDeployment) -> None:
    # given
    scene = Scene(deployment)
    before = tables.everything()

    # when
    refused = scene.send(device=scene.phone, mentionsRoom=True)

    # then
    assert (refused["code"], refused["reason"], refused["field"]) == ("forbidden", "moderatorsOnly", "mentionsRoom")
    assert tables.everything() == before

    # when
    scene.send(mentionsRoom=True)

    # then
    assert scene.phone.pushed("message")[0]["mentionsRoom"] is True
    assert [mentions(person, scene.room) for person in scene.people] == [[], [1], [1]]


def test_the_newest_are_remembered(deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch) -> None:
    limits.limit(monkeypatch, sends=1000)
    scene = Scene(deployment)
    for _ in range(MAX_UNREAD_MENTIONS + 2):
        scene.send(scene.bob)
    for _ in range(MAX_ROOM_MENTIONS + 2):
        scene.send(mentionsRoom=True)

    sent = MAX_UNREAD_MENTIONS + 2 + MAX_ROOM_MENTIONS + 2
    assert mentions(scene.bob, scene.room) == [*range(3, MAX_UNREAD_MENTIONS + 3), *range(sent - 19, sent + 1)]


def test_an_edit_brings_mentions_and_takes_them_away(deployment: FakeDeployment) -> None:
    # given
    scene = Scene(deployment)
    scene.send(scene.bob)
    named = {"roomId": scene.room, "sortKey": scene.key(1)}

    # when
    told = scene.laptop.call(
        "editMessage", **named, message="hi", basedOn=0, clientEditId="e", mentions=[scene.carol.user_id]
    )

    # then
    assert told["messages"][0]["mentions"] == [{"userId": scene.carol.user_id, "username": scene.carol.name}]
    assert [mentions(person, scene.room) for person in scene.people] == [[], [], [1]]


def test_what_is_deleted_unread_counts_no_more(deployment: FakeDeployment) -> None:
    # given
    scene = Scene(deployment)
    scene.send(scene.bob, mentionsRoom=True)
    scene.send(scene.bob)

    # when
    scene.laptop.call("deleteMessage", roomId=scene.room, sortKey=scene.key(1))

    # then
    assert [mentions(person, scene.room) for person in scene.people] == [[], [2], []]
    assert [unread(person, scene.room) for person in scene.people] == [0, 1, 1]
    assert "mentions" not in scene.phone.pushed("changed")[0]["messages"][0]
    assert "mentionsRoom" not in scene.phone.pushed("changed")[0]["messages"][0]


def test_the_newest_deletions_are_remembered(deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch) -> None:
    limits.limit(monkeypatch, sends=1000)
    scene = Scene(deployment)
    keys = deployment.given_messages(scene.room, scene.alice, "x" * (MAX_GONE + 2))

    for key in keys:
        scene.laptop.call("deleteMessage", roomId=scene.room, sortKey=key)

    assert unread(scene.bob, scene.room) == 2  # never too low


def test_the_list_is_read_in_the_order_that_loses_no_mention(deployment: FakeDeployment) -> None:
    for moment in deployment.faults.every_moment():
        # given
        scene = Scene(deployment)

        # when somebody is mentioned while they ask for their list
        with moment.meanwhile(lambda: scene.send(scene.bob)):  # noqa: B023
            found = summary(scene.phone, scene.room)

        # then a message that the list has seen comes with its mention
        if found["lastSeq"] == 1:
            assert found["mentions"] == [1], moment


@pytest.mark.parametrize("fault", list(Fault), ids=lambda fault: fault.name)
def test_a_send_that_fails_anywhere_and_is_repeated_mentions_once(deployment: FakeDeployment, fault: Fault) -> None:
    for moment in deployment.faults.every_moment():
        # given
        scene = Scene(deployment)

        # when
        with moment.strike(fault):
            scene.send(scene.bob, mentionsRoom=True, clientMessageId="1")
        scene.send(scene.bob, mentionsRoom=True, clientMessageId="1")
        deployment.work_off_queue()

        # then
        assert scene.phone.heard(scene.room) == {1}, moment
        assert summary(scene.phone, scene.room)["mentions"] == [1], moment
        (message,) = scene.phone.call("getMessages", roomId=scene.room)["messages"]
        assert message["mentionsRoom"] is True, moment


def test_two_who_mention_the_same_person_at_once(deployment: FakeDeployment) -> None:
    for moment in deployment.faults.every_moment():
        scene = Scene(deployment)

        with moment.meanwhile(lambda: scene.send(scene.bob, device=scene.laptop)):  # noqa: B023
            scene.send(scene.bob, device=scene.carol.opens())

        assert mentions(scene.bob, scene.room) == [1, 2], moment
