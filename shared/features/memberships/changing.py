"""Changing memberships: joining, answering requests, leaving, and what admins do to members."""

from dataclasses import dataclass

from shared.core import clock
from shared.core.errors import Forbidden, room_not_found
from shared.db import reads, transactions
from shared.db.conflicts import retry_on_conflict
from shared.db.transactions import Operation
from shared.features.memberships import current_room, room_limit, subscribing
from shared.features.memberships.access import require_role, role_of
from shared.features.memberships.announcing import announce
from shared.features.memberships.parts import Standing
from shared.features.memberships.policy import MemberAction, MemberState, RoomRules, transition
from shared.features.memberships.table import Membership
from shared.features.memberships.wire import JoinResponse, JoinRoom, LeaveRoom, MemberChanged, RoomLeft, UpdateMember
from shared.features.rate_limits import service as rate_limits
from shared.features.rooms.table import Room
from shared.identity.callers import Caller
from shared.realtime.outcome import Outcome
from shared.realtime.publication import Publication
from shared.realtime.topics import user_topic


def join(caller: Caller, command: JoinRoom) -> Outcome:
    """Ask to join a room, or answer somebody who asks.

    Raises NotFound, Forbidden, Conflict, RateLimited. Repeating a request or an answer returns the first one again.
    """
    rate_limits.consume_send(caller).require()
    # Before anything else is read, for a client that says no hello: it will want to hear what follows.
    subscribing.ensure_subscribed(caller, command.room_id)
    if command.sub_action == "request":
        return _request(caller, command.room_id)
    assert command.target_user_id is not None
    change = _change(caller, command.room_id, command.target_user_id, command.sub_action)
    response = JoinResponse(
        room_id=command.room_id, status="approved" if command.sub_action == "approve" else "rejected"
    )
    to_target = Publication(user_topic(command.target_user_id), response)
    return Outcome(change.event, (to_target, *_to_others(caller, change)))


def leave(caller: Caller, command: LeaveRoom) -> Outcome:
    """End the caller's membership, withdraw the request to join, or clear a rejected one.

    Where the caller is the only member, the room ends with it. Raises NotFound, RateLimited, or Conflict for the only
    admin among several members.
    """
    rate_limits.consume_send(caller).require()
    change = _change(caller, command.room_id, caller.user_id, "leave")
    to_self = Publication(user_topic(caller.user_id), change.event)
    return Outcome(RoomLeft(room_id=command.room_id), (*_to_others(caller, change), to_self))


def update(caller: Caller, command: UpdateMember) -> Outcome:
    """Promote, demote, remove, ban or unban, as an admin. Raises NotFound, Forbidden, Conflict, RateLimited."""
    rate_limits.consume_send(caller).require()
    change = _change(caller, command.room_id, command.target_user_id, command.change)
    to_target = Publication(user_topic(command.target_user_id), change.event)
    return Outcome(change.event, (*_to_others(caller, change), to_target))


def _request(caller: Caller, room_id: str) -> Outcome:
    before = current_room.find(caller)
    change = _change(caller, room_id, caller.user_id, "request")
    approved = change.event.status == "approved"
    current_room.set_requested(caller, room_id, approved=approved, before=before)
    response = JoinResponse(room_id=room_id, status="approved" if approved else "pending")
    return Outcome(response, _to_others(caller, change))


@dataclass(frozen=True)
class _Change:
    event: MemberChanged
    admins: frozenset[str]
    was_member: bool


def _to_others(caller: Caller, change: _Change) -> tuple[Publication, ...]:
    return announce(change.event, change.admins, was_member=change.was_member, skip_connection=caller.connection_id)


def _change(caller: Caller, room_id: str, target_user_id: str, action: MemberAction) -> _Change:
    """Carry out an action and bring the target's connections in line, also when there was nothing left to change."""
    change = retry_on_conflict(lambda: _change_once(caller, room_id, target_user_id, action))
    subscribing.reconcile(target_user_id, room_id)
    return change


def _change_once(caller: Caller, room_id: str, target_user_id: str, action: MemberAction) -> _Change:
    target_key = Membership.key(target_user_id, room_id)
    caller_key = Membership.key(caller.user_id, room_id)
    # Read memberships before the room. A batch read is not a snapshot; version and admin list change in one
    # transaction, so a write conditioned on this version also proves that the admin list is current.
    memberships = reads.read(target_key, caller_key)
    room = reads.get(Room.key(room_id))
    if room is None or (room.has_ended and action != "leave"):
        raise room_not_found()
    if room.is_direct:
        _authorise(memberships[caller_key], acts_on_self=True)
        raise Forbidden("nobody joins or leaves a direct room; hide it instead", "directRoom", "roomId")
    target = memberships[target_key]
    if action != "request":
        _authorise(memberships[caller_key], acts_on_self=action == "leave")
    if action not in ("request", "leave"):
        _require_rank(action, memberships[caller_key], target, room)
    before = MemberState(
        target.status if target else None,
        target_user_id in room.admins,
        is_moderator=bool(target and target.is_moderator),
    )
    is_last_admin = before.is_admin and len(room.admins) == 1
    # From an index, which may not show yet who joined this very moment: they stay in a room that has no admin.
    is_alone = action == "leave" and is_last_admin and Membership.count_members(room_id, at_most=2) == 1
    after = transition(action, before, RoomRules(room.visibility, len(room.admins), is_alone))
    assert after.status is not None
    admins = room.admins - {target_user_id} | ({target_user_id} if after.is_admin else set())
    username = caller.username if target_user_id == caller.user_id or target is None else target.username
    version = int(target.version) if target else 0
    if after != before:
        if action == "request":
            room_limit.require_place(target_user_id)
        version += 1
        operations = [_membership_write(target, room, target_user_id, username, after)]
        if is_alone:
            operations.append(room.end())
        elif after.is_admin != before.is_admin:
            operations.append(room.replace_admins(admins))
        # After a lost answer, every other action reads what it wrote itself; a person who has left finds no room.
        transactions.write(*operations, once=action == "leave")
    event = MemberChanged(
        room_id=room_id,
        user_id=target_user_id,
        username=username,
        status=after.status,
        is_admin=after.is_admin,
        is_moderator=after.is_moderator,
        version=version,
    )
    return _Change(event, admins, was_member=before.status == "approved")


def _authorise(membership: Membership | None, *, acts_on_self: bool) -> None:
    if membership is None or not (membership.is_approved or (acts_on_self and membership.is_request)):
        raise room_not_found()


def _require_rank(action: MemberAction, caller: Membership | None, target: Membership | None, room: Room) -> None:
    """Roles are for admins to give; moderators let people in and put them out, but not each other, and no admin."""
    assert caller is not None
    gives_roles = action in ("promote", "demote", "makeModerator", "makeMember")
    is_of_rank = target is not None and role_of(room, target) != "member"
    require_role(room, caller, "admins" if gives_roles or is_of_rank else "moderators")


def _membership_write(
    target: Membership | None, room: Room, user_id: str, username: str, after: MemberState
) -> Operation:
    assert after.status is not None
    begins = after.status == "approved" and (target is None or not target.is_approved)
    began_at = clock.now_ms() if begins else None
    if target is not None:
        return target.replace(Standing(after.status, after.is_moderator), username, began_at, int(room.last_seq))
    row = Membership(user_id, room.room_id, username=username, status=after.status, version=1)
    if begins:
        row.last_read_seq = room.last_seq
        row.joined_at = began_at
    return row.create()
