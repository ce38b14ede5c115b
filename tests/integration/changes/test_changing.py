"""Editing, deleting and reacting: what everybody sees of it, and what is refused."""

from collections.abc import Callable
from typing import Any

import pytest

from shared.core import clock
from shared.protocol.limits import MAX_MESSAGE_BYTES, MAX_REACTION_EMOJI, MAX_REACTIONS
from tests.support import tables
from tests.support.fake_deployment import FakeDeployment
from tests.support.people import Device, Frame

SECRET = "the surprise is on Friday"


class Scene:
    """A room of three, with one message of bob's; alice is its admin."""

    def __init__(self, deployment: FakeDeployment, text: str = SECRET, **fields: Any) -> None:
        people = [deployment.person(name) for name in ("alice", "bob", "carol")]
        self.alice, self.bob, self.carol = [person.connects() for person in people]
        self.bobs_phone = people[1].connects()
        self.deployment = deployment
        self.room = deployment.room(*people)
        (self.sort_key,) = deployment.given_messages(self.room, people[1], [text], **fields)

    def edit(self, device: Device, text: str, based_on: int = 0, edit_id: str = "e1", **other: Any) -> Frame:
        fields = {"message": text, "basedOn": based_on, "clientEditId": edit_id, **self.named, **other}
        return device.call("editMessage", **fields)

    def delete(self, device: Device, **other: Any) -> Frame:
        return device.call("deleteMessage", **{**self.named, **other})

    def react(self, device: Device, emoji: Any = "👍", on: Any = True, **other: Any) -> Frame:
        return device.call("react", **{**self.named, "emoji": emoji, "on": on, **other})

    @property
    def named(self) -> dict[str, str]:
        return {"roomId": self.room, "sortKey": self.sort_key}

    def message(self) -> Frame:
        (message,) = self.alice.call("getMessages", roomId=self.room)["messages"]
        return dict(message)


def _refusal(answer: Frame) -> tuple[Any, Any, Any]:
    return answer.get("code"), answer.get("reason"), answer.get("field")


def test_everybody_sees_each_change_as_the_message_then_is(deployment: FakeDeployment) -> None:
    # given
    scene = Scene(deployment)
    steps: list[Callable[[], Frame]] = [
        lambda: scene.edit(scene.bob, "on Saturday"),
        lambda: scene.react(scene.carol, "👍"),
        lambda: scene.react(scene.alice, "🎉"),
        lambda: scene.react(scene.alice, "👍"),
        lambda: scene.react(scene.carol, "👍", on=False),
        lambda: scene.delete(scene.bob),
    ]
    ids = {name: getattr(scene, name).person.user_id for name in ("alice", "bob", "carol")}
    reactions = [
        None,
        [{"emoji": "👍", "users": [ids["carol"]]}],
        [{"emoji": "👍", "users": [ids["carol"]]}, {"emoji": "🎉", "users": [ids["alice"]]}],
        [{"emoji": "👍", "users": [ids["carol"], ids["alice"]]}, {"emoji": "🎉", "users": [ids["alice"]]}],
        [{"emoji": "👍", "users": [ids["alice"]]}, {"emoji": "🎉", "users": [ids["alice"]]}],
        None,
    ]

    for number, (step, expected) in enumerate(zip(steps, reactions, strict=True), start=1):
        # when
        answer = step()

        # then the reply, what was pushed and what is read are the same
        assert (answer["action"], answer["fromRev"], answer["rev"]) == ("changed", number - 1, number)
        (message,) = answer["messages"]
        assert message == scene.message()
        assert scene.bobs_phone.pushed("changed")[-1] == answer
        assert message.get("reactions") == expected
        assert message["rev"] == number
    message = scene.message()
    assert (message["message"], message["deletedBy"]) == ("", ids["bob"])
    assert message["seq"] == 1
    assert "editedAt" not in message


def test_who_changes_it_is_told_by_the_reply_alone(deployment: FakeDeployment) -> None:
    scene = Scene(deployment)

    scene.edit(scene.bob, "on Saturday")

    assert scene.bob.pushed("changed") == []
    assert len(scene.bobs_phone.pushed("changed")) == 1


