"""Rules about changes of messages: made once, in one order, and nothing left of what was deleted."""

from collections import defaultdict
from collections.abc import Iterator

from tests.chaos.facts import Facts, Violation
from tests.chaos.history import Change


def logged_without_holes(facts: Facts) -> Iterator[Violation]:
    revs: dict[str, list[int]] = defaultdict(list)
    for each in facts.tables.changes:
        revs[each.room_id].append(each.rev)
    for room_id, room in facts.rooms.items():
        if sorted(revs[room_id]) != list(range(1, room.rev + 1)):
            yield Violation("changes with holes or doubles", f"room {room_id} at {room.rev}: {sorted(revs[room_id])}")
    for message in facts.tables.messages:
        log = facts.log_of[message.room_id, message.sort_key]
        if message.rev != (log[-1].rev if log else 0):
            yield Violation("message is not as of its last change", f"{message.message_id}: {message.rev}, log {log}")


def edited_once(facts: Facts) -> Iterator[Violation]:
    for (room_id, sort_key), changes in facts.changes_of.items():
        stored = sum(each.kind == "edit" for each in facts.log_of[room_id, sort_key])
        edits = [change for change in changes if change.kind == "edit"]
        done = sum(edit.outcome == "done" for edit in edits)
        if stored < done:
            yield Violation("acknowledged edit is lost", f"{sort_key} in {room_id}: {done} done, {stored} stored")
        if stored > sum(edit.outcome != "refused" for edit in edits):
            yield Violation("edit was made twice", f"{sort_key} in {room_id}: {stored} stored of {len(edits)}")


def deleted_is_gone(facts: Facts) -> Iterator[Violation]:
    for message in facts.tables.messages:
        changes = facts.changes_of[message.room_id, message.sort_key]
        is_done = any(change.kind == "delete" and change.outcome == "done" for change in changes)
        if is_done and not message.is_deleted:
            yield Violation("acknowledged deletion is lost", message.message_id)
        remains = (message.text, message.reactions, message.mentions, message.is_pinned)
        named = [message.room_id, message.sort_key]
        if message.is_deleted and (any(remains) or named in facts.tables.pins or named in facts.tables.versions):
            yield Violation("something is left of a deleted message", message.message_id)


def pins_are_as_last_said(facts: Facts) -> Iterator[Violation]:
    rows = {(each.room_id, each.sort_key): each for each in facts.tables.messages}
    pinned = sorted([each.room_id, each.sort_key] for each in facts.tables.messages if each.is_pinned)
    if sorted(facts.tables.pins) != pinned:
        yield Violation("pins are not those of the messages", f"{facts.tables.pins}, not {pinned}")
    for (room_id, sort_key), changes in facts.changes_of.items():
        said = [change for change in changes if change.kind == "pin"]
        row, last = rows.get((room_id, sort_key)), _last_word(said) if said else None
        if row is not None and last is not None and not row.is_deleted and row.is_pinned != last.on:
            yield Violation("acknowledged pin is lost", f"{sort_key} in {room_id}: {last}")


def reactions_are_as_last_said(facts: Facts) -> Iterator[Violation]:
    rows = {(each.room_id, each.sort_key): each for each in facts.tables.messages}
    said: dict[tuple[str, str, str, str], list[Change]] = defaultdict(list)
    for change in facts.changes:
        if change.kind == "react":
            said[change.room_id, change.sort_key, change.user_id, change.emoji].append(change)
    for (room_id, sort_key, user_id, emoji), changes in said.items():
        row, last = rows.get((room_id, sort_key)), _last_word(changes)
        if row is None or row.is_deleted or last is None:
            continue
        is_on = any(name == emoji and user_id in users for name, *users in row.reactions)
        if is_on != last.on:
            yield Violation("acknowledged reaction is lost", f"{user_id} to {sort_key} in {room_id}: {last}")


def _last_word(changes: list[Change]) -> Change | None:
    """The change that no other can have followed; None where that cannot be told."""
    *before, last = sorted(changes, key=lambda change: change.ended)
    if last.outcome != "done" or any(each.outcome == "unknown" or each.ended > last.begun for each in before):
        return None
    return last
