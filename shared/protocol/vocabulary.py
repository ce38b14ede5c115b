"""The closed sets of words on the wire."""

from typing import Literal

Visibility = Literal["approval", "open"]
MemberStatus = Literal["approved", "pending", "rejected", "banned", "left"]
JoinStatus = Literal["pending", "approved", "rejected"]
MemberChange = Literal["promote", "demote", "remove", "ban", "unban"]
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
