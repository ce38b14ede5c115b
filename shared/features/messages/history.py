"""Reading back: a room's messages, or one's own."""

from shared.core.errors import Forbidden, room_not_found
from shared.core.pages import fill
from shared.features.memberships import subscribing
from shared.features.memberships.table import Membership
from shared.features.messages.history_wire import GetMessages, MessageHistory
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
    room_key = Room.key(room_id)
    # The room is read before its messages: they are at least as new as its `rev` says.
    found = subscribing.subscribe_and_read(caller, room_id, room_key)
    membership, room = found[Membership.key(caller.user_id, room_id)], found[room_key]
    if room is None or membership is None or not membership.is_approved:
        raise room_not_found()
    stored = Message.in_room(room_id, before=command.before, after=command.after, page_size=command.limit + 1)
    page, has_more = fill(stored, command.limit, StoredMessage.encode)
    if command.after is None:
        page.reverse()
    return MessageHistory(room_id=room_id, messages=page, has_more=has_more, rev=int(room.rev))


def _own(caller: Caller, command: GetMessages, user_id: str) -> MessageHistory:
    if user_id != caller.user_id:
        raise Forbidden("only your own messages can be listed by user", "ownMessagesOnly", "userId")
    stored = Message.by_user(user_id, before=command.before, page_size=command.limit + 1)
    page, has_more = fill(stored, command.limit, StoredMessage.encode)
    page.reverse()
    return MessageHistory(user_id=user_id, messages=page, has_more=has_more)
