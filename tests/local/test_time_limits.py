"""Connections end when they are idle or old, as API Gateway's do."""

import asyncio
from pathlib import Path

import aiohttp
import pytest

from local.settings import Limits
from tests.local.stacks import RECORD, echoing, open_socket, stack_of

pytestmark = pytest.mark.anyio


async def test_an_idle_connection_is_closed_and_a_busy_one_is_not(tmp_path: Path) -> None:
    with stack_of(echoing(tmp_path / "lambdas"), tmp_path, Limits(idle_seconds=1.5)) as stack:
        async with aiohttp.ClientSession() as session:
            idle = await open_socket(session, stack)
            busy = await open_socket(session, stack)
            for _ in range(12):
                await busy.send_str("{}")
                await busy.receive_str()
                await asyncio.sleep(0.2)
            farewell = await asyncio.wait_for(idle.receive(), 1)
            assert (farewell.type, farewell.data) == (aiohttp.WSMsgType.CLOSE, 1001)
            assert not busy.closed
            await busy.close()


async def test_an_old_connection_is_closed_however_busy_it_is(tmp_path: Path) -> None:
    with stack_of(echoing(tmp_path / "lambdas"), tmp_path, Limits(lifetime_seconds=0.5)) as stack:
        async with aiohttp.ClientSession() as session, await open_socket(session, stack) as socket:
            async with asyncio.timeout(3):
                while not socket.closed:
                    await socket.send_str("{}")
                    await socket.receive()
            assert socket.close_code == 1001


async def test_a_stop_closes_what_is_open_and_tells_the_functions(tmp_path: Path) -> None:
    async with aiohttp.ClientSession() as session:
        functions = echoing(tmp_path / "lambdas").add(
            "disconnect", "{route: [$disconnect]}", RECORD.format(file=str(tmp_path / "disconnected"))
        )
        with stack_of(functions, tmp_path) as stack:
            socket = await open_socket(session, stack)
            stopped = asyncio.get_running_loop().run_in_executor(None, stack.stop)
            assert (await asyncio.wait_for(socket.receive(), 3)).type is aiohttp.WSMsgType.CLOSE
            await stopped
        assert socket.close_code == 1001
        assert '"DISCONNECT"' in (tmp_path / "disconnected").read_text()
