"""Listing the caller's rooms."""

from collections.abc import Iterable, Iterator, Sequence

from shared.core.pages import fill
from shared.db import reads
from shared.features.memberships.table import Membership
from shared.features.rooms.table import Room
from shared.features.rooms.wire import GetRooms, Rooms, RoomSummary
from shared.identity.callers import Caller
from shared.realtime.outcome import Outcome

ROOMS_PER_PAGE = 100
"""As many as one read of the rooms takes."""


def get_rooms(caller: Caller, command: GetRooms) -> Outcome:
    """A page of the caller's rooms, in order of roomId."""
    page, following = page_of(caller.user_id, Membership.of_user(caller.user_id), command.after)
    return Outcome(Rooms(rooms=page, has_more=following is not None, next=following))


def page_of(user_id: str, memberships: Sequence[Membership], after: str | None) -> tuple[list[RoomSummary], str | None]:
    """The summaries of the rooms after a roomId, and the cursor for the next page where there is one."""
    listed = sorted(
        (
            membership
            for membership in memberships
            if membership.status != "left" and (after is None or membership.room_id > after)
        ),
        key=lambda membership: membership.room_id,
    )
    page, has_more = fill(_summaries(user_id, listed), ROOMS_PER_PAGE, RoomSummary.encode)
    return page, page[-1].room_id if has_more else None


def _summaries(user_id: str, memberships: Iterable[Membership]) -> Iterator[RoomSummary]:
    """Summaries, read a hundred rooms at a time as they are asked for."""
    rest = list(memberships)
    for start in range(0, len(rest), ROOMS_PER_PAGE):
        chunk = rest[start : start + ROOMS_PER_PAGE]
        rooms = reads.read(*(Room.key(membership.room_id) for membership in chunk))
        # Who is an admin must not be older than the membership's version, so the room is read after the membership.
        # What mentions one must not be older than the room's head, so that is read after the room.
        again = Membership.of_user(user_id, chunk[0].room_id, chunk[-1].room_id)
        latest = {membership.room_id: membership for membership in again}
        for membership in chunk:
            room = rooms[Room.key(membership.room_id)]
            if room is not None and (membership.is_approved or not room.has_ended):
                yield _summary(user_id, membership, latest.get(membership.room_id, membership), room)


def _summary(user_id: str, membership: Membership, latest: Membership, room: Room) -> RoomSummary:
    member = membership.is_approved
    is_admin = member and user_id in room.admins
    marked_seq = int(latest.last_read_seq) if member else 0
    last_read_seq = room.read_by(user_id, marked_seq) if member else 0
    is_moderator = member and bool(membership.is_moderator)
    info = room.info
    personal = latest.personal_settings
    return RoomSummary(
        room_id=room.room_id,
        room_name=room.room_name,
        kind="direct" if room.is_direct else "group",
        people=room.people,
        visibility=room.visibility,
        status=membership.status,
        version=int(membership.version),
        is_admin=is_admin,
        is_moderator=is_moderator,
        pending_count=Membership.count_pending(room.room_id) if is_admin or is_moderator else None,
        topic=room.topic if member else None,
        description=room.description if member else None,
        rules=info.rules,
        archived_at=info.archived_at,
        info_rev=info.info_rev,
        last_seq=int(room.last_seq) if member else 0,
        last_read_seq=last_read_seq,
        marked_seq=marked_seq if last_read_seq > marked_seq else None,
        last_timestamp=int(room.last_timestamp) if member else 0,
        rev=int(room.rev) if member else 0,
        gone=_above(last_read_seq, room.gone) if member else None,
        mentions=_above(last_read_seq, {*(latest.mention_seqs or ()), *(room.room_mentions or ())}) if member else None,
        level=personal.level,
        muted_until=personal.muted_until,
        hidden_at_seq=personal.hidden_at_seq,
        settings_version=int(latest.settings_version),
    )


def _above(seq: int, seqs: Iterable[float] | None) -> list[int] | None:
    return sorted(int(each) for each in seqs or () if each > seq) or None
