"""Rules about who may see and hear what, and about the state that clients and tables end with."""

from collections import defaultdict
from collections.abc import Iterator
from math import inf

from tests.chaos.absences import Absence, last_word
from tests.chaos.facts import Facts, Violation
from tests.chaos.history import View

STATUS_AFTER = {
    "approve": "approved",
    "reject": "rejected",
    "leave": "left",
    "remove": "left",
    "ban": "banned",
    "unban": "left",
}
"""What a membership is after the act; what joining comes to depends on the room."""


def nobody_sees_more(facts: Facts) -> Iterator[Violation]:
    never = [Absence(-inf, inf)]
    for told in facts.told:
        begin = told.asked
        if begin is None:
            row = facts.message_ids.get((told.room_id, told.message_id))
            author = row.user_id if row else ""
            begin = facts.first_tries.get((told.room_id, author, told.client_message_id or ""), told.at)
        for absence in facts.absent.get((told.room_id, told.user_id), never):
            if absence.covers(begin, told.at):
                yield Violation(
                    "seen without being a member",
                    f"{told.client} of {told.user_id}: {told.message_id} in {told.room_id}",
                )
    for view in facts.views:
        for room_id, room in view.rooms.items():
            if not facts.is_member(room_id, view.user_id) and (room.timeline or room.status == "approved"):
                yield Violation("shown without being a member", f"{view.client}: {room_id}")


def unread_is_exact(facts: Facts) -> Iterator[Violation]:
    for view in facts.views:
        for room_id, room in view.rooms.items():
            membership = facts.memberships.get((room_id, view.user_id))
            if membership is None or membership.status != "approved" or room_id not in facts.rooms:
                continue
            stored = facts.rooms[room_id]
            # What somebody wrote at the end, after all else was read, is not new to them.
            wrote_the_rest = stored.last_user_id == view.user_id and membership.last_read_seq >= stored.run_seq - 1
            read = stored.last_seq if wrote_the_rest else membership.last_read_seq
            new = [each for each in facts.stored[room_id] if each.seq > read and not each.is_deleted]
            if room.unread != len(new) or (room.last_seq, room.last_read_seq) != (stored.last_seq, read):
                yield Violation("unread count is wrong", f"{view.client} in {room_id}: {room.unread}, not {len(new)}")
            named = [each.seq for each in new if view.user_id in each.mentions and each.user_id != view.user_id]
            if room.mentions != named:
                yield Violation("mentions are wrong", f"{view.client} in {room_id}: {room.mentions}, not {named}")


def same_as_fresh(facts: Facts) -> Iterator[Violation]:
    fresh = {view.user_id: view for view in facts.views if view.fresh}
    for view in facts.views:
        if view.user_id not in fresh:
            yield Violation("no fresh view to compare with", view.client)
        elif not view.fresh and view.rooms != fresh[view.user_id].rooms:
            yield Violation(
                "state differs from a fresh fetch", f"{view.client}: {_difference(view, fresh[view.user_id])}"
            )


def _difference(view: View, fresh: View) -> str:
    parts = []
    for room_id in sorted({*view.rooms, *fresh.rooms}):
        mine, theirs = view.rooms.get(room_id), fresh.rooms.get(room_id)
        if mine is None or theirs is None:
            parts.append(f"{room_id} only {'fresh' if mine is None else 'here'}")
        else:
            names = [name for name in vars(mine) if vars(mine)[name] != vars(theirs)[name]]
            parts += [f"{room_id}.{name}" for name in names]
    return ", ".join(parts)


def acts_last(facts: Facts) -> Iterator[Violation]:
    for (room_id, target_id), acts in facts.acts_on.items():
        last = last_word(acts)
        if last is None or last.act not in STATUS_AFTER:
            continue
        membership = facts.memberships.get((room_id, target_id))
        if membership is None or membership.status != STATUS_AFTER[last.act]:
            yield Violation("acknowledged change is lost", f"{last.act} of {target_id} in {room_id}: {membership}")


def an_admin_remains(facts: Facts) -> Iterator[Violation]:
    for room in facts.tables.rooms:
        if room.people is not None:
            continue
        if not room.admin_user_ids:
            yield Violation("room without an admin", room.room_id)
        for user_id in room.admin_user_ids:
            # A room ends when its only member leaves; its row goes on naming them.
            if room.has_ended and facts.is_member(room.room_id, user_id):
                yield Violation("admin is still in a room that has ended", f"{user_id} in {room.room_id}")
            if not room.has_ended and not facts.is_member(room.room_id, user_id):
                yield Violation("admin who is no member", f"{user_id} in {room.room_id}")


def one_direct_room_for_each_set(facts: Facts) -> Iterator[Violation]:
    seen: dict[tuple[str, ...], str] = {}
    for room in facts.tables.rooms:
        if room.people is None:
            continue
        other = seen.setdefault(tuple(sorted(room.people)), room.room_id)
        if other != room.room_id:
            yield Violation("two direct rooms of the same people", f"{other} and {room.room_id}")
        members = {user_id for room_id, user_id in facts.memberships if room_id == room.room_id}
        if members != set(room.people) or not all(facts.is_member(room.room_id, each) for each in members):
            yield Violation("direct room of other people", f"{room.room_id}: {sorted(members)}")
        if room.admin_user_ids:
            yield Violation("direct room with an admin", room.room_id)


def those_listen_who_should(facts: Facts) -> Iterator[Violation]:
    tables = facts.tables
    topics: dict[str, set[str]] = defaultdict(set)
    owners: dict[str, str] = {}
    for each in tables.subscriptions:
        topics[each.connection_id].add(each.topic)
        kind, _, subject = each.topic.partition(":")
        where = f"{each.connection_id} of {each.user_id} at {each.topic}"
        if kind == "user":
            owners[each.connection_id] = each.user_id
        elif not facts.is_member(subject, each.user_id):
            yield Violation("listens without being a member", where)
        if each.connection_id not in tables.open_connections:
            yield Violation("subscription of a connection that is gone", where)
        if each.expires_at < tables.now:
            yield Violation("subscription outlived its time", where)
        if each.ttl * 1000 < each.expires_at:
            yield Violation("subscription would be removed before its time", where)
    for connection_id in tables.open_connections:
        user_id = owners.get(connection_id)
        if user_id is None:
            yield Violation("open but deaf", f"{connection_id} does not listen to its user")
            continue
        for membership in tables.memberships:
            room = facts.rooms.get(membership.room_id)
            if room is not None and room.people is not None:
                continue  # what happens in a direct room is told to its people, not to the room
            deaf = membership.status == "approved" and f"room:{membership.room_id}" not in topics[connection_id]
            if membership.user_id == user_id and deaf:
                yield Violation("open but deaf", f"{connection_id} of {user_id} in {membership.room_id}")


def nothing_is_stuck(facts: Facts) -> Iterator[Violation]:
    if facts.tables.queued:
        yield Violation("left in the queue", str(facts.tables.queued))
    if facts.tables.dead_letters:
        yield Violation("in the dead-letter queue", str(facts.tables.dead_letters))
