"""The stack under load, in a process of its own, with a user pool and, where it can be had, DynamoDB Local."""

import asyncio
import contextlib
import os
import resource
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.emulation import dynamodb_local
from tests.e2e.people import Deployment, Person
from tests.support.stack_process import stack_process

AT_ONCE = 8
"""Accounts that are made at once."""

THREADS = 64
"""Functions that run at once: Lambda has places for a thousand, and here one that waits should not hold up others."""

SPARE_FILES = 500


@dataclass(frozen=True)
class Stack:
    """One that runs. `database` says what its tables are in."""

    deployment: Deployment
    database: str
    pid: int

    def cpu_seconds(self) -> float | None:
        """User and system time of its process so far: gateway, functions and emulated SQS; None where /proc is not."""
        stat = Path(f"/proc/{self.pid}/stat")
        if not stat.exists():
            return None
        user, system = stat.read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    async def people(self, count: int) -> list[Person]:
        """New accounts, signed in."""
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(number: int) -> Person:
            async with gate:
                return await asyncio.to_thread(self.deployment.person, f"load{number}")

        return await asyncio.gather(*(one(number) for number in range(count)))


@contextlib.contextmanager
def running(environment: Mapping[str, str], *, emulated: bool = False) -> Iterator[Stack]:
    """A stack whose functions get these variables beside their own."""
    with contextlib.ExitStack() as cleanup:
        settings: dict[str, Any] = {"environment": dict(environment), "threads": THREADS}
        database = "the emulator"
        if not emulated:
            with contextlib.suppress(dynamodb_local.DynamoDbLocalMissing):
                settings["dynamodb_endpoint"] = cleanup.enter_context(dynamodb_local.running())
                database = "DynamoDB Local"
        process = cleanup.enter_context(stack_process(**settings))
        yield Stack(Deployment.of(process.outputs), database, process.pid)


def allow_files(connections: int) -> bool:
    """Let this process, and those that it starts, hold so many connections; False where the system forbids it."""
    wanted = connections + SPARE_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and wanted > hard:
        return False
    if soft != resource.RLIM_INFINITY and wanted > soft:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return True
