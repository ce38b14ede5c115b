"""Rules about messages: stored once, in one order, and seen by every member."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from tests.chaos.facts import Facts, Send, Violation
from tests.chaos.history import Entry, StoredMessage


def acknowledged_is_stored_once(facts: Facts) -> Iterator[Violation]:
    for ack in facts.acknowledged:
        key = (ack.room_id, ack.user_id, ack.client_message_id)
        rows = facts.stored_sends.get(key, [])
        if not rows:
            yield Violation("acknowledged but not stored", f"{key}, message {ack.message_id}")
        elif (ack.message_id, ack.seq, ack.sort_key) not in [(row.message_id, row.seq, row.sort_key) for row in rows]:
            yield Violation("acknowledged as another message", f"{key}: told {ack.message_id}, stored {rows}")
    for key, rows in facts.stored_sends.items():
        if len(rows) > 1:
            yield Violation("stored twice", f"{key}: {[row.message_id for row in rows]}")


def stored_was_sent(facts: Facts) -> Iterator[Violation]:
    texts: dict[Send, set[str]] = defaultdict(set)
    for each in facts.sent:
        texts[each.room_id, each.user_id, each.client_message_id].add(each.text)
    edited = {change.text for change in facts.changes}
    for key, rows in facts.stored_sends.items():
        if key not in texts:
            yield Violation("stored but never sent", f"{key}")
        elif any(row.text not in texts[key] | edited and not row.is_deleted for row in rows):
            yield Violation("stored with another text", f"{key}")


def numbered_without_holes(facts: Facts) -> Iterator[Violation]:
    for room_id, messages in facts.stored.items():
        numbers = [each.seq for each in messages]
        if numbers != list(range(1, len(messages) + 1)):
            yield Violation("numbers with holes or doubles", f"room {room_id}: {numbers}")
        if sorted(messages, key=lambda each: each.sort_key) != messages:
            yield Violation("order by key is not order by number", f"room {room_id}")
        room = facts.rooms.get(room_id)
        if room is None or room.last_seq != len(messages):
            yield Violation("head is not the last number", f"room {room_id}: {room}, {len(messages)} stored")


def told_is_stored(facts: Facts) -> Iterator[Violation]:
    for told in facts.told:
        row = facts.message_ids.get((told.room_id, told.message_id))
        if row is None:
            yield Violation("told but not stored", f"{told.client} heard of {told.message_id}")
        elif row.seq != told.seq:
            yield Violation(
                "told with another number", f"{told.client}: {told.message_id} as {told.seq}, not {row.seq}"
            )


def members_see_everything(facts: Facts) -> Iterator[Violation]:
    for view in facts.views:
        for room_id, messages in facts.stored.items():
            if facts.is_member(room_id, view.user_id):
                room = view.rooms.get(room_id)
                if room is None or room.status != "approved":
                    yield Violation("room missing", f"{view.client} does not show {room_id}")
                else:
                    yield from _same_timeline(f"{view.client} in {room_id}", room.timeline, messages)


def _same_timeline(where: str, shown: list[Entry], stored: list[StoredMessage]) -> Iterator[Violation]:
    seen = Counter(entry.message_id for entry in shown)
    if missed := [f"{each.seq} {each.message_id}" for each in stored if not seen[each.message_id]]:
        yield Violation("missed", f"{where}: {missed}")
    if twice := [message_id for message_id, times in seen.items() if times > 1]:
        yield Violation("seen twice", f"{where}: {twice}")
    by_id = {each.message_id: each for each in stored}
    known = [by_id[entry.message_id] for entry in shown if entry.message_id in by_id]
    if known != sorted(known, key=lambda each: each.seq):
        yield Violation("seen in another order", where)
    for entry in shown:
        row = by_id.get(entry.message_id)
        told = (entry.seq, entry.sort_key, entry.user_id, entry.text, entry.rev, entry.is_deleted, entry.reactions)
        if row is None:
            yield Violation("shown but not stored", f"{where}: {entry.message_id}")
        elif told != (row.seq, row.sort_key, row.user_id, row.text, row.rev, row.is_deleted, row.reactions):
            yield Violation("shown otherwise than stored", f"{where}: {entry.message_id}")
