"""The gateway behaves as API Gateway's WebSocket API does."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest

from local.settings import Limits
from local.stack import LocalStack
from tests.local.stacks import RECORD, SIGNED, FunctionFolder, echoing, open_socket, stack_of

pytestmark = pytest.mark.anyio

LIMITS = Limits(send_buffer_bytes=200_000)
CLOSED = (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSING)


@pytest.fixture(scope="module")
def functions(tmp_path_factory: pytest.TempPathFactory) -> FunctionFolder:
    folder = tmp_path_factory.mktemp("functions")
    record = RECORD.format(file=str(folder / "disconnected"))
    return (
        echoing(folder / "lambdas")
        .add("broken", "{route: [breakDown]}", "def handler(event, context):\n    raise ValueError('secret')\n")
        .add("wordless", "{route: [saySomethingElse]}", "def handler(event, context):\n    return None\n")
        .add(
            "slow",
            "{route: [takeTime]}",
            "import time\ndef handler(event, context):\n    time.sleep(0.5)\n"
            "    return {'statusCode': 200, 'body': 'slow'}\n",
        )
        .add(
            "late",
            "{route: [beLate]}",
            "import time\ndef handler(event, context):\n    time.sleep(1.5)\n",
            "timeout_seconds: 1\n",
        )
        .add("disconnect", "{route: [$disconnect]}", record)
    )


@pytest.fixture(scope="module")
def stack(functions: FunctionFolder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    with stack_of(functions, tmp_path_factory.mktemp("state"), LIMITS) as stack:
        yield stack


async def ask(socket: aiohttp.ClientWebSocketResponse, frame: str) -> dict[str, Any]:
    await socket.send_str(frame)
    answer: dict[str, Any] = json.loads(await asyncio.wait_for(socket.receive_str(), 5))
    return answer


def connections_url(stack: LocalStack, connection_id: str) -> str:
    return f"{stack.variables['PARLEY_CONNECTIONS_URL']}/@connections/{quote(connection_id, safe='')}"


async def test_the_handshake_answers_the_subprotocol_that_connect_chose(stack: LocalStack) -> None:
    async with aiohttp.ClientSession() as session, await open_socket(session, stack) as socket:
        assert socket.protocol == "parley.v1"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X-Deny": "1"}, 403),
        ({"X-Raise": "Unauthorized"}, 401),
        ({"X-Raise": "anything else"}, 500),
        ({"X-Refuse": "429"}, 429),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Host": "rebound.example"}, 403),
    ],
)
async def test_a_refused_handshake_has_the_status_of_its_reason(
    stack: LocalStack, headers: dict[str, str], status: int
) -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await open_socket(session, stack, **headers)
        assert refused.value.status == status


async def test_a_message_carries_the_identity_that_the_authorizer_gave(stack: LocalStack) -> None:
    async with aiohttp.ClientSession() as session, await open_socket(session, stack) as socket:
        event = await ask(socket, '{"action": "unheard", "x": 1}')
    context = event["requestContext"]
    assert context["authorizer"] == {"principalId": "user-1", "number": "7", "flag": "true", "text": "x"}
    assert (context["routeKey"], context["eventType"]) == ("$default", "MESSAGE")
    assert (event["body"], event["isBase64Encoded"]) == ('{"action": "unheard", "x": 1}', False)


@pytest.mark.parametrize("frame", ["no json", "[]", "1", '{"action": 5}', '{"action": "$connect"}', "[" * 100_000])
async def test_what_names_no_route_goes_to_default(stack: LocalStack, frame: str) -> None:
    async with aiohttp.ClientSession() as session, await open_socket(session, stack) as socket:
        event = await ask(socket, frame)
    assert event["requestContext"]["routeKey"] == "$default"


@pytest.mark.parametrize("action", ["breakDown", "saySomethingElse", "beLate"])
async def test_a_failed_function_gives_the_platforms_own_frame(stack: LocalStack, action: str) -> None:
    async with aiohttp.ClientSession() as session, await open_socket(session, stack) as socket:
        answer = await ask(socket, json.dumps({"action": action}))
    assert answer.keys() == {"message", "connectionId", "requestId"}
    assert answer["message"] == "Internal server error"


async def test_frames_of_one_connection_are_handled_at_the_same_time(stack: LocalStack) -> None:
    async with aiohttp.ClientSession() as session, await open_socket(session, stack) as socket:
        await socket.send_str('{"action": "takeTime"}')
        assert (await ask(socket, '{"action": "quick"}'))["requestContext"]["routeKey"] == "$default"
        assert await asyncio.wait_for(socket.receive_str(), 5) == "slow"


@pytest.mark.parametrize(
    ("frame", "code"), [("x" * (128 * 1024 + 1), 1009), (b"binary", 1003)], ids=["too large", "binary"]
)
async def test_a_frame_that_may_not_be_closes(stack: LocalStack, frame: str | bytes, code: int) -> None:
    async with aiohttp.ClientSession() as session, await open_socket(session, stack) as socket:
        await (socket.send_str(frame) if isinstance(frame, str) else socket.send_bytes(frame))
        assert (await asyncio.wait_for(socket.receive(), 5)).type in CLOSED
        assert socket.close_code == code


async def test_a_message_of_128_kilobytes_is_taken(stack: LocalStack) -> None:
    async with aiohttp.ClientSession() as session, await open_socket(session, stack) as socket:
        event = await ask(socket, "x" * 128 * 1024)
    assert len(event["body"]) == 128 * 1024


async def test_the_end_of_a_connection_is_told(stack: LocalStack, functions: FunctionFolder) -> None:
    async with aiohttp.ClientSession() as session, await open_socket(session, stack) as socket:
        connection_id = (await ask(socket, "{}"))["requestContext"]["connectionId"]
    file = functions.folder.parent / "disconnected"
    for _ in range(100):
        if file.exists() and connection_id in file.read_text():
            break
        await asyncio.sleep(0.02)
    event = next(json.loads(line) for line in file.read_text().splitlines() if connection_id in line)
    assert event["requestContext"]["eventType"] == "DISCONNECT"
    assert event["requestContext"]["disconnectStatusCode"] == 1000


class TestManagementApi:
    """What `@connections` answers."""

    @pytest.fixture
    async def session(self) -> AsyncIterator[aiohttp.ClientSession]:
        async with aiohttp.ClientSession(headers=SIGNED) as session:
            yield session

    async def test_post_get_and_delete_of_an_open_connection(
        self, stack: LocalStack, session: aiohttp.ClientSession
    ) -> None:
        async with await open_socket(session, stack) as socket:
            connection_id = (await ask(socket, "{}"))["requestContext"]["connectionId"]
            url = connections_url(stack, connection_id)
            assert (await session.post(url, data='{"pushed": true}')).status == 200
            assert await asyncio.wait_for(socket.receive_str(), 5) == '{"pushed": true}'
            assert (await (await session.get(url)).json())["identity"]["sourceIp"] == "127.0.0.1"
            assert (await session.delete(url)).status == 204
            assert (await asyncio.wait_for(socket.receive(), 5)).type in CLOSED
            assert (await session.post(url, data="late")).status == 410

    async def test_an_unknown_connection_is_gone(self, stack: LocalStack, session: aiohttp.ClientSession) -> None:
        assert (await session.post(connections_url(stack, "unknown="), data="x")).status == 410

    async def test_too_much_for_one_frame(self, stack: LocalStack, session: aiohttp.ClientSession) -> None:
        async with await open_socket(session, stack) as socket:
            connection_id = (await ask(socket, "{}"))["requestContext"]["connectionId"]
            answer = await session.post(connections_url(stack, connection_id), data="x" * (128 * 1024 + 1))
        assert answer.status == 413

    async def test_a_client_that_does_not_read_is_throttled(
        self, stack: LocalStack, session: aiohttp.ClientSession
    ) -> None:
        async with await open_socket(session, stack) as socket:  # which reads one frame and no more
            connection_id = (await ask(socket, "{}"))["requestContext"]["connectionId"]
            statuses = set()
            for _ in range(200):
                answer = await session.post(connections_url(stack, connection_id), data="x" * 100_000)
                statuses.add(answer.status)
                if answer.status == 429:
                    break
        assert statuses == {200, 429}

    async def test_an_unsigned_request_is_refused(self, stack: LocalStack) -> None:
        async with aiohttp.ClientSession() as stranger:
            assert (await stranger.post(connections_url(stack, "any"), data="x")).status == 403


async def test_a_header_that_is_too_long_leaves_no_token_in_the_log(
    stack: LocalStack, caplog: pytest.LogCaptureFixture
) -> None:
    url = stack.outputs["websocket_url"].replace("ws", "http", 1)

    async with aiohttp.ClientSession() as session:
        headers = {"Sec-WebSocket-Protocol": "parley.v1, " + "secret-token" * 1000}
        async with session.get(url, headers=headers) as answer:
            assert answer.status == 400

    assert "LineTooLong" in caplog.text
    assert "secret-token" not in caplog.text
