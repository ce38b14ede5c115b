"""What a client knows by the events that it was told equals what it is told when it asks for everything anew.

Zulip's habit (`verify_action`): for every event, state before + events = a fresh fetch. The client is the fault
laboratory's, which changes its state as the app does. An event that no scene tells fails the last test.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from shared.protocol.operations import event_types
from tests.chaos.client.outbox import as_stored
from tests.chaos.client.state import State
from tests.support.acts import carry_out
from tests.support.fake_deployment import FakeDeployment
from tests.support.people import Frame, Person

FETCHED = {"welcome", "rooms", "roomMembers", "messageHistory", "pins", "messageEdits", "activity"}
"""Events that only answer a question: with them, state is read anew."""

WITHOUT_STATE = {"invitation", "deviceConnected", "somebodyTypes", "error"}


class App:
    """One device and what it knows. It listens from its first moment, and reads only when the app would."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.device = person.opens()
        self.state = State(person.user_id)
        self.told: set[str] = set()
        self._heard = 0
        self.state.replace(self.device.call("hello")["rooms"])
        self.open_rooms()

    def open_rooms(self) -> None:
        """Show all rooms that one may read: messages and members."""
        for room_id in self.state.rooms.approved():
            self.state.timelines.open(room_id)
            if room_id not in self.state.members.lists:
                self._read_members(room_id)
        self._read_on()

    def do(self, action: str, **fields: Any) -> Frame:
        """A command; its answer is an event, too."""
        reply = self.device.call(action, **fields)
        assert reply["action"] != "error", reply
        self._apply(reply)
        if reply["action"] == "messageSent":
            person = self.person
            self.state.timelines.add(as_stored(reply, person.user_id, person.name, fields["message"]))
        return reply

    def hear(self) -> None:
        """Take in what was pushed since the last time, and do what the app then does."""
        for frame in self.device.frames[self._heard :]:
            self._apply(frame)
        self._heard = len(self.device.frames)
        if self.state.rooms.stale:
            self.state.rooms.stale = False
            self.state.merge(self.device.call("getRooms")["rooms"])
        for room_id in self.state.members_due & set(self.state.rooms.approved()):
            self._read_members(room_id)
        self.state.members_due.clear()
        self._read_on()

    def miss(self) -> None:
        """What was pushed since the last time does not arrive."""
        self._heard = len(self.device.frames)

    def shows(self) -> dict[str, Any]:
        """Everything that a person could see."""
        rooms = self.state.rooms.rooms
        return {
            "rooms": {room_id: _without_none(room) for room_id, room in rooms.items()},
            "messages": {
                room_id: [{**message, "action": "message"} for message in window.messages]
                for room_id, window in self.state.timelines.windows.items()
            },
            "members": {
                room_id: {
                    user_id: member
                    for user_id, member in members.items()
                    if member["status"] == "approved" or rooms[room_id]["isAdmin"]
                }
                for room_id, members in self.state.members.lists.items()
            },
        }

    def _apply(self, event: Frame) -> None:
        self.told.add(event["action"])
        self.state.apply({name: value for name, value in event.items() if name != "requestId"})

    def _read_members(self, room_id: str) -> None:
        self.state.members.set(room_id, self.device.call("getMembers", roomId=room_id)["participants"])

    def _read_on(self) -> None:
        for room_id in self.state.timelines.behind():
            reading = self.state.timelines.following(room_id)
            asked = {name: value for name, value in reading.command.items() if name != "action" and value is not None}
            page = self.device.call("getMessages", **asked)
            self._apply(page)
            self.state.timelines.take(reading, page)
        for room_id in self.state.timelines.stale():
            while self.state.timelines.is_stale(room_id):
                after = self.state.timelines.windows[room_id].rev
                self._apply(self.device.call("getChanges", roomId=room_id, after=after))


def _without_none(room: Frame) -> Frame:
    return {name: value for name, value in room.items() if value not in (None, []) and name != "markedSeq"}


@dataclass(frozen=True)
class Scene:
    """An approval room with an admin (two devices), a member (two) and somebody who stands as `before` says (two)."""

    name: str
    tells: set[str]
    act: Callable[["Stage"], None]
    before: str | None = "approved"
    visibility: str = "approval"

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Stage:
    """Where a scene is played."""

    room: str
    admin: App
    target: App
    apps: list[App]


def _membership(name: str) -> Callable[[Stage], None]:
    def act(stage: Stage) -> None:
        actor = stage.target if name in ("request", "leave") else stage.admin
        actor._apply(carry_out(name, stage.room, stage.admin.device, stage.target.device))

    return act


def _send(stage: Stage) -> None:
    stage.target.do("sendMessage", roomId=stage.room, message="hello", clientMessageId="1")


def _mention(stage: Stage) -> None:
    fields = {"mentions": [stage.target.person.user_id], "mentionsRoom": True}
    stage.admin.do("sendMessage", roomId=stage.room, message="hello", clientMessageId="1", **fields)


def _deleted_mention(stage: Stage) -> None:
    _mention(stage)
    key = stage.admin.device.call("getMessages", roomId=stage.room)["messages"][-1]["sortKey"]
    stage.admin.do("deleteMessage", roomId=stage.room, sortKey=key)


def _level(stage: Stage) -> None:
    stage.target.do("setNotifications", roomId=stage.room, level="mentions", mutedUntil=2_000_000_000_000)


