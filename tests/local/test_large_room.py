"""A room that is too large for its sender: 300 connections are served through the queue, whatever else lies in it."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from tests.e2e.client import PATIENCE_SECONDS, Client, Door, make_room
from tests.e2e.people import Deployment
from tests.support import databases
from tests.support.stack_process import RunningStack, stack_process

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_sqs import SQSClient

pytestmark = pytest.mark.anyio

CONNECTIONS = 300
STALE = 20


@pytest.fixture(
    scope="module",
    params=[databases.EMULATOR, pytest.param(databases.DYNAMODB_LOCAL, marks=pytest.mark.dynamodb_local)],
)
def stack(request: pytest.FixtureRequest) -> Iterator[RunningStack]:
    with ExitStack() as cleanup:
        # Two people have all the connections.
        limits = {f"PARLEY_LIMIT_{name}": f"{10 * CONNECTIONS}" for name in ("COMMANDS", "CONNECTS", "CONNECTIONS")}
        settings: dict[str, Any] = {"queue_visibility_seconds": 1, "environment": limits}
        if request.param == databases.DYNAMODB_LOCAL:
            settings["dynamodb_endpoint"] = cleanup.enter_context(databases.running(request.param)).url
        yield cleanup.enter_context(stack_process(**settings))


@pytest.fixture
def deployment(stack: RunningStack) -> Deployment:
    return Deployment.of(stack.outputs)


def _client(stack: RunningStack) -> dict[str, str]:
    return {"region_name": "us-east-1", "aws_access_key_id": "local", "aws_secret_access_key": "local"}


def _subscriptions(stack: RunningStack) -> "Table":
    endpoint = stack.variables["DYNAMODB_ENDPOINT"]
    database = boto3.resource("dynamodb", endpoint_url=endpoint, **_client(stack))  # type: ignore[call-overload]
    table: Table = database.Table(f"{stack.variables['PARLEY_TABLE_PREFIX']}-subscriptions")
    return table


def _sqs(stack: RunningStack) -> "SQSClient":
    endpoint = stack.outputs["cognito_endpoint"]
    client: SQSClient = boto3.client("sqs", endpoint_url=endpoint, **_client(stack))  # type: ignore[call-overload]
    return client


def _listeners(table: "Table", topic: str) -> set[str]:
    found = table.query(
        KeyConditionExpression="topic = :topic",
        ExpressionAttributeValues={":topic": topic},
        ConsistentRead=True,
    )
    return {str(item["connectionId"]) for item in found["Items"]}


async def _eventually(holds: Any, *arguments: Any) -> bool:
    for _ in range(int(PATIENCE_SECONDS * 10)):
        if await asyncio.to_thread(holds, *arguments):
            return True
        await asyncio.sleep(0.1)
    return False


async def test_a_message_reaches_300_connections_through_the_queue(stack: RunningStack, deployment: Deployment) -> None:
    async with Door.to(deployment) as door:
        # Given 300 connections in one room, and subscriptions of connections that no longer are
        ann, ben = await door.newcomer("ann"), await door.newcomer("ben")
        room_id = await make_room(ann, ben)
        devices: list[Client] = []
        while len(devices) < CONNECTIONS - 2:
            devices += await asyncio.gather(*(door.open(ben.person) for _ in range(20)))
        table = _subscriptions(stack)
        topic = f"room:{room_id}"
        end = int(time.time() * 1000) + 3_600_000
        stale = {f"stale-{number}=" for number in range(STALE)}
        with table.batch_writer() as batch:
            for connection_id in stale:
                batch.put_item(
                    {"topic": topic, "connectionId": connection_id, "userId": "gone", "expiresAt": end, "ttl": end}
                )
        assert len(_listeners(table, topic)) >= CONNECTIONS + STALE - 2

        # And a poison segment in the queue
        sqs = _sqs(stack)
        queue = sqs.get_queue_url(QueueName="parley-local-fan-out")["QueueUrl"]
        sqs.send_message(QueueUrl=queue, MessageBody='{"topic": 1, "poison": true}')

        # When one message is sent
        sent = await ann.ask("sendMessage", roomId=room_id, message="to everyone", clientMessageId="1")

        # Then all have it, once each
        heard = await asyncio.gather(*(each.hear("message", roomId=room_id) for each in (ben, *devices)))
        assert {each["messageId"] for each in heard} == {sent["messageId"]}

        # And the stale subscriptions are cleaned away, the others kept
        assert await _eventually(lambda: not _listeners(table, topic) & stale)
        assert len(_listeners(table, topic)) >= CONNECTIONS

        # And the poison segment, and nothing else, ends in the dead-letter queue
        dead_letters = sqs.get_queue_url(QueueName="parley-local-fan-out-dead-letter")["QueueUrl"]

        def poisoned() -> list[str]:
            answer = sqs.receive_message(QueueUrl=dead_letters, MaxNumberOfMessages=10, VisibilityTimeout=0)
            return [message["Body"] for message in answer.get("Messages", [])]

        assert await _eventually(poisoned)
        assert set(poisoned()) == {'{"topic": 1, "poison": true}'}

        # And whoever is served through the queue has heard it once
        for device in (ben, devices[0], devices[-1]):
            assert not [frame for frame in await device.all_heard() if frame["action"] == "message"]
