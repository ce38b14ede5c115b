"""A history, sorted by what the checker's rules ask for."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from tests.chaos.absences import Absence, absences
from tests.chaos.history import (
    Acknowledged,
    Act,
    Change,
    History,
    Sent,
    StoredChange,
    StoredMembership,
    StoredMessage,
    StoredRoom,
    Told,
    View,
)

Send = tuple[str, str, str]
"""roomId, userId, clientMessageId."""


@dataclass(frozen=True)
class Violation:
    """A broken promise. `kind` is one of a few fixed phrases."""

    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"


class Facts:
    """A history, sorted by what the rules ask for."""

    def __init__(self, history: History) -> None:
        self.tables = history.tables
        self.sent = [each for each in history.records if isinstance(each, Sent)]
        self.acknowledged = [each for each in history.records if isinstance(each, Acknowledged)]
        self.acts = [each for each in history.records if isinstance(each, Act)]
        self.changes = [each for each in history.records if isinstance(each, Change)]
        self.told = [each for each in history.records if isinstance(each, Told)]
        self.views = [each for each in history.records if isinstance(each, View)]

    @cached_property
    def stored(self) -> dict[str, list[StoredMessage]]:
        """By room, in the order of the numbers."""
        rooms: dict[str, list[StoredMessage]] = {room.room_id: [] for room in self.tables.rooms}
        for message in self.tables.messages:
            rooms.setdefault(message.room_id, []).append(message)
        return {room_id: sorted(messages, key=lambda each: each.seq) for room_id, messages in rooms.items()}

    @cached_property
    def stored_sends(self) -> dict[Send, list[StoredMessage]]:
        """The rows that each send came to."""
        sends: dict[Send, list[StoredMessage]] = defaultdict(list)
        for each in self.tables.messages:
            if each.client_message_id:
                sends[each.room_id, each.user_id, each.client_message_id].append(each)
        return sends

    @cached_property
    def changes_of(self) -> dict[tuple[str, str], list[Change]]:
        """By roomId and the sortKey of the message that they concern."""
        found: dict[tuple[str, str], list[Change]] = defaultdict(list)
        for change in self.changes:
            found[change.room_id, change.sort_key].append(change)
        return found

    @cached_property
    def log_of(self) -> dict[tuple[str, str], list[StoredChange]]:
        """What was stored of changes, by roomId and sortKey."""
        found: dict[tuple[str, str], list[StoredChange]] = defaultdict(list)
        for each in sorted(self.tables.changes, key=lambda change: change.rev):
            found[each.room_id, each.sort_key].append(each)
        return found

    @cached_property
    def message_ids(self) -> dict[tuple[str, str], StoredMessage]:
        """By roomId and messageId."""
        return {(each.room_id, each.message_id): each for each in self.tables.messages}

    @cached_property
    def first_tries(self) -> dict[Send, float]:
        """When each send began, on whichever device."""
        begun: dict[Send, float] = {}
        for each in self.sent:
            key = (each.room_id, each.user_id, each.client_message_id)
            begun[key] = min(each.at, begun.get(key, each.at))
        return begun

    @cached_property
    def acts_on(self) -> dict[tuple[str, str], list[Act]]:
        """By roomId and the person whom they concern."""
        found: dict[tuple[str, str], list[Act]] = defaultdict(list)
        for act in self.acts:
            found[act.room_id, act.target_id].append(act)
        return found

    @cached_property
    def absent(self) -> dict[tuple[str, str], list[Absence]]:
        """The certain absences of those on whom somebody acted."""
        return {key: absences(acts) for key, acts in self.acts_on.items()}

    @cached_property
    def memberships(self) -> dict[tuple[str, str], StoredMembership]:
        """By roomId and userId."""
        return {(each.room_id, each.user_id): each for each in self.tables.memberships}

    @cached_property
    def rooms(self) -> dict[str, StoredRoom]:
        """By roomId."""
        return {room.room_id: room for room in self.tables.rooms}

    def is_member(self, room_id: str, user_id: str) -> bool:
        """By the tables, in the end."""
        membership = self.memberships.get((room_id, user_id))
        return membership is not None and membership.status == "approved"
