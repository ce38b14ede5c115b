"""Activity: what concerns a person, as far as it still holds and they may see it."""

from typing import Any

from shared.features.activity.listing import HAPPENINGS_PER_PAGE
from tests.support import limits
from tests.support.fake_deployment import FakeDeployment
from tests.support.people import Device, Frame


class Scene:
    """A room of alice, its admin, and bob."""

    def __init__(self, deployment: FakeDeployment) -> None:
        self.alice, self.bob = deployment.person("alice"), deployment.person("bob")
        self.laptop, self.phone = self.alice.connects(), self.bob.connects()
        self.room = deployment.room(self.alice, self.bob)
        (self.of_bob,) = deployment.given_messages(self.room, self.bob, ["by bob"])

    def mention(self, client_id: str = "1") -> Frame:
        fields = {"message": "hi", "mentions": [self.bob.user_id], "clientMessageId": client_id}
        return self.laptop.call("sendMessage", roomId=self.room, **fields)

    def react(self, emoji: str = "👍", *, on: bool = True, device: Device | None = None) -> Frame:
        named = {"roomId": self.room, "sortKey": self.of_bob}
        return (device or self.laptop).call("react", **named, emoji=emoji, on=on)


def _activity(device: Device) -> list[tuple[Any, ...]]:
    items = device.call("getActivity")["items"]
    return [(item["kind"], item["byUsername"], item.get("emoji"), item["message"]["message"]) for item in items]


def test_mentions_and_reactions_are_listed_the_latest_first(deployment: FakeDeployment) -> None:
    # given
    scene = Scene(deployment)

    # when
    scene.mention()
    scene.react()
    scene.react(device=scene.phone)

    # then, and what one does oneself is no news to one
    name = scene.alice.name
    assert _activity(scene.phone) == [("reaction", name, "👍", "by bob"), ("mention", name, None, "hi")]
    assert _activity(scene.laptop) == []


def test_a_repetition_is_listed_once(deployment: FakeDeployment) -> None:
    scene = Scene(deployment)
    for _ in range(2):
        scene.mention()
        scene.react()
        scene.react(on=False)
        scene.react()

    assert [kind for kind, *_ in _activity(scene.phone)] == ["reaction", "mention"]


def test_what_does_not_hold_any_more_is_left_out(deployment: FakeDeployment) -> None:
    # given
    scene = Scene(deployment)
    edited, deleted = scene.mention("1")["sortKey"], scene.mention("2")["sortKey"]
    scene.react()

    # when
    named = {"roomId": scene.room, "sortKey": edited}
    scene.laptop.call("editMessage", **named, message="hi all", basedOn=0, clientEditId="e")
    scene.laptop.call("deleteMessage", roomId=scene.room, sortKey=deleted)
    scene.react(on=False)

    # then
    assert _activity(scene.phone) == []


def test_an_edit_that_mentions_somebody_is_listed(deployment: FakeDeployment) -> None:
    scene = Scene(deployment)
    sent = scene.laptop.sends(scene.room)
    fields = {"message": "hi bob", "basedOn": 0, "clientEditId": "e", "mentions": [scene.bob.user_id]}

    scene.laptop.call("editMessage", roomId=scene.room, sortKey=sent["sortKey"], **fields)

    assert [text for *_, text in _activity(scene.phone)] == ["hi bob"]


def test_nothing_is_shown_of_a_room_that_one_has_left(deployment: FakeDeployment) -> None:
    scene = Scene(deployment)
    scene.mention()
    scene.react()

    scene.phone.call("leaveRoom", roomId=scene.room)

    assert _activity(scene.phone) == []


def test_it_comes_in_pages(deployment: FakeDeployment, monkeypatch: Any) -> None:
    # given
    limits.limit(monkeypatch, sends=1_000)
    scene = Scene(deployment)
    sent = HAPPENINGS_PER_PAGE + 5
    for number in range(sent):
        scene.mention(f"{number}")

    # when
    pages = [scene.phone.call("getActivity")]
    while pages[-1]["hasMore"]:
        pages.append(scene.phone.call("getActivity", before=pages[-1]["next"]))

    # then
    seqs = [item["message"]["seq"] for page in pages for item in page["items"]]
    assert seqs == list(range(sent + 1, 1, -1))
    assert len(pages) == 2
