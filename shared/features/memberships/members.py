"""The member list of a room."""

from collections.abc import Iterator
from itertools import islice

from shared.core.errors import BadRequest, Forbidden
from shared.core.pages import fill
from shared.db import reads
from shared.features.memberships.access import require_member, role_of
from shared.features.memberships.table import Membership
from shared.features.memberships.wire import GetMembers, Participant, RoomMembers
from shared.features.rooms.table import Room
from shared.identity.callers import Caller
from shared.protocol.vocabulary import MemberStatus
from shared.realtime.outcome import Outcome

MEMBERS_PER_PAGE = 500


def get_members(caller: Caller, command: GetMembers) -> Outcome:
    """A page of members, and for admins and moderators of those who ask to join; or, for them, of those who are banned.

    Raises NotFound where the caller is not a member, Forbidden where another member asks for the banned.
    """
    room_key = Room.key(command.room_id)
    found = reads.read(room_key, Membership.key(caller.user_id, command.room_id))
    room, own = require_member(found, caller.user_id, command.room_id)
    statuses = _statuses(command, may_moderate=role_of(room, own) != "member")
    members = list(islice(_members(command.room_id, statuses, command.after), MEMBERS_PER_PAGE + 1))
    # Read the room after the members: the admins must not be older than the versions that they are told with.
    room = reads.get(room_key) or room
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


def _statuses(command: GetMembers, *, may_moderate: bool) -> list[MemberStatus]:
    if command.status is None:
        return ["approved", "pending"] if may_moderate else ["approved"]
    if not may_moderate:
        raise Forbidden("only moderators and admins see who is banned", "moderatorsOnly", "status")
    return [command.status]


def _members(room_id: str, statuses: list[MemberStatus], after: str | None) -> Iterator[Membership]:
    after_user_id: str | None = None
    if after is not None:
        status, _, after_user_id = after.partition("#")
        if status not in statuses or not after_user_id:
            raise BadRequest("after", "is not the next of an earlier page")
        statuses = statuses[statuses.index(status) :]
    for status in statuses:
        yield from Membership.in_room(room_id, status, after_user_id=after_user_id, page_size=MEMBERS_PER_PAGE + 1)
        after_user_id = None


def _participant(member: Membership, room: Room) -> Participant:
    return Participant(
        user_id=member.user_id,
        username=member.username,
        status=member.status,
        is_admin=member.user_id in room.admins,
        is_moderator=bool(member.is_moderator) and member.user_id not in room.admins,
        version=int(member.version),
    )
