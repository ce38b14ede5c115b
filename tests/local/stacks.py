"""Builders for the tests of the local stack: small functions in a folder, and a stack that runs them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp

from local.settings import Limits, Settings
from local.stack import LocalStack

ALLOW = """
def handler(event, context):
    assert event["type"] == "REQUEST"
    if event["headers"].get("X-Raise"):
        raise Exception(event["headers"]["X-Raise"])
    effect = "Deny" if event["headers"].get("X-Deny") else "Allow"
    statement = {"Action": "execute-api:Invoke", "Effect": effect, "Resource": event["methodArn"]}
    return {
        "principalId": "user-1",
        "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
        "context": {"number": 7, "flag": True, "text": "x"},
    }
"""
CONNECT = """
def handler(event, context):
    if event["headers"].get("X-Refuse"):
        return {"statusCode": int(event["headers"]["X-Refuse"])}
    return {"statusCode": 200, "headers": {"sec-websocket-PROTOCOL": "parley.v1"}}
"""
ECHO = """
import json
def handler(event, context):
    return {"statusCode": 200, "body": json.dumps(event)}
"""
RECORD = """
import json, pathlib
def handler(event, context):
    with open({file!r}, "a") as file:
        file.write(json.dumps(event) + "\\n")
    return {{"statusCode": 200}}
"""

SIGNED = {"Authorization": "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/execute-api/aws4_request, ..."}


class FunctionFolder:
    """A folder of functions that grows."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()

    def add(self, name: str, trigger: str, code: str, more: str = "") -> "FunctionFolder":
        """A function with `trigger` as YAML in one line."""
        room = self.folder / name
        room.mkdir()
        (room / "handler.py").write_text(code)
        (room / "function.yaml").write_text(f"description: A function of a test.\ntrigger: {trigger}\n{more}")
        return self

    def change(self, name: str, code: str) -> None:
        """Other code for a function."""
        (self.folder / name / "handler.py").write_text(code)


def echoing(folder: Path) -> FunctionFolder:
    """An authorizer, $connect, and a $default that answers with the event it got."""
    return (
        FunctionFolder(folder)
        .add("authorize", "{authorizer: websocket}", ALLOW)
        .add("connect", "{route: [$connect]}", CONNECT)
        .add("default", "{route: [$default]}", ECHO)
    )


@contextmanager
def stack_of(functions: FunctionFolder, state: Path, limits: Limits | None = None, **more: Any) -> Iterator[LocalStack]:
    """A running stack without tables."""
    settings = Settings(
        state=state, lambdas=functions.folder, site=state / "site", tables=False, limits=limits or Limits(), **more
    )
    with LocalStack(settings) as stack:
        yield stack


async def open_socket(
    session: aiohttp.ClientSession, stack: LocalStack, **headers: str
) -> aiohttp.ClientWebSocketResponse:
    """A connection as a client of Parley opens it."""
    return await session.ws_connect(
        stack.outputs["websocket_url"], protocols=["parley.v1", "bearer.token"], headers=headers, max_msg_size=0
    )
