"""Saying what may disturb one in a room, and whether one's list shows it."""

from collections.abc import Callable

from shared.core.errors import BadRequest
from shared.db import reads, transactions
from shared.db.conflicts import retry_on_conflict
from shared.features.memberships.access import require_member
from shared.features.memberships.parts import PersonalSettings
from shared.features.memberships.table import Membership
from shared.features.notifications.wire import HideRoom, PersonalSettingsChanged, SetNotifications
from shared.features.rate_limits import service as rate_limits
from shared.features.rooms.table import Room
from shared.identity.callers import Caller
from shared.realtime.outcome import Outcome
from shared.realtime.publication import Publication
from shared.realtime.topics import user_topic

Change = Callable[[PersonalSettings, Room], PersonalSettings]


def set_notifications(caller: Caller, command: SetNotifications) -> Outcome:
    """Set a room's level and mute for the caller, and tell their other devices. Raises NotFound, RateLimited."""
    return _change(
        caller,
        command.room_id,
        lambda now, _: now._replace(level=command.level, muted_until=command.muted_until),
    )


def hide_room(caller: Caller, command: HideRoom) -> Outcome:
    """Take a room out of the caller's list until there is a message that they do not know.

    Raises NotFound, RateLimited, or BadRequest past the room's end.
    """

    def hidden(now: PersonalSettings, room: Room) -> PersonalSettings:
        if command.seq > room.last_seq:
            raise BadRequest("seq", "is greater than the seq of the room's last message", "pastLastMessage")
        return now._replace(hidden_at_seq=command.seq)

    return _change(caller, command.room_id, hidden)


def apply_settings(membership: Membership, wanted: PersonalSettings) -> PersonalSettingsChanged:
    """Store what a person wants for a room, unless it is so already, and say it as it then is.

    Raises ConditionFailed where another device has set something since the membership was read.
    """
    version = int(membership.settings_version)
    if membership.personal_settings != wanted:
        transactions.write(membership.set_personal(wanted))
        version += 1
    return PersonalSettingsChanged(room_id=membership.room_id, settings_version=version, **wanted._asdict())


def _change(caller: Caller, room_id: str, change: Change) -> Outcome:
    """A repetition finds it so already, and tells it again: the first attempt may have died before it did."""
    rate_limits.consume_send(caller).require()
    changed = retry_on_conflict(lambda: _change_once(caller, room_id, change))
    to_self = Publication(user_topic(caller.user_id), changed, skip_connection=caller.connection_id)
    return Outcome(changed, (to_self,))


def _change_once(caller: Caller, room_id: str, change: Change) -> PersonalSettingsChanged:
    found = reads.read(Room.key(room_id), Membership.key(caller.user_id, room_id))
    room, membership = require_member(found, caller.user_id, room_id)
    return apply_settings(membership, change(membership.personal_settings, room))
