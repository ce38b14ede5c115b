"""Rooms and messages that show what Parley does, written by alice, bob and carol over the real WebSocket API.

`make local` writes them into an empty state; `make sample ENV=dev` writes them into a deployment. Writing them again
changes nothing: rooms and messages have fixed client ids.
"""

import asyncio
import contextlib
import json
import secrets
from collections.abc import Mapping
from typing import Any

import aiohttp

from shared.protocol.limits import SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX

PEOPLE = ("alice", "bob", "carol")
WELCOME, PLANNING = "Welcome", "Release planning"
ANSWER_SECONDS = 20.0

CONVERSATION: tuple[tuple[str, str], ...] = (
    ("alice", "Welcome to Parley! \U0001f44b This room shows what messages can do."),
    ("bob", "Text can be **bold**, *italic*, ~~struck~~ or `code`, and links work: https://example.com"),
    ("carol", "Lists, too:\n\n- write to a room\n- approve who asks to join\n- go offline, and nothing is lost"),
    ("bob", 'And code keeps its lines:\n\n```python\ndef greet(name: str) -> str:\n    return f"Hello, {name}!"\n```'),
    ("alice", "> go offline, and nothing is lost\n\nTry it: switch your network off, write, and switch it on again."),
    ("carol", "\U0001f389"),
)
PLANS: tuple[tuple[str, str], ...] = (
    ("alice", "This room is by approval: open its members to answer carol, who asks to join."),
    ("bob", "I'll take the release notes."),
)


class SampleFailed(Exception):
    """A command was refused; the text says which and why."""


class _Client:
    """One person's connection."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket

    async def ask(self, action: str, **fields: Any) -> dict[str, Any]:
        """Send a command, and return its reply. Raises SampleFailed."""
        request_id = secrets.token_hex(8)
        await self._socket.send_str(json.dumps({"action": action, "requestId": request_id, **fields}))
        async with asyncio.timeout(ANSWER_SECONDS):
            while True:
                reply: dict[str, Any] = json.loads(await self._socket.receive_str())
                if reply.get("requestId") == request_id:
                    break
        if reply["action"] == "error":
            raise SampleFailed(f"{action}: {reply['message']}")
        return reply

    async def say(self, room_id: str, number: int, text: str) -> None:
        """Send a message of the sample."""
        await self.ask("sendMessage", roomId=room_id, message=text, clientMessageId=f"sample-{number}")


async def write(websocket_url: str, tokens: Mapping[str, str]) -> None:
    """Make both rooms; `tokens` are the access tokens of alice, bob and carol. Raises SampleFailed or OSError."""
    async with aiohttp.ClientSession() as session:
        clients = {}
        for name in PEOPLE:
            protocols = (SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX + tokens[name])
            clients[name] = _Client(await session.ws_connect(websocket_url, protocols=protocols))
            await clients[name].ask("hello")
        await _welcome(clients)
        await _planning(clients)


async def _welcome(clients: Mapping[str, _Client]) -> None:
    made = await clients["alice"].ask("createRoom", roomName=WELCOME, visibility="open", clientRoomId="sample-welcome")
    room_id = made["roomId"]
    for name in ("bob", "carol"):
        await clients[name].ask("joinRoom", roomId=room_id, subAction="request")
    for number, (name, text) in enumerate(CONVERSATION):
        await clients[name].say(room_id, number, text)


async def _planning(clients: Mapping[str, _Client]) -> None:
    made = await clients["alice"].ask("createRoom", roomName=PLANNING, clientRoomId="sample-planning")
    room_id = made["roomId"]
    await clients["bob"].ask("joinRoom", roomId=room_id, subAction="request")
    bob = (await clients["bob"].ask("hello"))["userId"]
    await clients["alice"].ask("joinRoom", roomId=room_id, subAction="approve", targetUserId=bob)
    for number, (name, text) in enumerate(PLANS):
        await clients[name].say(room_id, number, text)
    await clients["carol"].ask("joinRoom", roomId=room_id, subAction="request")


def access_token(cognito: Any, client_id: str, username: str, password: str) -> str:
    """Sign in. Raises botocore's ClientError."""
    answer = cognito.initiate_auth(
        ClientId=client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": username, "PASSWORD": password},
    )
    token: str = answer["AuthenticationResult"]["AccessToken"]
    return token


def ensure_person(cognito: Any, user_pool_id: str, username: str) -> str:
    """Give a person of the sample an account where they have none, and a new password, which is returned."""
    password = f"Aa1-{secrets.token_urlsafe(12)}"
    with contextlib.suppress(cognito.exceptions.UsernameExistsException):
        cognito.admin_create_user(
            UserPoolId=user_pool_id,
            Username=username,
            MessageAction="SUPPRESS",
            UserAttributes=[
                {"Name": "email", "Value": f"{username}@example.com"},
                {"Name": "email_verified", "Value": "true"},
            ],
        )
    cognito.admin_set_user_password(UserPoolId=user_pool_id, Username=username, Password=password, Permanent=True)
    return password
