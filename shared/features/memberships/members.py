"""The member list of a room."""

from collections.abc import Iterator
from itertools import islice

from shared.core.errors import BadRequest, Forbidden, room_not_found
from shared.core.pages import fill
from shared.db import reads
from shared.db.table import Raw
from shared.features.memberships.table import Membership
from shared.features.memberships.wire import GetMembers, Participant, RoomMembers
from shared.features.rooms.table import Room
from shared.identity.callers import Caller
from shared.realtime.outcome import Outcome

MEMBERS_PER_PAGE = 500


def get_members(caller: Caller, command: GetMembers) -> Outcome:
    """A page of members, and for admins of those who ask to join; or, for admins, of those who are banned.

    Raises NotFound where the caller is not a member, Forbidden where one who is no admin asks for the banned.
    """
    room_key = Room.key(command.room_id)
    own_key = Membership.key(caller.user_id, command.room_id)
    found = reads.read(room_key, own_key)
    room, own = found[room_key], found[own_key]
    if room is None or own is None or not own.is_approved:
        raise room_not_found()
    statuses = _statuses(command, is_admin=caller.user_id in room.admin_user_ids)
    members = list(islice(_members(command.room_id, statuses, command.after), MEMBERS_PER_PAGE + 1))
    # Only now, for then nobody's being an admin is older than the version that it goes with.
    room = reads.read(room_key)[room_key] or room
    participants = (_participant(member, room) for member in members)
    page, has_more = fill(participants, MEMBERS_PER_PAGE, Participant.encode)
    return Outcome(
        RoomMembers(
            room_id=room.room_id,
            room_name=room.room_name,
            participants=page,
            has_more=has_more,
            next=f"{page[-1].status}#{page[-1].user_id}" if has_more else None,
        )
    )


def _statuses(command: GetMembers, *, is_admin: bool) -> list[str]:
    if command.status is None:
        return ["approved", "pending"] if is_admin else ["approved"]
    if not is_admin:
        raise Forbidden("status: only admins see who is banned")
    return [command.status]


def _members(room_id: str, statuses: list[str], after: str | None) -> Iterator[Membership]:
    start: Raw | None = None
    if after is not None:
        status, _, user_id = after.partition("#")
        if status not in statuses or not user_id:
            raise BadRequest("after", "is not the next of an earlier page")
        statuses = statuses[statuses.index(status) :]
        start = {"roomId": {"S": room_id}, "status": {"S": status}, "userId": {"S": user_id}}
    for status in statuses:
        yield from Membership.room_index.query(
            room_id,
            Membership.status == status,
            last_evaluated_key=start,
            page_size=MEMBERS_PER_PAGE + 1,
        )
        start = None


def _participant(member: Membership, room: Room) -> Participant:
    return Participant(
        user_id=member.user_id,
        username=member.username,
        status=member.status,  # type: ignore[arg-type]
        is_admin=member.user_id in room.admin_user_ids,
        version=int(member.version),
    )
