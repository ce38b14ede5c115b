"""The state of a person in a room, and what each action makes of it. Pure: a state goes in, a state comes out.

Statuses: None (no row yet), pending, approved, rejected, banned, left.
"""

from dataclasses import dataclass, replace
from typing import Literal, assert_never

from shared.core.errors import Conflict, Forbidden, NotFound
from shared.protocol.limits import MAX_ADMINS
from shared.protocol.vocabulary import MemberStatus, Visibility

MemberAction = Literal[
    "request",
    "approve",
    "reject",
    "leave",
    "promote",
    "demote",
    "makeModerator",
    "makeMember",
    "remove",
    "ban",
    "unban",
]

TARGET = "targetUserId"


@dataclass(frozen=True)
class MemberState:
    """One person in one room."""

    status: MemberStatus | None
    is_admin: bool = False
    is_moderator: bool = False


@dataclass(frozen=True)
class RoomRules:
    """What of a room matters for changing a member's state in it."""

    visibility: Visibility
    admin_count: int
    is_alone: bool = False
    """Whether the person is the room's only member: who is may leave, and ends the room."""


def transition(action: MemberAction, state: MemberState, room: RoomRules) -> MemberState:  # noqa: PLR0911 - one each
    """The state after the action; the same one where there is nothing to change, as when an action is repeated.

    Raises NotFound, Forbidden or Conflict. Whether the caller may act at all is the caller's question.
    """
    match action:
        case "request":
            return _request(state, room)
        case "approve":
            return _approve(state)
        case "reject":
            return _reject(state)
        case "leave":
            return _leave(state, room)
        case "promote":
            return _promote(_member(state), room)
        case "demote":
            _keep_an_admin(_member(state), room)
            return replace(state, is_admin=False, is_moderator=False)
        case "makeModerator" | "makeMember":
            return replace(_no_admin(_member(state)), is_moderator=action == "makeModerator")
        case "remove":
            return state if state.status == "left" else _end(_member(state), "left", room)
        case "ban":
            return state if state.status == "banned" else _end(_known(state), "banned", room)
        case "unban":
            return _unban(state)
        case _:
            assert_never(action)


def _request(state: MemberState, room: RoomRules) -> MemberState:
    if state.status == "banned":
        raise Forbidden("you have been banned from this room", "banned", "roomId")
    if state.status in ("pending", "approved"):
        return state
    return MemberState("approved" if room.visibility == "open" else "pending")


def _approve(state: MemberState) -> MemberState:
    if state.status == "rejected":
        raise Conflict("this person's request has been rejected", "memberRejected", TARGET)
    if state.status == "banned":
        raise _banned()
    if state.status not in ("pending", "approved"):
        raise _no_request()
    return replace(state, status="approved")


def _reject(state: MemberState) -> MemberState:
    if state.status == "approved":
        raise Conflict("this person is a member; use remove", "alreadyMember", TARGET)
    if state.status == "banned":
        raise _banned()
    if state.status not in ("pending", "rejected"):
        raise _no_request()
    return replace(state, status="rejected")


def _leave(state: MemberState, room: RoomRules) -> MemberState:
    if state.status in ("pending", "rejected"):
        return MemberState("left")
    if room.is_alone:
        return MemberState("left")
    return _end(_member(state), "left", room)


def _promote(state: MemberState, room: RoomRules) -> MemberState:
    if not state.is_admin and room.admin_count >= MAX_ADMINS:
        raise Conflict(f"a room has at most {MAX_ADMINS} admins", "tooManyAdmins", "roomId")
    return replace(state, is_admin=True, is_moderator=False)


def _unban(state: MemberState) -> MemberState:
    if state.status in ("banned", "left"):
        return MemberState("left")
    raise Conflict(f"this person is {_known(state).status}, not banned", "notBanned", TARGET)


def _end(state: MemberState, status: MemberStatus, room: RoomRules) -> MemberState:
    _keep_an_admin(state, room)
    return MemberState(status)


def _keep_an_admin(state: MemberState, room: RoomRules) -> None:
    if state.is_admin and room.admin_count <= 1:
        raise Conflict("a room must have an admin; promote another member first", "lastAdmin", "roomId")


def _member(state: MemberState) -> MemberState:
    if state.status != "approved":
        raise NotFound("there is no such member", "memberNotFound", TARGET)
    return state


def _no_admin(state: MemberState) -> MemberState:
    if state.is_admin:
        raise Conflict("this person is an admin; demote them first", "memberIsAdmin", TARGET)
    return state


def _known(state: MemberState) -> MemberState:
    if state.status is None:
        raise NotFound("there is no such member", "memberNotFound", TARGET)
    return state


def _banned() -> Conflict:
    return Conflict("this person is banned", "memberBanned", TARGET)


def _no_request() -> NotFound:
    return NotFound("this person has not asked to join", "requestNotFound", TARGET)
