"""Catching up with the changes of a room."""

from itertools import islice

from shared.core.pages import fill
from shared.db import reads
from shared.features.changes.table import Change, ChangeEntry
from shared.features.changes.wire import Changes, GetChanges
from shared.features.memberships.access import require_member
from shared.features.memberships.table import Membership
from shared.features.messages.quoting import with_quotes
from shared.features.messages.table import Message
from shared.features.messages.wire import StoredMessage
from shared.features.rooms.table import Room
from shared.identity.callers import Caller
from shared.protocol.limits import MAX_CHANGES, MAX_HISTORY
from shared.realtime.outcome import Outcome


def get_changes(caller: Caller, command: GetChanges) -> Outcome:
    """The messages that were changed after a `rev`, as they are now. Raises NotFound.

    First the room's `rev`, then the log, then the messages: whatever is changed meanwhile has a higher `rev`, or is
    in the messages already.
    """
    room_id, after = command.room_id, command.after
    found = reads.read(Room.key(room_id), Membership.key(caller.user_id, room_id))
    room, _ = require_member(found, caller.user_id, room_id)
    head = int(room.rev)
    if not 0 <= head - after <= MAX_CHANGES:
        return _reset(command, head)
    log = list(Change.between(room_id, after, head)) if after < head else []
    if len(log) < head - after:  # the oldest have expired
        return _reset(command, head)
    messages, upto = _page(room_id, log, head)
    info = room.info if room.info_rev > after else None
    return Outcome(
        Changes(room_id=room_id, from_rev=after, rev=upto, messages=messages, room=info, has_more=upto < head),
    )


def _page(room_id: str, log: list[ChangeEntry], head: int) -> tuple[list[StoredMessage], int]:
    """The messages of the first entries, as many as go into a frame, and up to which `rev` they are complete."""
    first: dict[str, int] = {}
    for entry in log:
        if entry.sort_key is not None:
            first.setdefault(entry.sort_key, entry.rev)
    wanted = list(islice(first, MAX_HISTORY + 1))
    # Messages that have expired since are left out.
    rows = reads.read(*(Message.key(room_id, sort_key) for sort_key in wanted[:MAX_HISTORY]))
    there = [message for key in wanted[:MAX_HISTORY] if (message := rows[Message.key(room_id, key)]) is not None]
    quoting = with_quotes([message.stored() for message in there])
    page, is_cut = fill(quoting, MAX_HISTORY, StoredMessage.encode)
    if is_cut:
        return page, first[there[len(page)].sort_key] - 1
    if len(wanted) > MAX_HISTORY:
        return page, first[wanted[MAX_HISTORY]] - 1
    return page, head


def _reset(command: GetChanges, head: int) -> Outcome:
    reply = Changes(room_id=command.room_id, from_rev=command.after, rev=head, messages=[], has_more=False, reset=True)
    return Outcome(reply)
