"""Commands and events about memberships."""

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from shared.protocol import limits
from shared.protocol.base import Command, Event, Identifier, WireModel
from shared.protocol.vocabulary import JoinStatus, MemberChange, MemberStatus


class JoinRoom(Command):
    """Ask to join (`request`), or answer such a request as an admin or a moderator (`approve`, `reject`)."""

    action: Literal["joinRoom"]
    sub_action: Literal["request", "approve", "reject"]
    room_id: Identifier
    target_user_id: Identifier | None = None

    @model_validator(mode="after")
    def _answers_name_their_target(self) -> "JoinRoom":
        if self.sub_action != "request" and self.target_user_id is None:
            raise PydanticCustomError(
                "missing_target",
                "targetUserId: is required for {sub_action}",
                {"sub_action": self.sub_action},
            )
        return self


class LeaveRoom(Command):
    """End the caller's membership, withdraw their request to join, or clear a rejected one."""

    action: Literal["leaveRoom"]
    room_id: Identifier


class UpdateMember(Command):
    """Give another member a role, as an admin; remove, ban or unban them, as a moderator or an admin."""

    action: Literal["updateMember"]
    room_id: Identifier
    target_user_id: Identifier
    change: MemberChange


class GetMembers(Command):
    """A room's members, a page at a time. Admins and moderators see pending requests as
    well, and with `banned` who is banned."""

    action: Literal["getMembers"]
    room_id: Identifier
    status: Literal["banned"] | None = None
    after: Annotated[str, Field(min_length=1, max_length=4 * limits.MAX_ID_CHARACTERS)] | None = None


class Participant(WireModel):
    """A row of a room's member list. A client ignores what is told of a version that is not above the row's."""

    user_id: str
    username: str
    status: MemberStatus
    is_admin: bool
    is_moderator: bool
    version: int


class JoinRequest(Event):
    """To the admins: somebody asks to join."""

    action: Literal["joinRequest"] = "joinRequest"
    room_id: str
    user_id: str
    username: str
    version: int


class JoinResponse(Event):
    """To the person who asked: where their request stands."""

    action: Literal["joinResponse"] = "joinResponse"
    room_id: str
    status: JoinStatus


class MemberChanged(Event):
    """A membership as it now is. A client ignores a version that is not above the one it knows."""

    action: Literal["memberChanged"] = "memberChanged"
    room_id: str
    user_id: str
    username: str
    status: MemberStatus
    is_admin: bool
    is_moderator: bool
    version: int


class RoomLeft(Event):
    """The caller is no longer a member."""

    action: Literal["roomLeft"] = "roomLeft"
    room_id: str


class RoomMembers(Event):
    """A page of a room's members: approved first, then, for admins, pending. Or of the banned, where asked for."""

    action: Literal["roomMembers"] = "roomMembers"
    room_id: str
    room_name: str
    participants: list[Participant]
    has_more: bool
    next: str | None = None
