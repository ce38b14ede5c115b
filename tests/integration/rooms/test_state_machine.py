"""Rooms and memberships against a simple model, through any sequence of commands."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from shared.db.reads import read
from shared.features.memberships.table import Membership
from shared.features.rooms.table import Room
from shared.realtime.subscriptions import Subscription
from tests.support.acts import carry_out
from tests.support.databases import Database
from tests.support.fake_deployment import FakeDeployment
from tests.support.people import Device, Frame, Person

PEOPLE = st.integers(0, 2)
ROOMS = st.integers(0, 1)
CHOICE = st.integers(0, 100)

MAY_BE: dict[str, dict[str | None, str]] = {
    # act: {status before: status after, or the error}
    "approve": {
        None: "notFound",
        "left": "notFound",
        "pending": "approved",
        "approved": "approved",
        "rejected": "conflict",
        "banned": "conflict",
    },
    "reject": {
        None: "notFound",
        "left": "notFound",
        "pending": "rejected",
        "approved": "conflict",
        "rejected": "rejected",
        "banned": "conflict",
    },
    "promote": {"approved": "approved"},
    "demote": {"approved": "approved"},
    "remove": {"approved": "left", "left": "left"},
    "ban": {
        None: "notFound",
        "left": "banned",
        "pending": "banned",
        "approved": "banned",
        "rejected": "banned",
        "banned": "banned",
    },
    "unban": {
        None: "notFound",
        "left": "left",
        "pending": "conflict",
        "approved": "conflict",
        "rejected": "conflict",
        "banned": "left",
    },
}
ENDS_ADMIN = {"demote", "remove", "ban", "leave"}


@dataclass
class Standing:
    """What the model knows of one person in one room."""

    status: str | None = None
    version: int = 0
    read: int = 0


@dataclass
class ModelRoom:
    """What the model knows of a room."""

    room_id: str
    is_open: bool
    admins: set[int]
    standings: list[Standing] = field(default_factory=lambda: [Standing() for _ in range(3)])
    sent: list[tuple[int, str, str]] = field(default_factory=list)
    """By whom, with which clientMessageId, and the messageId."""
    has_ended: bool = False

    def unread(self, person: int) -> int:
        """What somebody wrote at the end, after all else was read, is not new to them."""
        unread = self.sent[self.standings[person].read :]
        return 0 if all(author == person for author, _, _ in unread) else len(unread)

    def is_approved(self, person: int) -> bool:
        """May read and write."""
        return self.standings[person].status == "approved"

    def put(self, person: int, status: str, *, is_admin: bool) -> None:
        """A standing after an act; its version grows where that is a change."""
        standing = self.standings[person]
        if (standing.status, person in self.admins) == (status, is_admin):
            return
        if status == "approved" and standing.status != "approved":
            standing.read = len(self.sent)
        standing.status = status
        standing.version += 1
        (self.admins.add if is_admin else self.admins.discard)(person)


class Rooms(RuleBasedStateMachine):
    """Three people with up to two devices each, and up to two rooms."""

    def __init__(self) -> None:
        super().__init__()
        self.deployment = FakeDeployment()
        self.deployment.__enter__()
        self.people: list[Person] = [self.deployment.person(f"person{number}") for number in range(3)]
        self.rooms: list[ModelRoom] = []
        self.heard: dict[tuple[str, str], set[int]] = {}
        """By connection and room: the seqs that were to be pushed."""

    def teardown(self) -> None:
        self.deployment.__exit__()

    @initialize(visibility=st.sampled_from(["approval", "open"]))
    def begin(self, visibility: str) -> None:
        for person in self.people:
            person.connects()
        self.create(0, visibility)

    @precondition(lambda self: len(self.rooms) < 2)
    @rule(person=PEOPLE, visibility=st.sampled_from(["approval", "open"]))
    def create(self, person: int, visibility: str) -> None:
        created = self._device(person).call("createRoom", roomName="Room", visibility=visibility)
        room = ModelRoom(created["roomId"], visibility == "open", set())
        room.put(person, "approved", is_admin=True)
        self.rooms.append(room)

    @rule(person=PEOPLE)
    def connect(self, person: int) -> None:
        if len(self._open(person)) < 2:
            welcome = self.people[person].opens().call("hello")
            self._expect_rooms(person, welcome["rooms"])

    @rule(person=PEOPLE, choice=CHOICE)
    def disconnect(self, person: int, choice: int) -> None:
        devices = self._open(person)
        if len(devices) > 1:
            devices[choice % len(devices)].disconnects()

    @rule(person=PEOPLE, room=ROOMS)
    def request(self, person: int, room: int) -> None:
        there = self._room(room)
        reply = carry_out("request", there.room_id, self._device(person), self._device(person))
        status = there.standings[person].status
        if there.has_ended:
            assert reply["code"] == "notFound"
            return
        if status == "banned":
            assert reply["code"] == "forbidden"
            return
        if status not in ("pending", "approved"):
            there.put(person, "approved" if there.is_open else "pending", is_admin=False)
        assert reply["status"] == there.standings[person].status

    @rule(person=PEOPLE, room=ROOMS)
    def leave(self, person: int, room: int) -> None:
        there = self._room(room)
        reply = carry_out("leave", there.room_id, self._device(person), self._device(person))
        if there.standings[person].status not in ("approved", "pending", "rejected"):
            assert reply["code"] == "notFound"
        elif there.admins == {person} and any(there.is_approved(other) for other in range(3) if other != person):
            assert reply["code"] == "conflict"
        else:
            assert reply["action"] == "roomLeft"
            there.has_ended = there.has_ended or there.admins == {person}
            there.put(person, "left", is_admin=False)

    @rule(person=PEOPLE, room=ROOMS)
    def look_at_invitation(self, person: int, room: int) -> None:
        there = self._room(room)
        reply = self._device(person).call("getInvitation", roomId=there.room_id)
        if there.has_ended:
            assert reply["code"] == "notFound"
        elif there.standings[person].status == "banned":
            assert reply["code"] == "forbidden"
        else:
            members = sum(there.is_approved(each) for each in range(3))
            assert (reply["roomName"], reply["memberCount"]) == ("Room", members)

    @rule(actor=PEOPLE, whom=PEOPLE, room=ROOMS, act=st.sampled_from(sorted(MAY_BE)))
    def act(self, actor: int, whom: int, room: int, act: str) -> None:
        self._act(actor, whom, self._room(room), act)

    @rule(whom=PEOPLE, room=ROOMS, act=st.sampled_from(sorted(MAY_BE)), choice=CHOICE)
    def act_as_admin(self, whom: int, room: int, act: str, choice: int) -> None:
        there = self._room(room)
        admins = sorted(there.admins)
        if not admins:
            return
        self._act(admins[choice % len(admins)], whom, there, act)

    @rule(person=PEOPLE, room=ROOMS, is_named=st.booleans())
    def send(self, person: int, room: int, is_named: bool) -> None:
        there = self._room(room)
        device = self._device(person)
        client_id = f"{len(there.sent)}" if is_named else None
        reply = device.sends(there.room_id, "hello", client_id)
        if not there.is_approved(person):
            assert reply["code"] == "notFound"
            return
        there.sent.append((person, client_id or "", reply["messageId"]))
        assert reply["seq"] == len(there.sent)
        for listener in range(3):
            for each in self._open(listener) if there.is_approved(listener) else ():
                if each is not device or not is_named:
                    self._heard(each, there).add(len(there.sent))

    @rule(room=ROOMS, choice=CHOICE)
    def send_again(self, room: int, choice: int) -> None:
        there = self._room(room)
        named = [(seq, *sent) for seq, sent in enumerate(there.sent, 1) if sent[1] and there.is_approved(sent[0])]
        if not named:
            return
        seq, person, client_id, message_id = named[choice % len(named)]
        device = self._device(person)
        reply = device.sends(there.room_id, "other words", client_id)
        assert (reply["seq"], reply["messageId"]) == (seq, message_id)
        for listener in range(3):
            for each in self._open(listener) if there.is_approved(listener) else ():
                if each is not device:
                    self._heard(each, there).add(seq)

    @rule(person=PEOPLE, room=ROOMS, choice=CHOICE)
    def mark_read(self, person: int, room: int, choice: int) -> None:
        there = self._room(room)
        seq = choice % (len(there.sent) + 2) + 1
        reply = self._device(person).call("markRead", rooms=[{"roomId": there.room_id, "seq": seq}])
        if not there.is_approved(person):
            assert reply["code"] == "notFound"
        elif seq > len(there.sent):
            assert reply["code"] == "badRequest"
        else:
            there.standings[person].read = max(there.standings[person].read, seq)
            assert reply["rooms"][0]["lastReadSeq"] == there.standings[person].read

    @rule(person=PEOPLE, room=ROOMS)
    def read_back(self, person: int, room: int) -> None:
        there = self._room(room)
        reply = self._device(person).call("getMessages", roomId=there.room_id, limit=100)
        if there.is_approved(person):
            assert [message["messageId"] for message in reply["messages"]] == [sent[2] for sent in there.sent[-100:]]
        else:
            assert reply["code"] == "notFound"

    @rule(person=PEOPLE)
    def list_rooms(self, person: int) -> None:
        self._expect_rooms(person, self._device(person).call("getRooms")["rooms"])

    @rule()
    def stream(self) -> None:
        self.deployment.work_off_stream()

    @invariant()
    def the_tables_are_as_the_model(self) -> None:
        if not self.rooms:
            return
        members = {
            (room.room_id, number): Membership.key(person.user_id, room.room_id)
            for room in self.rooms
            for number, person in enumerate(self.people)
        }
        rooms = {room.room_id: Room.key(room.room_id) for room in self.rooms}
        listeners: dict[tuple[str, str], Any] = {
            (room.room_id, device.connection_id): Subscription.key(f"room:{room.room_id}", device.connection_id)
            for room in self.rooms
            for device in self.deployment.connections.values()
        }
        found = read(*members.values(), *rooms.values(), *listeners.values())
        for room in self.rooms:
            stored = found[rooms[room.room_id]]
            assert stored is not None
            assert stored.last_seq == len(room.sent)
            assert stored.has_ended == room.has_ended
            if not room.has_ended:
                assert stored.admin_user_ids == {self.people[admin].user_id for admin in room.admins}
                assert room.admins
            for number, person in enumerate(self.people):
                membership = found[members[room.room_id, number]]
                standing = room.standings[number]
                assert (membership.status if membership else None) == standing.status
                assert (membership.version if membership else 0) == standing.version
                if room.is_approved(number):
                    assert membership is not None
                    assert membership.last_read_seq == standing.read
                for device in person.devices:
                    listens = found[listeners[room.room_id, device.connection_id]] is not None
                    assert listens == (device.is_open and room.is_approved(number))
                    assert device.heard(room.room_id) == self._heard(device, room)

    def _act(self, actor: int, target: int, there: ModelRoom, act: str) -> None:
        reply = carry_out(act, there.room_id, self._device(actor), self._device(target))
        if not there.is_approved(actor):
            assert reply["code"] == "notFound"
            return
        if actor not in there.admins:
            assert reply["code"] == "forbidden"
            return
        expected = MAY_BE[act].get(there.standings[target].status, "notFound")
        if expected in ("notFound", "conflict"):
            assert reply["code"] == expected
        elif act in ENDS_ADMIN and there.admins == {target}:
            assert reply["code"] == "conflict"
        else:
            is_admin = act == "promote" or (target in there.admins and act not in ENDS_ADMIN)
            there.put(target, expected, is_admin=is_admin)
            told = (reply["status"], reply["isAdmin"], reply["version"])
            assert told == (expected, is_admin, there.standings[target].version)

    def _expect_rooms(self, person: int, told: list[Frame]) -> None:
        by_id = {room["roomId"]: room for room in told}
        for room in self.rooms:
            standing = room.standings[person]
            if standing.status in (None, "left") or room.has_ended:
                assert room.room_id not in by_id
                continue
            summary = by_id[room.room_id]
            assert (summary["status"], summary["version"]) == (standing.status, standing.version)
            assert summary["isAdmin"] == (person in room.admins)
            if room.is_approved(person):
                assert summary["lastSeq"] - summary["lastReadSeq"] == room.unread(person)

    def _room(self, number: int) -> ModelRoom:
        return self.rooms[number % len(self.rooms)]

    def _open(self, person: int) -> list[Device]:
        return [device for device in self.people[person].devices if device.is_open]

    def _device(self, person: int) -> Device:
        return self._open(person)[-1]

    def _heard(self, device: Device, room: ModelRoom) -> set[int]:
        return self.heard.setdefault((device.connection_id, room.room_id), set())


@pytest.mark.usefixtures("clean_tables")
def test_rooms_and_memberships_are_as_the_model_says(database: Database) -> None:
    run_state_machine_as_test(
        Rooms,
        settings=settings(
            max_examples=20,
            stateful_step_count=40,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
