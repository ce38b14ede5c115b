"""Somebody who floods, over real sockets: refused, closed, kept out for a while; and nobody else notices."""

import asyncio
from collections.abc import Iterator

import aiohttp
import pytest

from shared.protocol.limits import FLOOD_MULTIPLIER
from tests.e2e.client import Door, make_room
from tests.e2e.people import Deployment, Person
from tests.support.stack_process import RunningStack, stack_process

pytestmark = pytest.mark.anyio

SENDS, CONNECTS = 5, 8


@pytest.fixture(scope="module")
def stack() -> Iterator[RunningStack]:
    limits = {"PARLEY_LIMIT_SENDS": f"{SENDS}", "PARLEY_LIMIT_CONNECTS": f"{CONNECTS}", "PARLEY_LIMIT_CONNECTIONS": "3"}
    with stack_process(environment=limits) as stack:
        yield stack


@pytest.fixture
def deployment(stack: RunningStack) -> Deployment:
    return Deployment.of(stack.outputs)


async def test_who_floods_is_closed_and_others_go_on(deployment: Deployment) -> None:
    async with Door.to(deployment) as door:
        # Given two people in a room
        ann, ben = await door.newcomer("ann"), await door.newcomer("ben")
        room_id = await make_room(ben, ann)

        # When one sends twice as much at once as is called a flood (a window may end in the middle of it)
        for number in range(4 * FLOOD_MULTIPLIER * SENDS):
            await ann.tell("sendMessage", roomId=room_id, message="!", clientMessageId=f"{number}")

        # Then they are closed
        assert await ann.closed() == aiohttp.WSCloseCode.OK
        # And the other is answered, and has heard no more than two allowances
        answer = await ben.ask("sendMessage", roomId=room_id, message="at last", clientMessageId="ben's")
        assert answer["action"] == "messageSent"
        assert answer["seq"] <= 3 * SENDS


async def test_who_connects_again_and_again_is_refused_with_429(deployment: Deployment) -> None:
    async with Door.to(deployment) as door:
        # Given somebody who may connect eight times a minute
        ann = await door.newcomer("ann")

        # When they come more often than one may in two minutes
        statuses = [await _knock(door, ann.person) for _ in range(2 * CONNECTS)]

        # Then the handshake says why, and who is in stays in
        assert statuses[-1] == 429
        assert (await ann.ask("ping"))["action"] == "pong"


async def _knock(door: Door, person: Person) -> int:
    """Open a connection and close it; how the handshake was answered."""
    try:
        client = await door.open(person, hello=False)
    except aiohttp.WSServerHandshakeError as refused:
        return refused.status
    await client.hang_up()
    return 101


async def test_a_connection_too_many_closes_the_oldest(deployment: Deployment) -> None:
    async with Door.to(deployment) as door:
        # Given as many connections as one may have
        ann = await door.newcomer("ann")
        others = [await door.open(ann.person) for _ in range(2)]

        # When one more is opened
        newest = await door.open(ann.person)

        # Then the oldest is closed, and the others stay
        assert await ann.closed() == aiohttp.WSCloseCode.OK
        for client in (*others, newest):
            assert (await client.ask("ping"))["action"] == "pong"
        await asyncio.gather(*(client.hang_up() for client in others))
