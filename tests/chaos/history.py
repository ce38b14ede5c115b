"""What the clients of the laboratory did and saw, as the checker reads it.

All times are seconds of one monotonic clock: laboratory and clients live in one process, so that "before" and "after"
mean something. A history is written as JSON, one record a line, so that a failed run can be judged again.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

Effect = Literal["opens", "ends", "other"]
"""Whether an act, if it took effect, made its target an approved member, ended that, or did neither."""

Outcome = Literal["done", "refused", "unknown"]
"""`refused`: the first try was already answered with an error, so that it changed nothing. `unknown`: it may have."""


@dataclass(frozen=True)
class Sent:
    """A client put a message into its outbox; `at` is before the first try left."""

    at: float
    client: str
    user_id: str
    room_id: str
    client_message_id: str
    text: str


@dataclass(frozen=True)
class Acknowledged:
    """`messageSent` reached the client."""

    at: float
    client: str
    user_id: str
    room_id: str
    client_message_id: str
    message_id: str
    seq: int
    sort_key: str


@dataclass(frozen=True)
class GivenUp:
    """A send ended with a refusal that is final, like notFound. An earlier try may have taken effect."""

    at: float
    client: str
    user_id: str
    room_id: str
    client_message_id: str
    code: str


@dataclass(frozen=True)
class Act:
    """A change of somebody's membership, with all its tries: `begun` before the first, `ended` at the last answer."""

    begun: float
    ended: float
    client: str
    user_id: str
    room_id: str
    target_id: str
    act: str
    effect: Effect
    outcome: Outcome
    tries: int
    """With more than one, an early try may still be running somewhere, and take effect after `ended`."""


@dataclass(frozen=True)
class Change:
    """A change of a message, with all its tries. An edit has a `text`, a reaction `emoji` and `on`, a pin `on`."""

    begun: float
    ended: float
    client: str
    user_id: str
    room_id: str
    sort_key: str
    kind: str
    outcome: Outcome
    text: str = ""
    emoji: str = ""
    on: bool = True


@dataclass(frozen=True)
class Told:
    """A message reached a client, by a push or in a history; `asked` is when the history was asked for."""

    at: float
    client: str
    user_id: str
    room_id: str
    message_id: str
    client_message_id: str | None
    seq: int
    asked: float | None = None


@dataclass(frozen=True)
class Entry:
    """One line of a timeline, as a person sees it."""

    message_id: str
    seq: int
    sort_key: str
    user_id: str
    text: str
    rev: int = 0
    is_deleted: bool = False
    reactions: list[list[str]] = field(default_factory=list)
    """Each emoji, with who reacted with it."""
    mentions: list[str] = field(default_factory=list)
    is_pinned: bool = False


@dataclass(frozen=True)
class RoomView:
    """One room as a client shows it. `timeline` from the beginning of the room; empty unless approved."""

    status: str
    version: int
    is_admin: bool
    last_seq: int
    last_read_seq: int
    unread: int
    members: dict[str, str] = field(default_factory=dict)
    """userId to status: approved ones, and pending ones for an admin."""
    timeline: list[Entry] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)
    """The seqs of unread messages that mention the person."""
    name: str = ""
    is_archived: bool = False


@dataclass(frozen=True)
class View:
    """All that a client shows, after quiet and catch-up. `fresh`: of a client that came only then, without a past."""

    at: float
    client: str
    user_id: str
    fresh: bool
    rooms: dict[str, RoomView]


@dataclass(frozen=True)
class StoredMessage:
    """A row of `messages`."""

    room_id: str
    message_id: str
    seq: int
    sort_key: str
    user_id: str
    client_message_id: str | None
    text: str
    rev: int = 0
    is_deleted: bool = False
    reactions: list[list[str]] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)
    is_pinned: bool = False


@dataclass(frozen=True)
class StoredChange:
    """A row of `changes`."""

    room_id: str
    rev: int
    sort_key: str
    user_id: str
    kind: str


@dataclass(frozen=True)
class StoredRoom:
    """A row of `rooms`."""

    room_id: str
    last_seq: int
    admin_user_ids: list[str]
    has_ended: bool = False
    rev: int = 0
    last_user_id: str = ""
    run_seq: int = 0
    people: list[str] | None = None
    """The userIds of a direct room."""


@dataclass(frozen=True)
class StoredMembership:
    """A row of `memberships`."""

    room_id: str
    user_id: str
    status: str
    version: int
    last_read_seq: int


@dataclass(frozen=True)
class StoredSubscription:
    """A row of `subscriptions`. Times are milliseconds since 1970 by `Tables.now`; `ttl` seconds."""

    topic: str
    connection_id: str
    user_id: str
    expires_at: int
    ttl: int


@dataclass(frozen=True)
class Tables:
    """Everything that is stored once all is quiet, and what the gateway and the queues hold then."""

    now: int
    open_connections: list[str]
    connections: list[str]
    queued: int
    dead_letters: int
    rooms: list[StoredRoom] = field(default_factory=list)
    memberships: list[StoredMembership] = field(default_factory=list)
    messages: list[StoredMessage] = field(default_factory=list)
    subscriptions: list[StoredSubscription] = field(default_factory=list)
    changes: list[StoredChange] = field(default_factory=list)
    pins: list[list[str]] = field(default_factory=list)
    """The roomId and sortKey of each row."""
    versions: list[list[str]] = field(default_factory=list)
    """The roomId and sortKey of the message of each earlier text."""


Record = Sent | Acknowledged | GivenUp | Act | Change | Told | View


@dataclass(frozen=True)
class History:
    """One run."""

    records: list[Record]
    tables: Tables


def save(history: History, file: Path) -> None:
    """Write it, a record a line; the tables come last."""
    with file.open("w") as out:
        for record in (*history.records, history.tables):
            out.write(json.dumps({"kind": type(record).__name__, **asdict(record)}) + "\n")


def load(file: Path) -> History:
    """Read what `save` wrote."""
    records: list[Any] = [_read(json.loads(line)) for line in file.read_text().splitlines()]
    return History(records[:-1], records[-1])


_KINDS: dict[str, Any] = {kind.__name__: kind for kind in (Sent, Acknowledged, GivenUp, Act, Change, Told)}


def _read(fields: dict[str, Any]) -> Record | Tables:
    kind = fields.pop("kind")
    if kind == "View":
        fields["rooms"] = {room_id: _room_view(room) for room_id, room in fields["rooms"].items()}
        return View(**fields)
    if kind == "Tables":
        return Tables(
            **{
                **fields,
                "rooms": list(_all(StoredRoom, fields["rooms"])),
                "memberships": list(_all(StoredMembership, fields["memberships"])),
                "messages": list(_all(StoredMessage, fields["messages"])),
                "subscriptions": list(_all(StoredSubscription, fields["subscriptions"])),
                "changes": list(_all(StoredChange, fields["changes"])),
            }
        )
    record: Record = _KINDS[kind](**fields)
    return record


def _room_view(room: dict[str, Any]) -> RoomView:
    return RoomView(**{**room, "timeline": list(_all(Entry, room["timeline"]))})


def _all(kind: Any, rows: Iterable[dict[str, Any]]) -> Iterator[Any]:
    return (kind(**row) for row in rows)
