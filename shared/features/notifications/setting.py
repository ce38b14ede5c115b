"""Saying what may disturb one in a room."""

from shared.db import reads, transactions
from shared.db.conflicts import retry_on_conflict
from shared.features.memberships.access import require_member
from shared.features.memberships.table import Membership
from shared.features.notifications.wire import NotificationsChanged, SetNotifications
from shared.features.rate_limits import service as rate_limits
from shared.features.rooms.table import Room
from shared.identity.callers import Caller
from shared.realtime.outcome import Outcome
from shared.realtime.publication import Publication
from shared.realtime.topics import user_topic


def set_notifications(caller: Caller, command: SetNotifications) -> Outcome:
    """Set a room's level and mute for the caller, and tell their other devices. Raises NotFound, RateLimited.

    A repetition finds it so already, and tells it again: the first attempt may have died before it did.
    """
    rate_limits.consume_send(caller).require()
    return retry_on_conflict(lambda: _set_once(caller, command))


def _set_once(caller: Caller, command: SetNotifications) -> Outcome:
    found = reads.read(Room.key(command.room_id), Membership.key(caller.user_id, command.room_id))
    _, membership = require_member(found, caller.user_id, command.room_id)
    version = int(membership.settings_version)
    if (membership.level, membership.muted_until) != (command.level, command.muted_until):
        transactions.write(membership.set_notifications(command.level, command.muted_until))
        version += 1
    changed = NotificationsChanged(
        room_id=command.room_id,
        level=command.level,
        muted_until=command.muted_until,
        settings_version=version,
    )
    to_self = Publication(user_topic(caller.user_id), changed, skip_connection=caller.connection_id)
    return Outcome(changed, (to_self,))
