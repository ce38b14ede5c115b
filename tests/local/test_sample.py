"""The first start shows the product; the same again changes nothing."""

import asyncio
from pathlib import Path

import pytest

from local.emulation import aws
from local.emulation.user_pool import PASSWORD
from local.settings import Settings
from local.stack import LocalStack
from tests.e2e.client import Door
from tests.e2e.people import Credentials, Deployment
from tools import sample

pytestmark = pytest.mark.anyio


async def _state_of(stack: LocalStack, name: str) -> dict[str, list[str]]:
    """What a person finds: the texts of each room, by its name and their status in it."""
    import aiohttp

    deployment = Deployment.of(stack.outputs)
    person = deployment.sign_in(Credentials(name, PASSWORD))
    async with aiohttp.ClientSession() as session:
        client = await Door(deployment, session).open(person)
        rooms = (await client.ask("getRooms"))["rooms"]
        found = {}
        for room in rooms:
            page = await client.ask("getMessages", roomId=room["roomId"])
            found[f"{room['roomName']} {room['status']}"] = [message["message"] for message in page.get("messages", [])]
        await client.hang_up()
    return found


async def test_two_rooms_show_what_parley_does(tmp_path: Path) -> None:
    with LocalStack(Settings(state=tmp_path / "state", site=tmp_path)) as stack:
        cognito = aws.client("cognito-idp", stack.outputs["cognito_endpoint"])
        client_id = stack.outputs["user_pool_client_id"]
        tokens = {name: sample.access_token(cognito, client_id, name, PASSWORD) for name in sample.PEOPLE}

        await sample.write(stack.outputs["websocket_url"], tokens)
        first = {name: await _state_of(stack, name) for name in sample.PEOPLE}
        await asyncio.sleep(0)
        await sample.write(stack.outputs["websocket_url"], tokens)
        second = {name: await _state_of(stack, name) for name in sample.PEOPLE}

    welcome = [text for _, text in sample.CONVERSATION]
    assert first["alice"]["Welcome approved"] == welcome
    assert first["alice"]["Release planning approved"] == [text for _, text in sample.PLANS]
    assert first["carol"] == {"Welcome approved": welcome, "Release planning pending": []}
    assert second == first
