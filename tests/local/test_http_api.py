"""The gateway behaves as API Gateway's HTTP API does."""

import json
from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest

from local.stack import LocalStack
from tests.local.stacks import ECHO, FunctionFolder, stack_of

pytestmark = pytest.mark.anyio

ANSWERS = """
def handler(event, context):
    return {"statusCode": 418, "headers": {"x-own": "yes"}, "body": "aGk=", "isBase64Encoded": True}
"""
PUBLIC = "public: true\n"

BROKEN = "def handler(event, context):\n    raise ValueError('secret')\n"


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    functions = (
        FunctionFolder(tmp_path_factory.mktemp("functions") / "lambdas")
        .add("echo", "{http: [POST /deep/echo]}", ECHO, PUBLIC)
        .add("answers", "{http: [GET /answers]}", ANSWERS, PUBLIC)
        .add("broken", "{http: [GET /broken]}", BROKEN, PUBLIC)
        .add("wordless", "{http: [GET /wordless]}", "def handler(event, context):\n    return None\n", PUBLIC)
        .add("command", "{route: [echo]}", ECHO)
    )
    with stack_of(functions, tmp_path_factory.mktemp("state")) as stack:
        yield stack


async def call(stack: LocalStack, method: str, path: str, **more: Any) -> tuple[int, bytes, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, stack.outputs["http_api_url"] + path, **more) as answer,
    ):
        return answer.status, await answer.read(), answer.headers.get("x-own", "")


async def test_a_function_gets_the_request_in_payload_format_2(stack: LocalStack) -> None:
    _, text, _ = await call(stack, "POST", "/deep/echo?a=1&a=2&b=x%20y", data="hello", headers={"X-Mine": "yes"})

    event = json.loads(text)
    assert (event["version"], event["routeKey"], event["rawPath"]) == ("2.0", "POST /deep/echo", "/deep/echo")
    assert event["queryStringParameters"] == {"a": "1,2", "b": "x y"}
    assert (event["body"], event["isBase64Encoded"], event["headers"]["x-mine"]) == ("hello", False, "yes")
    assert event["requestContext"]["http"]["method"] == "POST"


async def test_a_body_that_is_no_text_comes_in_base64(stack: LocalStack) -> None:
    _, text, _ = await call(stack, "POST", "/deep/echo", data=b"\xff")

    event = json.loads(text)
    assert (event["body"], event["isBase64Encoded"]) == ("/w==", True)


async def test_the_answer_is_the_functions(stack: LocalStack) -> None:
    assert await call(stack, "GET", "/answers") == (418, b"hi", "yes")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/deep/echo", 404),
        ("GET", "/nowhere", 404),
        ("POST", "/echo", 404),
        ("GET", "/broken", 500),
        ("GET", "/wordless", 500),
    ],
)
async def test_where_no_function_answers_the_gateway_does(
    stack: LocalStack, method: str, path: str, status: int
) -> None:
    found, text, _ = await call(stack, method, path)

    assert (found, json.loads(text).keys()) == (status, {"message"})
    assert b"secret" not in text


async def test_another_site_is_refused(stack: LocalStack) -> None:
    status, _, _ = await call(stack, "GET", "/answers", headers={"Origin": "https://elsewhere.example"})

    assert status == 403