def test_who_may_what(deployment: FakeDeployment) -> None:
    scene = Scene(deployment)
    before = tables.everything()

    assert _refusal(scene.edit(scene.alice, "x")) == ("forbidden", "authorsOnly", "sortKey")
    assert _refusal(scene.edit(scene.carol, "x")) == ("forbidden", "authorsOnly", "sortKey")
    assert _refusal(scene.delete(scene.carol)) == ("forbidden", "authorsAndAdminsOnly", "sortKey")
    assert tables.everything() == before
    assert scene.delete(scene.alice)["messages"][0]["deletedBy"] == scene.alice.person.user_id


@pytest.mark.parametrize("status", [None, "pending", "banned", "left"])
def test_who_is_no_member_finds_nothing(deployment: FakeDeployment, status: str | None) -> None:
    # given
    scene = Scene(deployment)
    mallory = deployment.person("mallory")
    if status:
        deployment.given_membership(mallory, scene.room, status)
    device = mallory.connects()
    before = tables.everything()

    # when
    answers = [
        scene.edit(device, "x"),
        scene.delete(device),
        scene.react(device),
        device.call("getChanges", roomId=scene.room, after=0),
    ]
    nowhere = device.call("getChanges", roomId="no-such-room", after=0)

    # then it looks like no room at all
    assert {_refusal(answer) for answer in answers} == {_refusal(nowhere)}
    assert {answer["message"] for answer in answers} == {nowhere["message"]}
    assert tables.everything() == before
    assert scene.alice.pushed("changed") == []


