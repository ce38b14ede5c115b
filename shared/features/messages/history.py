"""Reading back: a room's messages, or one's own."""

from itertools import islice

from shared.core.errors import Forbidden
from shared.core.pages import fill
from shared.features.memberships import subscribing
from shared.features.memberships.access import require_member
from shared.features.messages.history_wire import GetMessages, MessageHistory
from shared.features.messages.quoting import with_quotes
from shared.features.messages.table import Message
from shared.features.messages.wire import StoredMessage
from shared.features.rooms.table import Room
from shared.identity.callers import Caller
from shared.realtime.outcome import Outcome


def get_messages(caller: Caller, command: GetMessages) -> Outcome:
    """A page of history, oldest first. Raises NotFound where not a member, Forbidden for others' lists."""
    if command.user_id is not None:
        return Outcome(_own(caller, command, command.user_id))
    assert command.room_id is not None
    return Outcome(_of_room(caller, command, command.room_id))


def _of_room(caller: Caller, command: GetMessages, room_id: str) -> MessageHistory:
    # The room is read before its messages: they are at least as new as its `rev` says.
    found = subscribing.subscribe_and_read(caller, room_id, Room.key(room_id))
    room, _ = require_member(found, caller.user_id, room_id)
    if command.around is not None:
        return _around(room, command.around, command.limit)
    page, has_more = _page(room_id, command.limit, before=command.before, after=command.after)
    return MessageHistory(room_id=room_id, messages=page, has_more=has_more, rev=int(room.rev))


def _around(room: Room, sort_key: str, limit: int) -> MessageHistory:
    """The messages up to one and as many after it; should it not be there, those around its place."""
    half = (limit + 1) // 2
    older, has_before = _page(room.room_id, half, until=sort_key, share=2)
    newer, has_after = _page(room.room_id, max(1, limit - len(older)), after=sort_key, share=2)
    return MessageHistory(
        room_id=room.room_id,
        messages=[*older, *newer],
        has_more=has_before,
        has_after=has_after,
        rev=int(room.rev),
    )


def _page(
    room_id: str,
    limit: int,
    *,
    before: str | None = None,
    until: str | None = None,
    after: str | None = None,
    share: int = 1,
) -> tuple[list[StoredMessage], bool]:
    """At most `limit` messages, oldest first, and whether there are more. They fill at most a `share`th of a frame."""
    stored = Message.in_room(room_id, before=before, until=until, after=after, page_size=limit + 1)
    quoting = with_quotes(list(islice(stored, limit + 1)))
    page, has_more = fill(quoting, limit, StoredMessage.encode, share=share)
    if after is None:
        page.reverse()
    return page, has_more


def _own(caller: Caller, command: GetMessages, user_id: str) -> MessageHistory:
    if user_id != caller.user_id:
        raise Forbidden("only your own messages can be listed by user", "ownMessagesOnly", "userId")
    stored = Message.by_user(user_id, before=command.before, page_size=command.limit + 1)
    page, has_more = fill(stored, command.limit, StoredMessage.encode)
    page.reverse()
    return MessageHistory(user_id=user_id, messages=page, has_more=has_more)
