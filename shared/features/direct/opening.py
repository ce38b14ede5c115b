"""Opening a direct room: one for each set of people, however many of them open it at once."""

from shared.core import clock, ids, settings
from shared.core.errors import BadRequest, Conflict
from shared.db import reads, transactions
from shared.db.conflicts import retry_on_conflict
from shared.features.direct.acquaintance import names_of
from shared.features.direct.wire import OpenDirect
from shared.features.memberships.snapshot import as_event
from shared.features.memberships.table import Membership
from shared.features.notifications.setting import apply_settings
from shared.features.rate_limits import service as rate_limits
from shared.features.rooms.table import Room
from shared.features.rooms.wire import RoomCreated
from shared.identity.callers import Caller
from shared.protocol.base import Person
from shared.realtime.outcome import Outcome
from shared.realtime.publication import Publication
from shared.realtime.topics import user_topic


def open_direct(caller: Caller, command: OpenDirect) -> Outcome:
    """The direct room of the caller and these people, made if there is none, and shown again if the caller hid it.

    Its id comes from the set of people, so that there is one room however many open it at once. To the others it is
    hidden until the first message. Raises NotFound for people whom the caller may not write to, BadRequest, Conflict,
    RateLimited.
    """
    if caller.user_id in command.user_ids:
        raise BadRequest("userIds", "must name others: you are in the room anyway")
    rate_limits.consume_send(caller).require()
    return retry_on_conflict(lambda: _open_once(caller, command.user_ids))


def _open_once(caller: Caller, others: list[str]) -> Outcome:
    room_id = ids.direct_room_id([caller.user_id, *others])
    room_key, own_key = Room.key(room_id), Membership.key(caller.user_id, room_id)
    found = reads.read(room_key, own_key)
    room, own = found[room_key], found[own_key]
    if room is None or own is None:
        return _make(caller, room_id, others)
    created = _as_created(room)
    if own.hidden_at_seq is None:
        return Outcome(created)
    shown = apply_settings(own, own.personal_settings._replace(hidden_at_seq=None))
    return Outcome(created, (Publication(user_topic(caller.user_id), shown),))


def _make(caller: Caller, room_id: str, others: list[str]) -> Outcome:
    memberships = Membership.of_user(caller.user_id)
    most = rate_limits.most_rooms()
    if sum(ids.is_direct(membership.room_id) for membership in memberships) >= most:
        raise Conflict(f"limit of {most} direct rooms reached", "tooManyRooms")
    names = {caller.user_id: caller.username, **names_of(memberships, others)}
    people = [Person(user_id=user_id, username=names[user_id]) for user_id in sorted(names, key=names.__getitem__)]
    now = clock.now_ms()
    room = Room(
        room_id,
        room_name=", ".join(person.username for person in people),
        kind="direct",
        people=people,
        visibility="approval",
        created_at=now,
        last_timestamp=now,
        retention_days=settings.load(settings.ChatSettings).retention_days,
    )
    rows = [_membership(person, room_id, now, is_opener=person.user_id == caller.user_id) for person in people]
    transactions.write(room.create(), *(row.create() for row in rows))
    told = tuple(Publication(user_topic(row.user_id), as_event(row, room)) for row in rows)
    return Outcome(_as_created(room), told)


def _membership(person: Person, room_id: str, now: int, *, is_opener: bool) -> Membership:
    return Membership(
        person.user_id,
        room_id,
        username=person.username,
        status="approved",
        version=1,
        joined_at=now,
        hidden_at_seq=None if is_opener else 0,
    )


def _as_created(room: Room) -> RoomCreated:
    return RoomCreated(
        room_id=room.room_id,
        room_name=room.room_name,
        visibility=room.visibility,
        kind="direct",
        people=room.people,
    )
