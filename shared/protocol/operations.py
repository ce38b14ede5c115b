"""Every command and every event by its action, and where its class is.

The classes are named, not imported: a function loads only those that it serves. Tools and tests that need all of them
call `command_types` and `event_types`.
"""

from importlib import import_module
from typing import Any

from shared.protocol.base import Command, Event

COMMANDS: dict[str, str] = {
    "hello": "shared.features.sessions.wire:Hello",
    "createRoom": "shared.features.rooms.wire:CreateRoom",
    "updateRoom": "shared.features.room_settings.wire:UpdateRoom",
    "archiveRoom": "shared.features.room_settings.wire:ArchiveRoom",
    "openDirect": "shared.features.direct.wire:OpenDirect",
    "joinRoom": "shared.features.memberships.wire:JoinRoom",
    "leaveRoom": "shared.features.memberships.wire:LeaveRoom",
    "updateMember": "shared.features.memberships.wire:UpdateMember",
    "getRooms": "shared.features.rooms.wire:GetRooms",
    "getInvitation": "shared.features.rooms.wire:GetInvitation",
    "getMembers": "shared.features.memberships.wire:GetMembers",
    "sendMessage": "shared.features.messages.wire:SendMessage",
    "getMessages": "shared.features.messages.history_wire:GetMessages",
    "editMessage": "shared.features.changes.wire:EditMessage",
    "deleteMessage": "shared.features.changes.wire:DeleteMessage",
    "react": "shared.features.changes.wire:React",
    "pinMessage": "shared.features.pins.wire:PinMessage",
    "getChanges": "shared.features.changes.wire:GetChanges",
    "getPins": "shared.features.pins.wire:GetPins",
    "getEdits": "shared.features.versions.wire:GetEdits",
    "getActivity": "shared.features.activity.wire:GetActivity",
    "setNotifications": "shared.features.notifications.wire:SetNotifications",
    "hideRoom": "shared.features.notifications.wire:HideRoom",
    "markRead": "shared.features.reading.wire:MarkRead",
    "typing": "shared.features.typing.wire:Typing",
    "ping": "shared.features.sessions.wire:Ping",
}
"""By action: module and class of each command."""

EVENTS = {
    "welcome": "shared.features.sessions.wire:Welcome",
    "rooms": "shared.features.rooms.wire:Rooms",
    "invitation": "shared.features.rooms.wire:Invitation",
    "roomCreated": "shared.features.rooms.wire:RoomCreated",
    "joinRequest": "shared.features.memberships.wire:JoinRequest",
    "joinResponse": "shared.features.memberships.wire:JoinResponse",
    "memberChanged": "shared.features.memberships.wire:MemberChanged",
    "roomLeft": "shared.features.memberships.wire:RoomLeft",
    "roomMembers": "shared.features.memberships.wire:RoomMembers",
    "messageSent": "shared.features.messages.wire:MessageSent",
    "message": "shared.features.messages.wire:Message",
    "messageHistory": "shared.features.messages.history_wire:MessageHistory",
    "changed": "shared.features.changes.wire:Changed",
    "changes": "shared.features.changes.wire:Changes",
    "pins": "shared.features.pins.wire:Pins",
    "messageEdits": "shared.features.versions.wire:MessageEdits",
    "activity": "shared.features.activity.wire:ActivityList",
    "personalSettingsChanged": "shared.features.notifications.wire:PersonalSettingsChanged",
    "roomsRead": "shared.features.reading.wire:RoomsRead",
    "deviceConnected": "shared.features.sessions.wire:DeviceConnected",
    "somebodyTypes": "shared.features.typing.wire:SomebodyTypes",
    "pong": "shared.features.sessions.wire:Pong",
    "error": "shared.protocol.failures:Error",
}
"""By action: module and class of each event."""


def command_types() -> dict[str, type[Command]]:
    """Every command's class by its action."""
    return {action: _load(path) for action, path in COMMANDS.items()}


def event_types() -> dict[str, type[Event]]:
    """Every event's class by its action."""
    return {action: _load(path) for action, path in EVENTS.items()}


def _load(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)
