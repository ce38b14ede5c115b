"""Pins, and the earlier texts of edited messages."""

import pytest

from shared.protocol.limits import MAX_PINS, MAX_VERSIONS
from tests.support import limits, tables
from tests.support.fake_deployment import FakeDeployment
from tests.support.people import Device, Frame


def _pinned(device: Device, room: str) -> list[int]:
    return [message["seq"] for message in device.call("getPins", roomId=room)["messages"]]


def _refusal(answer: Frame) -> tuple[str, str, str | None]:
    return answer["code"], answer["reason"], answer.get("field")


def test_everybody_sees_what_is_pinned(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    room = deployment.room(alice, bob)
    keys = deployment.given_messages(room, alice, "abc")

    # when a member pins, an admin pins, and the pin is set again
    for device, key in ((phone, keys[0]), (laptop, keys[2]), (laptop, keys[2])):
        answer = device.call("pinMessage", roomId=room, sortKey=key, on=True)

    # then
    assert answer["rev"] == 2
    assert answer["messages"][0]["pinnedBy"] == alice.user_id
    assert phone.pushed("changed")[-1]["messages"] == answer["messages"]
    page = phone.call("getPins", roomId=room)
    assert [message["seq"] for message in page["messages"]] == [3, 1]
    assert (page["rev"], page["hasMore"]) == (2, False)

    # when
    phone.call("pinMessage", roomId=room, sortKey=keys[2], on=False)

    # then
    assert _pinned(laptop, room) == [1]
    assert "pinnedAt" not in laptop.call("getMessages", roomId=room)["messages"][2]


def test_a_room_has_at_most_100_pins(deployment: FakeDeployment) -> None:
    # given a room with so many, besides one that has expired
    alice = deployment.person("alice")
    laptop = alice.connects()
    room = deployment.room(alice)
    keys = deployment.given_messages(room, alice, "x" * (MAX_PINS + 1))
    deployment.given_pins(room, [*deployment.given_messages(room, alice, ["x"], ttl=1), *keys[:MAX_PINS]])
    before = tables.everything()

    # when
    refused = laptop.call("pinMessage", roomId=room, sortKey=keys[MAX_PINS], on=True)

    # then
    assert _refusal(refused) == ("conflict", "tooManyPins", "sortKey")
    assert tables.everything() == before

    # when one is taken off
    laptop.call("pinMessage", roomId=room, sortKey=keys[1], on=False)

    # then there is room for another
    assert laptop.call("pinMessage", roomId=room, sortKey=keys[MAX_PINS], on=True)["action"] == "changed"


def test_the_largest_pins_come_in_pages(deployment: FakeDeployment) -> None:
    # given
    alice = deployment.person("alice")
    laptop = alice.connects()
    room = deployment.room(alice)
    keys = deployment.given_messages(room, alice, ["x" * 8192] * 25)
    deployment.given_pins(room, keys)

    # when
    pages = [laptop.call("getPins", roomId=room)]
    while pages[-1]["hasMore"]:
        pages.append(laptop.call("getPins", roomId=room, before=pages[-1]["next"]))

    # then
    assert [message["seq"] for page in pages for message in page["messages"]] == list(range(25, 0, -1))
    assert len(pages) > 1


def test_what_is_deleted_cannot_be_pinned(deployment: FakeDeployment) -> None:
    alice = deployment.person("alice")
    laptop = alice.connects()
    room = deployment.room(alice)
    (key,) = deployment.given_messages(room, alice, ["x"])
    laptop.call("deleteMessage", roomId=room, sortKey=key)

    for on in (True, False):
        refused = laptop.call("pinMessage", roomId=room, sortKey=key, on=on)
        assert _refusal(refused) == ("conflict", "messageDeleted", "sortKey")


def test_a_pin_and_a_deletion_at_once_leave_no_pin(deployment: FakeDeployment) -> None:
    for moment in deployment.faults.every_moment():
        alice = deployment.person("alice")
        laptop, phone = alice.connects(), alice.connects()
        room = deployment.room(alice)
        (key,) = deployment.given_messages(room, alice, ["x"])

        with moment.meanwhile(lambda: phone.call("deleteMessage", roomId=room, sortKey=key)):  # noqa: B023
            laptop.call("pinMessage", roomId=room, sortKey=key, on=True)

        assert _pinned(laptop, room) == [], moment
        assert not [row for row in tables.everything()["parley-test-pins"] if room in row], moment


class Edited:
    """A message of bob's that he edited; alice is the room's admin."""

    def __init__(self, deployment: FakeDeployment, times: int = 2) -> None:
        self.alice, self.bob = deployment.person("alice"), deployment.person("bob")
        self.laptop, self.phone = self.alice.connects(), self.bob.connects()
        self.room = deployment.room(self.alice, self.bob)
        (self.key,) = deployment.given_messages(self.room, self.bob, ["text 0"])
        for number in range(times):
            self.edit(number)

    def edit(self, number: int) -> Frame:
        fields = {"message": f"text {number + 1}", "basedOn": number, "clientEditId": f"{number}"}
        return self.phone.call("editMessage", roomId=self.room, sortKey=self.key, **fields)

    def versions(self, device: Device) -> Frame:
        return device.call("getEdits", roomId=self.room, sortKey=self.key)


def test_the_earlier_texts_of_a_message_can_be_read(deployment: FakeDeployment) -> None:
    scene = Edited(deployment)

    answer = scene.versions(scene.laptop)

    assert [version["message"] for version in answer["versions"]] == ["text 1", "text 0"]
    assert [version["textRev"] for version in answer["versions"]] == [1, 0]
    assert answer["versions"][1]["at"] == int(scene.key[:13])
    assert scene.laptop.call("getMessages", roomId=scene.room)["messages"][0]["edits"] == 2


def test_the_last_20_are_kept(deployment: FakeDeployment) -> None:
    scene = Edited(deployment, MAX_VERSIONS + 3)

    texts = [version["message"] for version in scene.versions(scene.laptop)["versions"]]

    assert texts == [f"text {number}" for number in range(MAX_VERSIONS + 2, 2, -1)]


def test_the_operator_says_who_sees_them(deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = Edited(deployment)

    limits.setting(monkeypatch, "PARLEY_EDIT_HISTORY", "admins")
    assert len(scene.versions(scene.laptop)["versions"]) == 2
    assert _refusal(scene.versions(scene.phone)) == ("forbidden", "adminsOnly", None)

    limits.setting(monkeypatch, "PARLEY_EDIT_HISTORY", "off")
    assert _refusal(scene.versions(scene.laptop)) == ("forbidden", "editHistoryOff", None)
    scene.edit(2)
    assert "text 2" not in str([row for row in tables.everything()["parley-test-edits"] if scene.room in row])


def test_the_operator_says_for_how_long_one_may_edit(
    deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = Edited(deployment, 0)
    limits.setting(monkeypatch, "PARLEY_EDIT_MINUTES", "5")
    before = tables.everything()

    assert _refusal(scene.edit(0)) == ("forbidden", "editTimeOver", "sortKey")
    assert tables.everything() == before
    sent = scene.phone.sends(scene.room)
    fields = {"message": "new", "basedOn": 0, "clientEditId": "1"}
    answer = scene.phone.call("editMessage", roomId=scene.room, sortKey=sent["sortKey"], **fields)
    assert answer["action"] == "changed"
