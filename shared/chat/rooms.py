"""Making rooms, and listing the caller's."""

from collections.abc import Iterable, Iterator, Sequence

from shared import clock, ids, settings
from shared.chat import allowances, current_room, listening
from shared.chat.outcome import Outcome
from shared.chat.pages import fill
from shared.chat.retrying import until_undisturbed
from shared.delivery.publication import Publication
from shared.identity.callers import Caller
from shared.models import reads, writes
from shared.models.memberships import Membership
from shared.models.receipts import KEPT_MS, Receipt
from shared.models.rooms import Room
from shared.models.subscriptions import user_topic
from shared.protocol.commands import CreateRoom, GetRooms
from shared.protocol.events import MemberChanged, RoomCreated, Rooms, RoomSummary

ROOMS_PER_PAGE = 100
"""As many as one read of the rooms takes."""


def create(caller: Caller, command: CreateRoom) -> Outcome:
    """Make a room with the caller as admin. The same clientRoomId gives the same room again, for a week.

    Raises RateLimited, Conflict.
    """
    allowances.spend_send(caller).require()
    listening.to_self_once(caller)
    room = until_undisturbed(lambda: _create_once(caller, command))
    listening.reconcile(caller.user_id, room.room_id)
    current_room.entered(caller, room.room_id)
    created = RoomCreated(room_id=room.room_id, room_name=room.room_name, visibility=room.visibility)  # type: ignore[arg-type]
    standing = how_stands(caller.user_id, room.room_id)
    return Outcome(created, (Publication(user_topic(caller.user_id), standing[0]),) if standing else ())


def _create_once(caller: Caller, command: CreateRoom) -> Room:
    receipt_key = Receipt.of_room(caller.user_id, command.client_room_id) if command.client_room_id else None
    if receipt_key:
        receipt = reads.read(receipt_key)[receipt_key]
        if receipt is not None:
            room_key = Room.key(receipt.room_id)
            first = reads.read(room_key)[room_key]
            assert first is not None
            return first
    allowances.require_place_for_a_room(caller.user_id)
    now = clock.now_ms()
    room = Room(
        ids.new_id(),
        room_name=command.room_name,
        admin_user_ids={caller.user_id},
        visibility=command.visibility,
        created_at=now,
        last_timestamp=now,
        retention_days=settings.load(settings.ChatSettings).retention_days,
    )
    membership = Membership(
        caller.user_id, room.room_id, username=caller.username, status="approved", version=1, joined_at=now
    )
    operations = [
        writes.put(room, Room.room_id.does_not_exist()),
        writes.put(membership, Membership.user_id.does_not_exist()),
    ]
    if receipt_key:
        receipt = Receipt(receipt_key.hash_key, room_id=room.room_id, ttl=clock.as_ttl(now + KEPT_MS))
        operations.append(writes.put(receipt, Receipt.receipt_id.does_not_exist()))
    writes.write(*operations)
    return room


def how_stands(user_id: str, room_id: str) -> tuple[MemberChanged, frozenset[str]] | None:
    """A person's membership of a room as it is now, and who are the admins; None where there is none."""
    membership_key, room_key = Membership.key(user_id, room_id), Room.key(room_id)
    membership = reads.read(membership_key)[membership_key]
    # Afterwards, for a batch read is no snapshot: who is an admin must not be older than the version that it goes with.
    room = reads.read(room_key)[room_key]
    if membership is None or room is None:
        return None
    event = MemberChanged(
        room_id=room_id,
        user_id=user_id,
        username=membership.username,
        status=membership.status,  # type: ignore[arg-type]
        is_admin=user_id in room.admin_user_ids,
        version=int(membership.version),
    )
    return event, frozenset(room.admin_user_ids)


def get_rooms(caller: Caller, command: GetRooms) -> Outcome:
    """A page of the caller's rooms, in order of roomId."""
    page, following = page_of(caller.user_id, Membership.of_user(caller.user_id), command.after)
    return Outcome(Rooms(rooms=page, has_more=following is not None, next=following))


def page_of(user_id: str, memberships: Sequence[Membership], after: str | None) -> tuple[list[RoomSummary], str | None]:
    """The summaries of the rooms after a roomId, and the cursor for the next page where there is one."""
    listed = sorted(
        (each for each in memberships if each.status != "left" and (after is None or each.room_id > after)),
        key=lambda each: each.room_id,
    )
    page, has_more = fill(_summaries(user_id, listed), ROOMS_PER_PAGE, RoomSummary.encode)
    return page, page[-1].room_id if has_more else None


def _summaries(user_id: str, memberships: Iterable[Membership]) -> Iterator[RoomSummary]:
    """Summaries, read a hundred rooms at a time as they are asked for."""
    rest = list(memberships)
    for start in range(0, len(rest), ROOMS_PER_PAGE):
        chunk = rest[start : start + ROOMS_PER_PAGE]
        rooms = reads.read(*(Room.key(each.room_id) for each in chunk))
        for membership in chunk:
            room = rooms[Room.key(membership.room_id)]
            if room is not None:
                yield _summary(user_id, membership, room)


def _summary(user_id: str, membership: Membership, room: Room) -> RoomSummary:
    member = membership.is_approved
    is_admin = member and user_id in room.admin_user_ids
    return RoomSummary(
        room_id=room.room_id,
        room_name=room.room_name,
        visibility=room.visibility,  # type: ignore[arg-type]
        status=membership.status,  # type: ignore[arg-type]
        version=int(membership.version),
        is_admin=is_admin,
        pending_count=_pending(room.room_id) if is_admin else None,
        last_seq=int(room.last_seq) if member else 0,
        last_read_seq=int(membership.last_read_seq) if member else 0,
        last_timestamp=int(room.last_timestamp) if member else 0,
    )


def _pending(room_id: str) -> int:
    """How many ask to join; from an index, so it may be a moment old."""
    return Membership.room_index.count(room_id, Membership.status == "pending")
