"""What a room is called and how it works: told to all, healed after a loss, and nothing is sent once it is archived."""

from typing import Any

import pytest

from shared.core import clock
from tests.support import tables
from tests.support.fake_deployment import FakeDeployment
from tests.support.faults import Fault
from tests.support.people import Device, Frame


class Scene:
    """alice, who is the admin, and bob in a room."""

    def __init__(self, deployment: FakeDeployment) -> None:
        self.alice, self.bob = deployment.person("alice"), deployment.person("bob")
        self.laptop, self.phone = self.alice.connects(), self.bob.connects()
        self.room = deployment.room(self.alice, self.bob)

    def update(self, **fields: Any) -> Frame:
        return self.laptop.call("updateRoom", roomId=self.room, **fields)

    def archive(self, archived: bool = True) -> Frame:
        return self.laptop.call("archiveRoom", roomId=self.room, archived=archived)


def listed(device: Device, room: str) -> Frame:
    """A room as the list has it."""
    (found,) = [each for each in device.call("getRooms")["rooms"] if each["roomId"] == room]
    return dict(found)


def test_what_is_changed_is_told_listed_and_logged(deployment: FakeDeployment) -> None:
    # given
    scene = Scene(deployment)
    rules = {"post": "moderators", "pin": "admins", "mentionRoom": "everyone"}

    # when
    answer = scene.update(roomName="Garden", topic="Plans", description="What\nwe grow", rules=rules)

    # then
    info = {"roomName": "Garden", "topic": "Plans", "description": "What\nwe grow", "rules": rules, "infoRev": 1}
    expected = {"action": "changed", "roomId": scene.room, "fromRev": 0, "rev": 1, "messages": [], "room": info}
    assert answer == expected
    assert scene.phone.pushed("changed") == [expected]
    found = listed(scene.phone, scene.room)
    assert {name: found[name] for name in info} == info
    caught_up = scene.phone.call("getChanges", roomId=scene.room, after=0)
    assert (caught_up["room"], caught_up["rev"], caught_up["messages"]) == (info, 1, [])
    assert "room" not in scene.phone.call("getChanges", roomId=scene.room, after=1)


def test_what_is_not_named_stays_and_what_is_empty_goes(deployment: FakeDeployment) -> None:
    scene = Scene(deployment)
    scene.update(topic="Plans", description="About")

    answer = scene.update(topic="")

    assert "topic" not in answer["room"]
    assert answer["room"]["description"] == "About"
    assert answer["room"]["roomName"] == "Room"


def test_an_archived_room_is_read_only(deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    scene = Scene(deployment)
    sort_key = scene.phone.sends(scene.room, "before", client_message_id="1")["sortKey"]
    named = {"roomId": scene.room, "sortKey": sort_key}

    # when
    archived_at = scene.archive()["room"]["archivedAt"]
    again = scene.archive()

    # then
    assert abs(archived_at - clock.now_ms()) < 60_000
    assert (again["room"]["archivedAt"], again["rev"]) == (archived_at, 1)
    before = tables.everything()
    refused = [
        scene.phone.sends(scene.room, "after"),
        scene.laptop.sends(scene.room, "after", client_message_id="2"),
        scene.phone.call("react", **named, emoji="👍", on=True),
        scene.phone.call("editMessage", **named, message="other", basedOn=0, clientEditId="1"),
        scene.laptop.call("pinMessage", **named, on=True),
    ]
    assert {(each["code"], each["reason"], each["field"]) for each in refused} == {
        ("conflict", "roomArchived", "roomId")
    }
    assert tables.everything() == before
    assert scene.phone.sends(scene.room, "before", client_message_id="1")["sortKey"] == sort_key
    assert scene.phone.call("deleteMessage", **named)["action"] == "changed"

    # when
    scene.archive(False)

    # then
    assert scene.phone.sends(scene.room)["action"] == "messageSent"


def test_nothing_is_sent_after_the_room_was_archived(deployment: FakeDeployment) -> None:
    for moment in deployment.faults.every_moment():
        # given
        scene = Scene(deployment)
        archived: list[int] = []

        # when
        with moment.meanwhile(lambda: archived.append(deployment.head(scene.archive()["roomId"]))):  # noqa: B023
            answer = scene.phone.sends(scene.room, client_message_id="1")

        # then a message is from before, or refused
        if archived:
            assert deployment.head(scene.room) == archived[0], moment
        was_sent = answer["action"] == "messageSent"
        assert deployment.head(scene.room) == int(was_sent), moment


@pytest.mark.parametrize("fault", list(Fault), ids=lambda fault: fault.name)
@pytest.mark.parametrize("act", ["update", "archive"])
def test_it_may_fail_anywhere_and_be_repeated(deployment: FakeDeployment, act: str, fault: Fault) -> None:
    for moment in deployment.faults.every_moment():
        # given
        scene = Scene(deployment)

        def do(scene: Scene = scene) -> Frame:
            return scene.update(topic="Plans") if act == "update" else scene.archive()

        # when
        with moment.strike(fault):
            do()
        answer = do()
        deployment.work_off_queue()

        # then
        assert (answer["rev"], answer["room"]["infoRev"]) == (1, 1), moment
        assert scene.phone.pushed("changed", scene.room)[-1] == answer, moment
        assert listed(scene.phone, scene.room)["infoRev"] == 1, moment


def test_two_at_once_are_two_changes(deployment: FakeDeployment) -> None:
    for moment in deployment.faults.every_moment():
        scene = Scene(deployment)

        with moment.meanwhile(lambda: scene.update(topic="Plans")):  # noqa: B023
            scene.update(description="About")

        found = listed(scene.laptop, scene.room)
        assert (found["topic"], found["description"], found["rev"]) == ("Plans", "About", 2), moment


def test_a_direct_room_has_no_settings(deployment: FakeDeployment) -> None:
    scene = Scene(deployment)
    direct = scene.laptop.call("openDirect", userIds=[scene.bob.user_id])["roomId"]
    before = tables.everything()

    for action, fields in (("updateRoom", {"topic": "x"}), ("archiveRoom", {"archived": True})):
        answer = scene.laptop.call(action, roomId=direct, **fields)
        assert (answer["code"], answer["reason"], answer["field"]) == ("forbidden", "directRoom", "roomId")
    assert tables.everything() == before
