"""How a person stands in a room, and what each act makes of it. Pure: a standing goes in, a standing comes out.

Statuses: None (no row yet), pending, approved, rejected, banned, left.
"""

from dataclasses import dataclass, replace
from typing import Literal, assert_never

from shared.core.errors import Conflict, Forbidden, NotFound
from shared.protocol.limits import MAX_ADMINS
from shared.protocol.vocabulary import MemberStatus, Visibility

MemberAction = Literal["request", "approve", "reject", "leave", "promote", "demote", "remove", "ban", "unban"]


@dataclass(frozen=True)
class MemberState:
    """One person in one room."""

    status: MemberStatus | None
    is_admin: bool = False


@dataclass(frozen=True)
class RoomRules:
    """What of a room matters for changing a standing in it."""

    visibility: Visibility
    admin_count: int


def transition(act: MemberAction, standing: MemberState, room: RoomRules) -> MemberState:  # noqa: PLR0911 - one per act
    """The standing after the act; the same one where there is nothing to change, as when an act is repeated.

    Raises NotFound, Forbidden or Conflict. Whether the caller may act at all is the caller's question.
    """
    match act:
        case "request":
            return _request(standing, room)
        case "approve":
            return _approve(standing)
        case "reject":
            return _reject(standing)
        case "leave":
            return _end(_member(standing), "left", room)
        case "promote":
            return _promote(_member(standing), room)
        case "demote":
            _keep_an_admin(_member(standing), room)
            return replace(standing, is_admin=False)
        case "remove":
            return standing if standing.status == "left" else _end(_member(standing), "left", room)
        case "ban":
            return standing if standing.status == "banned" else _end(_known(standing), "banned", room)
        case "unban":
            return _unban(standing)
        case _:
            assert_never(act)


def _request(standing: MemberState, room: RoomRules) -> MemberState:
    if standing.status == "banned":
        raise Forbidden("roomId: you have been banned from this room")
    if standing.status in ("pending", "approved"):
        return standing
    return MemberState("approved" if room.visibility == "open" else "pending")


def _approve(standing: MemberState) -> MemberState:
    if standing.status in ("rejected", "banned"):
        raise Conflict(f"targetUserId: this person is {standing.status} by now")
    if standing.status not in ("pending", "approved"):
        raise _no_request()
    return replace(standing, status="approved")


def _reject(standing: MemberState) -> MemberState:
    if standing.status == "approved":
        raise Conflict("targetUserId: this person is a member by now; use remove")
    if standing.status == "banned":
        raise Conflict("targetUserId: this person is banned by now")
    if standing.status not in ("pending", "rejected"):
        raise _no_request()
    return replace(standing, status="rejected")


def _promote(standing: MemberState, room: RoomRules) -> MemberState:
    if not standing.is_admin and room.admin_count >= MAX_ADMINS:
        raise Conflict(f"roomId: a room has at most {MAX_ADMINS} admins")
    return replace(standing, is_admin=True)


def _unban(standing: MemberState) -> MemberState:
    if standing.status in ("banned", "left"):
        return MemberState("left")
    raise Conflict(f"targetUserId: this person is {_known(standing).status}, not banned")


def _end(standing: MemberState, status: MemberStatus, room: RoomRules) -> MemberState:
    _keep_an_admin(standing, room)
    return MemberState(status)


def _keep_an_admin(standing: MemberState, room: RoomRules) -> None:
    if standing.is_admin and room.admin_count <= 1:
        raise Conflict("roomId: a room keeps an admin; promote another member first")


def _member(standing: MemberState) -> MemberState:
    if standing.status != "approved":
        raise NotFound("targetUserId: there is no such member")
    return standing


def _known(standing: MemberState) -> MemberState:
    if standing.status is None:
        raise NotFound("targetUserId: there is no such member")
    return standing


def _no_request() -> NotFound:
    return NotFound("targetUserId: this person has not asked to join")
