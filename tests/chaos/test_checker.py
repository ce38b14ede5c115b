"""The checker finds nothing in a run where all went well, and each kind of violation where one is planted."""

import functools
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.chaos import history
from tests.chaos.checker import RULES, check
from tests.chaos.history import (
    Acknowledged,
    Act,
    Change,
    Entry,
    History,
    Record,
    RoomView,
    Sent,
    StoredChange,
    StoredMembership,
    StoredMessage,
    StoredRoom,
    StoredSubscription,
    Tables,
    Told,
    View,
)

ROOM, NOW = "room", 1_800_000_000_000


def _message(seq: int, sender: str, **changes: Any) -> StoredMessage:
    row = StoredMessage(ROOM, f"m{seq}", seq, f"000{seq}#m{seq}", sender, f"c{seq}", f"text {seq}")
    return replace(row, **changes)


def _entry(row: StoredMessage) -> Entry:
    return Entry(row.message_id, row.seq, row.sort_key, row.user_id, row.text, row.rev, row.is_deleted, row.reactions)


def _act(begun: float, ended: float, user: str, target: str, act: str, effect: history.Effect, **changes: Any) -> Act:
    made = Act(begun, ended, f"{user}/1", user, ROOM, target, act, effect, "done", 1)
    return replace(made, **changes)


_DIRECT = [StoredRoom(ROOM, 3, ["alice"]), StoredRoom("dm-1", 0, [], people=["alice", "bob"])]
MESSAGES = [_message(1, "alice"), _message(2, "bob"), _message(3, "alice")]


