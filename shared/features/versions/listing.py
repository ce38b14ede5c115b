"""The earlier texts of a message."""

from shared.core import settings
from shared.core.errors import Forbidden, NotFound
from shared.core.pages import fill
from shared.core.settings import EditSettings
from shared.db import reads
from shared.features.memberships.access import require_member
from shared.features.memberships.table import Membership
from shared.features.messages.table import Message
from shared.features.rooms.table import Room
from shared.features.versions.table import Edit
from shared.features.versions.wire import GetEdits, MessageEdits, Version
from shared.identity.callers import Caller
from shared.protocol.limits import MAX_VERSIONS
from shared.realtime.outcome import Outcome


def get_edits(caller: Caller, command: GetEdits) -> Outcome:
    """The earlier texts of a message, for those whom the operator lets see them. Raises NotFound, Forbidden."""
    room_id, sort_key = command.room_id, command.sort_key
    message_key = Message.key(room_id, sort_key)
    found = reads.read(Room.key(room_id), Membership.key(caller.user_id, room_id), message_key)
    room, _ = require_member(found, caller.user_id, room_id)
    message = found[message_key]
    if message is None or message.has_expired:
        raise NotFound("there is no such message in this room", "messageNotFound", "sortKey")
    seen_by = settings.load(EditSettings).history
    if seen_by == "off":
        raise Forbidden("earlier texts are not kept here", "editHistoryOff")
    if seen_by == "admins" and caller.user_id not in room.admins:
        raise Forbidden("only admins see earlier texts", "adminsOnly")
    versions = sorted(Edit.of_message(room_id, sort_key), key=lambda version: -version.text_rev)
    page, is_cut = fill(versions, MAX_VERSIONS, Version.encode)
    return Outcome(MessageEdits(room_id=room_id, sort_key=sort_key, versions=page, is_cut=is_cut))
