"""Changing memberships: joining, answering, leaving, and what admins do to members."""

from collections.abc import Iterable
from dataclasses import dataclass

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from shared.core import clock
from shared.core.errors import Forbidden, room_not_found
from shared.db import reads, transactions
from shared.db.conflicts import retry_on_conflict
from shared.db.transactions import Operation
from shared.features.memberships import current_room, subscribing
from shared.features.memberships.policy import MemberAction, MemberState, RoomRules, transition
from shared.features.memberships.table import Membership
from shared.features.memberships.wire import (
    JoinRequest,
    JoinResponse,
    JoinRoom,
    LeaveRoom,
    MemberChanged,
    RoomLeft,
    UpdateMember,
)
from shared.features.rate_limits import service as rate_limits
from shared.features.rooms.table import Room
from shared.identity.callers import Caller
from shared.realtime.outcome import Outcome
from shared.realtime.publication import Publication
from shared.realtime.subscriptions import room_topic, user_topic


def join(caller: Caller, command: JoinRoom) -> Outcome:
    """Ask to join a room, or answer somebody who asks.

    Raises NotFound, Forbidden, Conflict. Repeating a request or an answer gives the first one again.
    """
    rate_limits.consume_send(caller).require()
    # Before anything else is read, for a client that says no hello: it will want to hear what follows.
    subscribing.read(caller, command.room_id)
    if command.sub_action == "request":
        return _request(caller, command.room_id)
    assert command.target_user_id is not None
    changed = _change(caller, command.room_id, command.target_user_id, command.sub_action)
    response = JoinResponse(
        room_id=command.room_id, status="approved" if command.sub_action == "approve" else "rejected"
    )
    told = Publication(user_topic(command.target_user_id), response)
    return Outcome(changed.event, (told, *_to_others(caller, changed)))


def leave(caller: Caller, command: LeaveRoom) -> Outcome:
    """End the caller's membership. Raises NotFound, or Conflict for the only admin."""
    rate_limits.consume_send(caller).require()
    changed = _change(caller, command.room_id, caller.user_id, "leave")
    to_self = Publication(user_topic(caller.user_id), changed.event)
    return Outcome(RoomLeft(room_id=command.room_id), (*_to_others(caller, changed), to_self))


def update(caller: Caller, command: UpdateMember) -> Outcome:
    """Promote, demote, remove, ban or unban, as an admin. Raises NotFound, Forbidden, Conflict."""
    rate_limits.consume_send(caller).require()
    changed = _change(caller, command.room_id, command.target_user_id, command.change)
    to_target = Publication(user_topic(command.target_user_id), changed.event)
    return Outcome(changed.event, (*_to_others(caller, changed), to_target))


def _request(caller: Caller, room_id: str) -> Outcome:
    before = current_room.find(caller)
    changed = _change(caller, room_id, caller.user_id, "request")
    status = changed.event.status
    approved = status == "approved"
    current_room.set_requested(caller, room_id, approved=approved, before=before)
    response = JoinResponse(room_id=room_id, status="approved" if approved else "pending")
    return Outcome(response, _to_others(caller, changed))


def announce(event: MemberChanged, admins: Iterable[str], but: str | None = None) -> tuple[Publication, ...]:
    """To all who may know how somebody now stands in a room, except one connection: the room, or only its admins."""
    if event.status not in ("pending", "rejected"):
        return (Publication(room_topic(event.room_id), event, skip_connection=but),)
    told: MemberChanged | JoinRequest = event
    if event.status == "pending":
        told = JoinRequest(room_id=event.room_id, user_id=event.user_id, username=event.username, version=event.version)
    return tuple(Publication(user_topic(admin), told, skip_connection=but) for admin in sorted(admins))


@dataclass(frozen=True)
class _Changed:
    event: MemberChanged
    admins: frozenset[str]


def _to_others(caller: Caller, changed: _Changed) -> tuple[Publication, ...]:
    return announce(changed.event, changed.admins, but=caller.connection_id)


def _change(caller: Caller, room_id: str, target_user_id: str, act: MemberAction) -> _Changed:
    """Carry out an act and bring the target's connections in line, also when there was nothing left to change."""
    changed = retry_on_conflict(lambda: _change_once(caller, room_id, target_user_id, act))
    subscribing.reconcile(target_user_id, room_id)
    return changed


def _change_once(caller: Caller, room_id: str, target_user_id: str, act: MemberAction) -> _Changed:
    room_key = Room.key(room_id)
    target_key = Membership.key(target_user_id, room_id)
    caller_key = Membership.key(caller.user_id, room_id)
    # Memberships first, for a batch read is no snapshot: a write on the version that was read then also holds for who
    # was an admin when the room was read later, as the two change together only.
    found = reads.read(target_key, caller_key)
    room = reads.read(room_key)[room_key]
    if room is None or room.kind != "group":
        raise room_not_found()
    if act != "request":
        _authorise(found[caller_key], room, acts_on_self=act == "leave")
    target = found[target_key]
    before = MemberState(target.status if target else None, target_user_id in room.admin_user_ids)  # type: ignore[arg-type]
    rules = RoomRules(room.visibility, len(room.admin_user_ids))  # type: ignore[arg-type]
    standing = transition(act, before, rules)
    admins = frozenset(room.admin_user_ids - {target_user_id} | ({target_user_id} if standing.is_admin else set()))
    username = caller.username if target_user_id == caller.user_id or target is None else target.username
    version = int(target.version) if target else 0
    if standing != before:
        if act == "request":
            rate_limits.require_place_for_a_room(target_user_id)
        version += 1
        operations = [_membership_write(target, room, target_user_id, username, standing, version)]
        if standing.is_admin != before.is_admin:
            operations.append(_admins_write(room, admins))
        # Every other act finds what it did itself when it reads again after a lost answer; who has left finds no room.
        transactions.write(*operations, once=act == "leave")
    assert standing.status is not None
    event = MemberChanged(
        room_id=room_id,
        user_id=target_user_id,
        username=username,
        status=standing.status,
        is_admin=standing.is_admin,
        version=version,
    )
    return _Changed(event, admins)


def _authorise(membership: Membership | None, room: Room, *, acts_on_self: bool) -> None:
    if membership is None or not membership.is_approved:
        raise room_not_found()
    if not acts_on_self and membership.user_id not in room.admin_user_ids:
        raise Forbidden("roomId: only an admin of this room may do this")


def _membership_write(
    target: Membership | None, room: Room, user_id: str, username: str, standing: MemberState, version: int
) -> Operation:
    assert standing.status is not None
    begins = standing.status == "approved" and (target is None or not target.is_approved)
    if target is None:
        row = Membership(user_id, room.room_id, username=username, status=standing.status, version=version)
        if begins:
            row.last_read_seq = room.last_seq
            row.joined_at = clock.now_ms()
        return transactions.put(row, Membership.user_id.does_not_exist())
    actions: list[Action] = [
        Membership.status.set(standing.status),
        Membership.version.set(version),
        Membership.username.set(username),
    ]
    if begins:
        actions += [Membership.last_read_seq.set(room.last_seq), Membership.joined_at.set(clock.now_ms())]
    return transactions.change(target.key(user_id, room.room_id), actions, Membership.version == target.version)


def _admins_write(room: Room, admins: frozenset[str]) -> Operation:
    unchanged: Condition = Room.admin_user_ids == room.admin_user_ids
    return transactions.change(Room.key(room.room_id), [Room.admin_user_ids.set(set(admins))], unchanged)