def _read(stage: Stage) -> None:
    stage.target.do("markRead", rooms=[{"roomId": stage.room, "seq": 2}])


def _ping_after_a_lost_push(stage: Stage) -> None:
    stage.admin.do("sendMessage", roomId=stage.room, message="hello", clientMessageId="1")
    stage.target.miss()
    stage.target.do("ping", rooms=[stage.room])


def _change(action: str) -> Callable[[Stage], None]:
    def act(stage: Stage) -> None:
        room = stage.room
        key = stage.admin.device.call("getMessages", roomId=room)["messages"][-1]["sortKey"]
        fields: dict[str, dict[str, Any]] = {
            "react": {"emoji": "👍", "on": True},
            "editMessage": {
                "message": "changed",
                "basedOn": 0,
                "clientEditId": "1",
                "mentions": [stage.target.person.user_id],
            },
            "pinMessage": {"on": True},
        }
        stage.apps[2].do(action, roomId=room, sortKey=key, **fields.get(action, {}))

    return act


def _ping_after_lost_changes(stage: Stage) -> None:
    _change("react")(stage)
    _change("editMessage")(stage)
    stage.target.miss()
    stage.target.do("ping", rooms=[stage.room])
    stage.target.hear()


def _a_change_after_a_lost_one(stage: Stage) -> None:
    _change("react")(stage)
    stage.target.miss()
    _change("editMessage")(stage)


def _create(stage: Stage) -> None:
    stage.target.do("createRoom", roomName="Another")


def _admin(name: str) -> Callable[[Stage], None]:
    def act(stage: Stage) -> None:
        _membership("promote")(stage)
        _membership(name)(stage)

    return act


SCENES = [
    Scene("a message", {"message", "messageSent"}, _send),
    Scene("reading", {"roomsRead"}, _read),
    Scene("a ping after a lost push", {"pong"}, _ping_after_a_lost_push),
    Scene("a reaction", {"changed"}, _change("react")),
    Scene("an edit", {"changed"}, _change("editMessage")),
    Scene("a deletion", {"changed"}, _change("deleteMessage")),
    Scene("a pin", {"changed"}, _change("pinMessage")),
    Scene("a mention", {"message", "messageSent"}, _mention),
    Scene("a mention that is deleted", {"changed"}, _deleted_mention),
    Scene("a level", {"personalSettingsChanged"}, _level),
    Scene("a ping after lost changes", {"pong", "changes"}, _ping_after_lost_changes),
    Scene("a change after a lost one", {"changed", "changes"}, _a_change_after_a_lost_one),
    Scene("a new room", {"roomCreated", "memberChanged"}, _create),
    Scene("asking to join", {"joinResponse", "joinRequest"}, _membership("request"), before=None),
    Scene("asking again", {"joinResponse", "joinRequest"}, _membership("request"), before="left"),
    Scene("joining", {"joinResponse", "memberChanged"}, _membership("request"), before=None, visibility="open"),
    Scene("joining again", {"joinResponse", "memberChanged"}, _membership("request"), before="left", visibility="open"),
    Scene("approval", {"joinResponse", "memberChanged"}, _membership("approve"), before="pending"),
    Scene("rejection", {"joinResponse", "memberChanged"}, _membership("reject"), before="pending"),
    Scene("leaving", {"roomLeft", "memberChanged"}, _membership("leave")),
    Scene("promotion", {"memberChanged"}, _membership("promote")),
    Scene("demotion", {"memberChanged"}, _admin("demote")),
    Scene("removal", {"memberChanged"}, _membership("remove")),
    Scene("removal of an admin", {"memberChanged"}, _admin("remove")),
    Scene("a ban", {"memberChanged"}, _membership("ban")),
    Scene("a ban of who asks", {"memberChanged"}, _membership("ban"), before="pending"),
    Scene("the end of a ban", {"memberChanged"}, _membership("unban"), before="banned"),
]


@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_events_bring_the_state_that_a_fresh_fetch_shows(deployment: FakeDeployment, scene: Scene) -> None:
    # given
    ada, bob, cleo = (deployment.person(name) for name in ("ada", "bob", "cleo"))
    members = [bob, cleo] if scene.before == "approved" else [bob]
    room = deployment.room(ada, *members, visibility=scene.visibility)
    if scene.before not in ("approved", None):
        deployment.given_membership(cleo, room, scene.before)
    asks = deployment.person("dora")
    deployment.given_membership(asks, room, "pending")
    deployment.given_messages(room, bob, ["one", "two"])
    apps = [App(person) for person in (ada, ada, bob, bob, cleo, cleo)]
    deployment.changes()

    # when
    scene.act(Stage(room, apps[0], apps[4], apps))
    for app in apps:
        app.hear()
    deployment.work_off_stream()
    deployment.work_off_queue()

    # then
    for app in apps:
        app.hear()
        app.open_rooms()
        assert app.shows() == App(app.person).shows(), f"{app.person.name}, who was told {app.told}"
    told: set[str] = set().union(*(app.told for app in apps))
    assert scene.tells <= told


def test_every_event_that_changes_state_has_its_scene() -> None:
    told: set[str] = set().union(*(scene.tells for scene in SCENES))
    assert told | FETCHED | WITHOUT_STATE == set(event_types())
