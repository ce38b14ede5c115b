"""One run: a stack with faults, a workload of clients, quiet, and the history of it all."""

import asyncio
import contextlib
import gc
import importlib
import logging
import tempfile
import threading
import warnings
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from local.settings import Limits, Settings
from local.stack import LocalStack
from tests.chaos.history import History
from tests.chaos.injection.gateway import GatewayFaults
from tests.chaos.injection.kinds import FaultProfile, Faults
from tests.chaos.injection.lambdas import LambdaFaults
from tests.chaos.injection.network import Network
from tests.chaos.injection.patches import Patches
from tests.chaos.injection.pumps import PumpFaults
from tests.chaos.plan import Plan
from tests.chaos.recorder import Recorder
from tests.chaos.settling import Settling
from tests.chaos.stored import Stored
from tests.chaos.workload import Workload
from tests.e2e.people import Deployment

LIFETIME_SECONDS = 45.0
"""Instead of two hours."""

IDLE_SECONDS = 15.0
"""Instead of ten minutes."""

WITHOUT_CUTS_SHARE = 0.2
"""How long the time without cuts lasts, of the workload."""

VISIBILITY_SECONDS = 15
_IDLE_STEPS = 3
_LAST_WORDS_SECONDS = 30.0

LIMITS = {f"PARLEY_LIMIT_{name}": "10000" for name in ("SENDS", "COMMANDS", "CONNECTS")}
"""Of a person. What takes hours elsewhere happens to everybody within minutes here."""


@dataclass(frozen=True)
class Run:
    """What came of it."""

    history: History
    operations: Counter[str]
    faults: dict[str, int]


def run_plan(plan: Plan) -> Run:
    """Everything, from the start of the stack to its end. Raises NeverQuiet."""
    return asyncio.run(_ChaosRun(plan).run())


@dataclass
class _ChaosRun:
    plan: Plan
    patches: Patches = field(default_factory=Patches)
    recorder: Recorder = field(default_factory=Recorder)

    def __post_init__(self) -> None:
        self.faults = Faults(self.plan)
        self.lambdas = LambdaFaults(self.faults, self.patches)
        self.gateway = GatewayFaults(self.faults, self.patches)
        self.network = Network(self.faults, self.patches, self.gateway)
        self.pumps = PumpFaults(self.faults, self.patches)

    async def run(self) -> Run:
        with tempfile.TemporaryDirectory() as state, _logging_to(self.plan.log) as handler:
            async with self._stack(Path(state)) as stack, _session() as session:
                # As the functions have imported it, for it knows which request a line belongs to.
                handler.setFormatter(importlib.import_module("shared.edge.logs").JsonFormatter())
                history = await self._history(stack, session)
        return Run(history, self.recorder.operations, self.faults.counts())

    @contextlib.asynccontextmanager
    async def _stack(self, state: Path) -> AsyncIterator[LocalStack]:
        stack = LocalStack(
            Settings(
                state=state,
                dynamodb_endpoint=self.plan.dynamodb_endpoint,
                limits=Limits(
                    lifetime_seconds=LIFETIME_SECONDS / max(1, self.plan.intensity),
                    idle_seconds=IDLE_SECONDS / max(1, self.plan.intensity),
                ),
                threads=32,
                queue_visibility_seconds=VISIBILITY_SECONDS,
                inline_limit=self.plan.inline_limit,
                environment=LIMITS,
            )
        )
        self.lambdas.around_invocations("authorize")
        self.gateway.install()
        self.network.install()
        self.pumps.install()
        try:
            await asyncio.to_thread(stack.start)
            self.lambdas.within()
            self.plan.tamper(self.patches)
            try:
                yield stack
            finally:
                await asyncio.to_thread(stack.stop)
                await asyncio.to_thread(_drop_connections)
        finally:
            self.patches.undo()

    async def _history(self, stack: LocalStack, session: aiohttp.ClientSession) -> History:
        workload = Workload(self.plan, Deployment.of(stack.outputs), self.recorder, session)
        stored = Stored(stack, stack.outputs["cognito_endpoint"])
        settling = Settling(workload, lambda: self._unrest(stored), lambda: self.pumps.done)
        try:
            await workload.set_up()
            self.plan.say(f"{len(workload.devices)} devices, {len(workload.acts.rooms)} rooms: the workload begins")
            self.faults.profile = FaultProfile.ALL
            cutting = asyncio.create_task(self.network.apply_profile())
            progress = asyncio.create_task(self._progress())
            await workload.run(self.plan.seconds, lambda: self.plan.enough(self.faults.counts()))
            self.faults.profile = FaultProfile.NONE
            progress.cancel()
            await cutting  # not cancelled: a gateway that is being restarted comes back first
            self.gateway.heal()
            self.network.calm()
            self.plan.say("the workload is over")
            if self.plan.settles:
                await settling.come_back()
                self.faults.profile = FaultProfile.WITHOUT_CUTS
                await workload.run(self.plan.seconds * WITHOUT_CUTS_SHARE, without_cuts=True)
                self.faults.profile = FaultProfile.NONE
                await settling.settle()
                await settling.write_down()
            tables = await asyncio.to_thread(stored.tables, self.network.connections)
        finally:
            await asyncio.gather(*(device.client.stop() for device in workload.devices))
        return History(self.recorder.records, tables)

    def _unrest(self, stored: Stored) -> str:
        """What is still at work."""
        if self.lambdas.running:
            return f"{self.lambdas.running} invocations"
        if queued := stored.queued():
            return f"{queued} queue entries"
        return "" if self.pumps.idle_steps >= _IDLE_STEPS else "the stream"

    async def _progress(self) -> None:
        while True:
            await asyncio.sleep(30)
            happened = sum(self.faults.counts().values())
            self.plan.say(f"{self.recorder.operations.total()} operations, {happened} faults")


def _drop_connections() -> None:
    """What handlers kept open, per thread, ends with the threads: here, and not while something else runs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        for thread in threading.enumerate():
            if thread.name.startswith("lambda"):
                thread.join(_LAST_WORDS_SECONDS)
        gc.collect()


def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))


@contextlib.contextmanager
def _logging_to(file: Path) -> Iterator[logging.Handler]:
    """What the stack logs and prints goes to a file."""
    with file.open("w") as out:
        handler = logging.StreamHandler(out)
        root = logging.getLogger()
        root.addHandler(handler)
        level = root.level
        root.setLevel(logging.INFO)
        try:
            with contextlib.redirect_stderr(out):
                yield handler
        finally:
            root.removeHandler(handler)
            root.setLevel(level)
