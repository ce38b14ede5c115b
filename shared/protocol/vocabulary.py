"""The closed sets of words on the wire."""

from typing import Literal

RoomKind = Literal["group", "direct"]
Visibility = Literal["approval", "open"]
MemberStatus = Literal["approved", "pending", "rejected", "banned", "left"]
JoinStatus = Literal["pending", "approved", "rejected"]
ChangeKind = Literal["edit", "delete", "react", "pin", "room"]
ActivityKind = Literal["mention", "reaction"]
NotificationLevel = Literal["all", "mentions", "nothing"]
MemberChange = Literal["promote", "demote", "makeModerator", "makeMember", "remove", "ban", "unban"]
Role = Literal["member", "moderator", "admin"]
Allowed = Literal["everyone", "moderators", "admins"]
"""Who may do something in a room: moderators include admins."""
Reason = Literal[
    "required",
    "invalid",
    "tooLarge",
    "unknownAction",
    "invalidToken",
    "tokenExpired",
    "roomNotFound",
    "memberNotFound",
    "personNotFound",
    "messageNotFound",
    "requestNotFound",
    "adminsOnly",
    "moderatorsOnly",
    "ownMessagesOnly",
    "authorsOnly",
    "authorsAndAdminsOnly",
    "banned",
    "lastAdmin",
    "tooManyAdmins",
    "memberIsAdmin",
    "tooManyRooms",
    "alreadyMember",
    "memberBanned",
    "memberRejected",
    "notBanned",
    "editedSince",
    "messageDeleted",
    "tooManyReactions",
    "tooManyPins",
    "editTimeOver",
    "editHistoryOff",
    "noCurrentRoom",
    "directRoom",
    "roomArchived",
    "pastLastMessage",
    "tooManyRequests",
    "contention",
    "internal",
]
"""Why a command was refused. `ErrorCode` says what to do about it, this says why, for a client to put into words.

`banned`: the caller is. `memberBanned`, `memberRejected`: the person that the command is about is."""

ErrorCode = Literal[
    "badRequest",
    "unknownAction",
    "unauthorized",
    "tokenExpired",
    "forbidden",
    "notFound",
    "conflict",
    "tooLarge",
    "rateLimited",
    "internal",
]