def test_messages_that_are_not_there(deployment: FakeDeployment) -> None:
    # given one of another room, one that has expired, and one that never was
    scene = Scene(deployment)
    other = deployment.room(scene.bob.person)
    (elsewhere,) = deployment.given_messages(other, scene.bob.person, ["elsewhere"])
    expired = Scene(deployment, ttl=clock.now_ms() // 1000 - 1)
    before = tables.everything()

    # when
    answers = [
        act(device, sortKey=key, roomId=room)
        for device, room, key, acts in (
            (scene.bob, scene.room, elsewhere, (scene.delete, scene.react)),
            (scene.bob, scene.room, "1#nothing", (scene.delete, scene.react)),
            (expired.bob, expired.room, expired.sort_key, (expired.delete, expired.react)),
        )
        for act in acts
    ]

    # then
    assert {_refusal(answer) for answer in answers} == {("notFound", "messageNotFound", "sortKey")}
    assert tables.everything() == before


def test_an_edit_that_comes_too_late_changes_nothing(deployment: FakeDeployment) -> None:
    # given
    scene = Scene(deployment)
    first = scene.edit(scene.bob, "first", edit_id="e1")["rev"]
    before = tables.everything()

    # when the phone edits what it still sees
    answer = scene.edit(scene.bobs_phone, "second", based_on=0, edit_id="e2")

    # then
    assert _refusal(answer) == ("conflict", "editedSince", "basedOn")
    assert tables.everything() == before

    # when it edits what there is; reactions meanwhile do not disturb it
    scene.react(scene.carol)
    assert scene.edit(scene.bobs_phone, "second", based_on=first, edit_id="e2")["action"] == "changed"

    # then a retry of the first edit is still known, and undoes nothing
    assert scene.edit(scene.bob, "first", edit_id="e1")["messages"][0]["message"] == "second"


def test_nothing_changes_a_deleted_message(deployment: FakeDeployment) -> None:
    scene = Scene(deployment)
    deleted = scene.delete(scene.bob)
    before = tables.everything()

    assert _refusal(scene.edit(scene.bob, "x")) == ("conflict", "messageDeleted", "sortKey")
    assert _refusal(scene.react(scene.carol)) == ("conflict", "messageDeleted", "sortKey")
    assert scene.delete(scene.alice) == deleted
    assert tables.everything() == before


def test_a_repetition_changes_nothing_and_is_told_again(deployment: FakeDeployment) -> None:
    scene = Scene(deployment)
    acts: list[Callable[[], Frame]] = [
        lambda: scene.edit(scene.bob, "on Saturday"),
        lambda: scene.react(scene.carol),
        lambda: scene.react(scene.carol, on=False),
        lambda: scene.delete(scene.bob),
    ]
    for act in acts:
        first = act()
        before = tables.everything()
        heard = len(scene.bobs_phone.pushed("changed"))

        assert act() == first
        assert tables.everything() == before
        assert scene.bobs_phone.pushed("changed")[heard:] == [first]


def test_taking_back_what_was_never_put_tells_nobody(deployment: FakeDeployment) -> None:
    scene = Scene(deployment)

    answer = scene.react(scene.carol, on=False)

    assert (answer["action"], answer["rev"]) == ("changed", 0)
    assert scene.alice.pushed("changed") == []


def test_a_message_holds_so_many_reactions(deployment: FakeDeployment) -> None:
    # given a message with as many people as it can hold, and one with as many emoji
    people = [f"person-{number}" for number in range(MAX_REACTIONS)]
    full = Scene(deployment, reactions=[("👍", people)])
    emoji = [chr(ord("😀") + number) for number in range(MAX_REACTION_EMOJI + 1)]
    many = Scene(deployment, reactions=[(each, ["person-1"]) for each in emoji[:-1]])

    assert _refusal(full.react(full.carol)) == ("conflict", "tooManyReactions", "emoji")
    assert _refusal(many.react(many.carol, emoji[-1])) == ("conflict", "tooManyReactions", "emoji")
    assert many.react(many.carol, emoji[0])["action"] == "changed"
    assert many.react(many.carol, emoji[0], on=False)["action"] == "changed"


@pytest.mark.parametrize("emoji", ["👍", "👍🏽", "❤️", "👩‍👩‍👧‍👦", "🇩🇪", "1️⃣", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🏳️‍🌈", "☕"])
def test_emoji(deployment: FakeDeployment, emoji: str) -> None:
    scene = Scene(deployment)

    assert scene.react(scene.carol, emoji)["messages"][0]["reactions"][0]["emoji"] == emoji


@pytest.mark.parametrize("other", ["", "a", "+1", ":+1:", "1", "👍👍", "👍 ", "🇩🇪🇫🇷", "\u200d", "\ufe0f", "🇩", 5, None])
def test_what_is_no_emoji(deployment: FakeDeployment, other: Any) -> None:
    scene = Scene(deployment)
    before = tables.everything()

    answer = scene.react(scene.carol, other)

    assert _refusal(answer) == ("badRequest", "invalid", "emoji")
    assert tables.everything() == before


def test_an_emoji_of_more_than_64_bytes(deployment: FakeDeployment) -> None:
    scene = Scene(deployment)
    family = "\u200d".join(["👩"] * 10)

    assert len(family.encode()) > 64
    assert _refusal(scene.react(scene.carol, family)) == ("badRequest", "invalid", "emoji")


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"message": " "}, "badRequest", "message"),
        ({"message": "x" * (MAX_MESSAGE_BYTES + 1)}, "tooLarge", "message"),
        ({"message": "\x00"}, "badRequest", "message"),
        ({"basedOn": -1}, "badRequest", "basedOn"),
        ({"basedOn": "0"}, "badRequest", "basedOn"),
        ({"clientEditId": ""}, "badRequest", "clientEditId"),
        ({"clientEditId": "x" * 65}, "badRequest", "clientEditId"),
        ({"sortKey": ""}, "badRequest", "sortKey"),
        ({"roomId": 5}, "badRequest", "roomId"),
    ],
)
def test_bad_edits(deployment: FakeDeployment, fields: dict[str, Any], code: str, field: str) -> None:
    scene = Scene(deployment)
    before = tables.everything()

    answer = scene.edit(scene.bob, **{"text": "fine", **fields})

    assert (answer["code"], answer["field"]) == (code, field)
    assert tables.everything() == before
