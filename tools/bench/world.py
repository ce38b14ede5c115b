"""People who chat: their connections, and commands as API Gateway would hand them to the real handlers."""

import importlib
import json
import re
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from shared.db import transactions
from shared.realtime.subscriptions import Subscription
from shared.realtime.topics import room_topic
from tools import function_files

HOUR_MS = 3_600_000
Event = dict[str, Any]


class Context:
    """What Lambda passes beside the event."""

    function_name = "bench"
    aws_request_id = "8f5a3c0e-7a52-4b8c-9d0f-2f6e1b7c4d5a"

    def get_remaining_time_in_millis(self) -> int:
        """Time enough."""
        return 30_000


CONTEXT = Context()


class CommandFailed(AssertionError):
    """A reply was an error, where the scenario needs the command to succeed."""


@cache
def _folders() -> dict[str, str]:
    """The folder below `lambdas/` of every command (in snake case), and of every function that serves none."""
    files = function_files.read_all()
    commands = {snake_case(route): folder for route, folder in function_files.by_route(files).items()}
    return {**{folder: folder for folder, file in files.items() if not file.trigger.route}, **commands}


def snake_case(route: str) -> str:
    """`sendMessage` as `send_message`, `$connect` as `connect`."""
    return re.sub(r"[A-Z]", lambda capital: f"_{capital[0].lower()}", route.removeprefix("$"))


def names() -> set[str]:
    """What `handler` knows."""
    return set(_folders())


@cache
def handler(name: str) -> Callable[[Event, Any], Event]:
    """The handler that serves a command, or the one of a function that serves none."""
    handle: Callable[[Event, Any], Event] = importlib.import_module(f"lambdas.{_folders()[name]}.handler").handler
    return handle


@dataclass(frozen=True)
class Client:
    """A person on one connection."""

    user_id: str
    connection_id: str

    def event(self, route: str, **fields: object) -> Event:
        """The event of one frame, or of `$connect` and `$disconnect`."""
        event: Event = {
            "requestContext": {
                "routeKey": route,
                "eventType": "MESSAGE",
                "messageDirection": "IN",
                "stage": "prod",
                "connectionId": self.connection_id,
                "requestId": "K1s9bF2coAMEV3g=",
                "apiId": "abcdef1234",
                "authorizer": {
                    "userId": self.user_id,
                    "username": self.user_id.partition("-")[0],
                    "expiresAt": str(time.time_ns() // 1_000_000 + HOUR_MS),
                },
            },
            "isBase64Encoded": False,
        }
        if not route.startswith("$") or fields:
            event["body"] = json.dumps({"action": route, **fields})
        return event

    def say(self, function: str, route: str, **fields: object) -> Event:
        """Run the handler on a frame; the reply. Raises CommandFailed."""
        answer = handler(function)(self.event(route, **fields), CONTEXT)
        reply: Event = json.loads(answer.get("body", "{}"))
        if answer["statusCode"] != 200 or reply.get("action") == "error":
            raise CommandFailed(f"{function}: {answer}")
        return reply

    def make_room(self, visibility: str = "open") -> str:
        """A new room with this person as admin."""
        room_id: str = self.say("create_room", "createRoom", roomName="Bench", visibility=visibility)["roomId"]
        return room_id

    def join(self, room_id: str) -> None:
        """Ask to join a room."""
        self.say("join_room", "joinRoom", subAction="request", roomId=room_id)


def newcomer(name: str) -> Client:
    """A person nobody knows yet, connected, and listening to their own topic."""
    unique = uuid.uuid4().hex
    client = Client(f"{name}-{unique}", f"{unique[:11]}MCIjg=")
    client.say("connect", "$connect")
    client.say("hello", "hello")
    return client


def room_of(owner: Client, others: int) -> str:
    """A room of the owner with so many other members, each on one connection."""
    room_id = owner.make_room()
    for number in range(others):
        newcomer(f"member{number}").join(room_id)
    return room_id


def crowd(room_id: str, count: int) -> None:
    """So many connections that listen to a room, without what else belongs to a member."""
    expires_at = time.time_ns() // 1_000_000 + HOUR_MS
    for number in range(count):
        user_id = f"crowd{number}"
        row = Subscription(
            room_topic(room_id), f"{number:011d}MCIjg=", user_id=user_id, expires_at=expires_at, ttl=expires_at // 1000
        )
        transactions.write(transactions.put(row))


TEXT = "Shall we meet at the usual place at seven, or is that too early for those who come by train?"


def send(owner: Client, room_id: str, count: int) -> None:
    """Send so many messages."""
    for _ in range(count):
        owner.say("send_message", "sendMessage", roomId=room_id, message=TEXT, clientMessageId=str(uuid.uuid4()))