def _good() -> History:
    """Alice makes a room and lets Bob and Carol in; three messages are sent; Carol leaves before the third."""
    timeline = [_entry(each) for each in MESSAGES]

    def view(client: str, user_id: str, *, fresh: bool = False) -> View:
        members = {"alice": "approved", "bob": "approved"}
        room = RoomView("approved", 1, user_id == "alice", 3, 3 if user_id == "alice" else 1, 0, members, timeline)
        room = replace(room, unread=room.last_seq - room.last_read_seq)
        return View(90, client, user_id, fresh, {ROOM: room})

    def hears(topic: str, user_id: str) -> StoredSubscription:
        return StoredSubscription(topic, f"connection-{user_id}", user_id, NOW + 1000, NOW // 1000 + 4)

    records: list[Record] = [
        _act(0, 1, "alice", "alice", "create", "opens"),
        _act(2, 3, "bob", "bob", "request", "other"),
        _act(4, 5, "alice", "bob", "approve", "opens"),
        _act(4, 5, "alice", "carol", "approve", "opens"),
        _act(40, 41, "carol", "carol", "leave", "ends"),
        View(90, "carol/1", "carol", False, {}),
        View(91, "carol/fresh", "carol", True, {}),
        view("alice/1", "alice"),
        view("bob/1", "bob"),
        view("alice/fresh", "alice", fresh=True),
        view("bob/fresh", "bob", fresh=True),
    ]
    for row, at in zip(MESSAGES, (10, 20, 50), strict=True):
        client, other = f"{row.user_id}/1", "bob" if row.user_id == "alice" else "alice"
        assert row.client_message_id is not None
        records += [
            Sent(at, client, row.user_id, ROOM, row.client_message_id, row.text),
            Acknowledged(
                at + 1, client, row.user_id, ROOM, row.client_message_id, row.message_id, row.seq, row.sort_key
            ),
            Told(at + 1, f"{other}/1", other, ROOM, row.message_id, row.client_message_id, row.seq),
        ]
    records.append(Told(35, "carol/1", "carol", ROOM, "m1", "c1", 1, asked=34))
    tables = Tables(
        now=NOW,
        open_connections=["connection-alice", "connection-bob", "connection-carol"],
        connections=["connection-alice", "connection-bob", "connection-carol"],
        queued=0,
        dead_letters=0,
        rooms=[StoredRoom(ROOM, 3, ["alice"])],
        memberships=[
            StoredMembership(ROOM, "alice", "approved", 1, 3),
            StoredMembership(ROOM, "bob", "approved", 2, 1),
            StoredMembership(ROOM, "carol", "left", 3, 1),
        ],
        messages=list(MESSAGES),
        subscriptions=[
            hears("user:alice", "alice"),
            hears("user:bob", "bob"),
            hears("user:carol", "carol"),
            hears("room:room", "alice"),
            hears("room:room", "bob"),
        ],
    )
    return History(records, tables)


def test_a_run_in_which_all_went_well() -> None:
    assert check(_good()) == []


def _tables(**changes: Any) -> Callable[[History], History]:
    return lambda good: replace(good, tables=replace(good.tables, **changes))


def _rows(table: str, change: Callable[[list[Any]], list[Any]]) -> Callable[[History], History]:
    return lambda good: _tables(**{table: change(getattr(good.tables, table))})(good)


def _with(*records: Record) -> Callable[[History], History]:
    return lambda good: replace(good, records=[*good.records, *records])


def _without(match: Callable[[Record], bool]) -> Callable[[History], History]:
    return lambda good: replace(good, records=[each for each in good.records if not match(each)])


def _room_of(client: str, **changes: Any) -> Callable[[History], History]:
    """The view of a client, with these parts of the room changed."""

    def change(record: Record) -> Record:
        if not isinstance(record, View) or record.client != client:
            return record
        return replace(record, rooms={ROOM: replace(record.rooms[ROOM], **changes)})

    return lambda good: replace(good, records=[change(each) for each in good.records])


def _view_of(client: str, rooms: dict[str, RoomView]) -> Callable[[History], History]:
    def change(record: Record) -> Record:
        return replace(record, rooms=rooms) if isinstance(record, View) and record.client == client else record

    return lambda good: replace(good, records=[change(each) for each in good.records])


LINE = [_entry(each) for each in MESSAGES]
STRANGER = RoomView("approved", 3, False, 3, 3, 0, {}, LINE)

ROW = MESSAGES[0]


def _change(kind: str, **fields: Any) -> Change:
    """Alice has changed her first message, and was told so."""
    return Change(70, 71, "alice/1", "alice", ROOM, ROW.sort_key, kind, "done", **fields)


def _logged(*kinds: str, **now: Any) -> Callable[[History], History]:
    """The first message as it now is, after changes of these kinds by alice."""
    log = [StoredChange(ROOM, rev, ROW.sort_key, "alice", kind) for rev, kind in enumerate(kinds, 1)]
    row = replace(ROW, rev=len(log), **now)

    def tables(good: History) -> History:
        shown = _room_of("alice/1", timeline=[_entry(row), *LINE[1:]])
        return _tables(
            changes=log, messages=[row, *MESSAGES[1:]], rooms=[StoredRoom(ROOM, 3, ["alice"], rev=len(log))]
        )(shown(good))

    return tables


def _both(*plants: Callable[[History], History]) -> Callable[[History], History]:
    return lambda good: functools.reduce(lambda made, plant: plant(made), plants, good)


def _left(table: str) -> Callable[[History], History]:
    return _rows(table, lambda rows: [*rows, [ROOM, ROW.sort_key]])


EDIT, REACTION = _change("edit", text="new"), _change("react", emoji="👍", on=True)

PLANTED: list[tuple[str, Callable[[History], History]]] = [
    ("acknowledged but not stored", _rows("messages", lambda rows: rows[:2])),
    ("acknowledged as another message", _with(Acknowledged(60, "bob/2", "bob", ROOM, "c2", "m9", 2, "0002#m2"))),
    ("stored twice", _rows("messages", lambda rows: [*rows, _message(4, "alice", client_message_id="c3")])),
    ("stored but never sent", _without(lambda each: isinstance(each, Sent) and each.client_message_id == "c3")),
    ("stored with another text", _rows("messages", lambda rows: [*rows[:2], replace(rows[2], text="forged")])),
    ("numbers with holes or doubles", _rows("messages", lambda rows: [rows[0], rows[2]])),
    ("numbers with holes or doubles", _rows("messages", lambda rows: [*rows[:2], replace(rows[2], seq=2)])),
    (
        "order by key is not order by number",
        _rows("messages", lambda rows: [replace(rows[0], sort_key="9#"), *rows[1:]]),
    ),
    ("head is not the last number", _tables(rooms=[StoredRoom(ROOM, 2, ["alice"])])),
    ("head is not the last number", _tables(rooms=[])),
    ("told but not stored", _with(Told(60, "bob/1", "bob", ROOM, "ghost", "c9", 4))),
    ("told with another number", _with(Told(60, "bob/1", "bob", ROOM, "m1", "c1", 2))),
    ("room missing", _view_of("bob/1", {})),
    ("room missing", _room_of("bob/1", status="pending")),
    ("missed", _room_of("bob/1", timeline=LINE[:2])),
    ("missed", _room_of("bob/1", timeline=[LINE[0], LINE[2]])),
    ("seen twice", _room_of("bob/1", timeline=[*LINE, LINE[2]])),
    ("seen in another order", _room_of("bob/1", timeline=[LINE[1], LINE[0], LINE[2]])),
    ("shown but not stored", _room_of("bob/1", timeline=[*LINE, Entry("m9", 4, "0004#m9", "bob", "never sent")])),
    ("shown otherwise than stored", _room_of("bob/1", timeline=[*LINE[:2], replace(LINE[2], text="other")])),
    ("changes with holes or doubles", _tables(rooms=[StoredRoom(ROOM, 3, ["alice"], rev=1)])),
    ("message is not as of its last change", _rows("messages", lambda rows: [replace(rows[0], rev=1), *rows[1:]])),
    ("acknowledged edit is lost", _with(EDIT)),
    ("edit was made twice", _both(_with(EDIT), _logged("edit", "edit", text="new"))),
    ("acknowledged deletion is lost", _with(_change("delete"))),
    ("something is left of a deleted message", _both(_with(_change("delete")), _logged("delete", is_deleted=True))),
    ("acknowledged reaction is lost", _with(REACTION)),
    ("acknowledged reaction is lost", _both(_with(REACTION), _logged("react", reactions=[["🎉", "alice"]]))),
    (
        "acknowledged reaction is lost",
        _both(_with(replace(REACTION, on=False)), _logged("react", reactions=[["👍", "alice"]])),
    ),
    (
        "something is left of a deleted message",
        _both(_with(_change("delete")), _logged("delete", text="", is_deleted=True), _left("versions")),
    ),
    ("pins are not those of the messages", _left("pins")),
    ("acknowledged pin is lost", _with(_change("pin"))),
    ("mentions are wrong", _room_of("bob/1", mentions=[2])),
    ("seen without being a member", _with(Told(60, "dave/1", "dave", ROOM, "m1", "c1", 1, asked=59))),
    ("seen without being a member", _with(Told(60, "dave/1", "dave", ROOM, "m1", "c1", 1))),
    ("seen without being a member", _with(Told(60, "carol/1", "carol", ROOM, "m1", "c1", 1, asked=59))),
    ("seen without being a member", _with(Told(60, "carol/1", "carol", ROOM, "m3", "c3", 3))),
    ("seen without being a member", _with(Told(3.5, "bob/1", "bob", ROOM, "m1", "c1", 1, asked=3.2))),
    ("shown without being a member", _view_of("carol/1", {ROOM: STRANGER})),
    ("unread count is wrong", _room_of("bob/1", unread=1)),
    ("unread count is wrong", _room_of("bob/1", last_read_seq=3, unread=0)),
    ("unread count is wrong", _room_of("bob/1", last_seq=2, unread=1)),
    ("no fresh view to compare with", _without(lambda each: isinstance(each, View) and each.client == "bob/fresh")),
    ("state differs from a fresh fetch", _room_of("alice/1", members={"alice": "approved"})),
    ("state differs from a fresh fetch", _room_of("alice/1", version=0)),
    ("state differs from a fresh fetch", _view_of("carol/1", {ROOM: replace(STRANGER, status="pending", timeline=[])})),
    ("acknowledged change is lost", _with(_act(70, 71, "alice", "bob", "ban", "ends"))),
    ("acknowledged change is lost", _with(_act(70, 71, "alice", "carol", "approve", "opens"))),
    ("room without an admin", _tables(rooms=[StoredRoom(ROOM, 3, [])])),
    ("admin who is no member", _tables(rooms=[StoredRoom(ROOM, 3, ["alice", "carol"])])),
    ("admin is still in a room that has ended", _tables(rooms=[StoredRoom(ROOM, 3, ["alice"], has_ended=True)])),
    ("two direct rooms of the same people", _tables(rooms=[*_DIRECT, replace(_DIRECT[1], room_id="dm-2")])),
    ("direct room of other people", _tables(rooms=_DIRECT)),
    ("direct room with an admin", _tables(rooms=[_DIRECT[0], replace(_DIRECT[1], admin_user_ids=["alice"])])),
    (
        "listens without being a member",
        _rows("subscriptions", lambda rows: [*rows, replace(rows[2], topic="room:room")]),
    ),
    (
        "subscription of a connection that is gone",
        _rows("subscriptions", lambda rows: [*rows, replace(rows[0], connection_id="gone")]),
    ),
    (
        "subscription outlived its time",
        _rows("subscriptions", lambda rows: [replace(rows[0], expires_at=NOW - 1), *rows[1:]]),
    ),
    (
        "subscription would be removed before its time",
        _rows("subscriptions", lambda rows: [replace(rows[0], ttl=NOW // 1000 - 9), *rows[1:]]),
    ),
    ("open but deaf", _rows("subscriptions", lambda rows: rows[1:])),
    ("open but deaf", _rows("subscriptions", lambda rows: rows[:-1])),
    ("left in the queue", _tables(queued=1)),
    ("in the dead-letter queue", _tables(dead_letters=1)),
]


@pytest.mark.parametrize(("kind", "plant"), PLANTED, ids=[f"{kind} {at}" for at, (kind, _) in enumerate(PLANTED)])
def test_a_planted_violation_is_found(kind: str, plant: Callable[[History], History]) -> None:
    assert kind in {violation.kind for violation in check(plant(_good()))}


def test_each_kind_that_the_rules_know_is_planted() -> None:
    sources = {Path(str(rule.__code__.co_filename)).read_text() for rule in RULES}
    known = {kind for source in sources for kind in re.findall(r'Violation\(\s*"([^"]+)"', source)}
    assert known == {kind for kind, _ in PLANTED}


def _all_show(good: History) -> History:
    """Everybody sees the messages as they are stored."""
    timeline = [_entry(row) for row in good.tables.messages]

    def change(record: Record) -> Record:
        if not isinstance(record, View) or ROOM not in record.rooms:
            return record
        return replace(record, rooms={ROOM: replace(record.rooms[ROOM], timeline=timeline)})

    return replace(good, records=[change(each) for each in good.records])


# What looks like a violation, and is none.
ALLOWED: dict[str, Callable[[History], History]] = {
    "pushed to carol late, but sent before she left": _with(Told(60, "carol/1", "carol", ROOM, "m2", "c2", 2)),
    "carol is let in again, and reads": lambda good: _with(
        _act(60, 61, "alice", "carol", "ban", "ends", outcome="refused"),
        Told(65, "carol/1", "carol", ROOM, "m3", "c3", 3, asked=64),
    )(_with(_act(62, 80, "alice", "carol", "approve", "opens", outcome="unknown", tries=3))(good)),
    "her leave and an approval were under way at once": lambda good: _with(
        Told(45, "carol/1", "carol", ROOM, "m2", "c2", 2, asked=44)
    )(_with(_act(40.5, 43, "alice", "carol", "approve", "opens", outcome="unknown"))(good)),
    "a try of an earlier approval may still have run when she left": lambda good: _with(
        Told(45, "carol/1", "carol", ROOM, "m2", "c2", 2, asked=44)
    )(_with(_act(30, 35, "alice", "carol", "approve", "opens", tries=2))(good)),
    "a ban that was refused": _with(_act(70, 71, "bob", "alice", "ban", "ends", outcome="refused")),
    "a ban and an approval at the same time, whoever won": _with(
        _act(70, 72, "alice", "bob", "ban", "ends"), _act(71, 73, "alice", "bob", "approve", "opens")
    ),
    "an edit, a reaction and a deletion that were made": _both(
        _with(EDIT, REACTION, _change("delete")),
        _logged("edit", "react", "delete", text="", is_deleted=True),
        _all_show,
    ),
    "a reaction that was taken back while it was put": _with(
        REACTION, replace(REACTION, begun=70.5, ended=70.8, on=False)
    ),
    "the same text from a second device": _with(Sent(11, "alice/2", "alice", ROOM, "c1", "text 1")),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_what_only_looks_like_one(name: str) -> None:
    assert check(ALLOWED[name](_good())) == []


def test_a_history_that_was_saved_is_judged_alike(tmp_path: Path) -> None:
    planted = PLANTED[0][1](_good())
    history.save(planted, tmp_path / "history.jsonl")
    assert history.load(tmp_path / "history.jsonl") == planted
    assert check(history.load(tmp_path / "history.jsonl")) == check(planted)
