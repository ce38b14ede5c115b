"""From a fresh process to the first answer, and to the later ones, with what each part of it costs."""

import compileall
import json
import subprocess
import sys
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from local.settings import ROOT
from tools.bench import world
from tools.bench.cold import issuer
from tools.bench.report import Section, Target
from tools.bench.sends import MEMBERS, NotTheSame
from tools.bench.world import TEXT, Client, Event
from tools.cost.compute import CPU_SHARE

PAGE = 50
AT_MOST = 1 / 3
WARM = 20
"""Requests after the first; the first few of them still fill caches, and the median passes over them."""

SEND = "send_message"
Steps = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Start:
    """One process: CPU milliseconds of its steps and of its requests, and the bodies of its answers."""

    steps: dict[str, float]
    requests: list[float]
    answers: list[Event]

    @property
    def importing(self) -> float:
        """All steps."""
        return sum(self.steps.values())

    @property
    def cold(self) -> float:
        """Until the first answer."""
        return self.importing + self.requests[0]


def parley(function: str) -> Steps:
    """The start of a function, in one step."""
    return (("all", f"from lambdas.{function}.handler import handler"),)


def plain(function: str) -> Steps:
    """The same of its plain counterpart."""
    return (("all", f"from tools.bench.plain.{function} import handler"),)


def start(steps: Steps, events: Sequence[Event]) -> Start:
    """One fresh process."""
    run = subprocess.run(
        [sys.executable, "-m", "tools.bench.cold.fresh"],
        input=json.dumps({"steps": steps, "events": events}),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Start(**json.loads(run.stdout))


@dataclass(frozen=True)
class _Command:
    function: str
    events: Callable[[], list[Event]]
    """The first request and those after it, for one process."""


def commands(token: str) -> list[_Command]:
    alice = world.newcomer("alice")
    room_id = world.room_of(alice, MEMBERS)
    world.send(alice, room_id, PAGE + 1)

    def sends() -> list[Event]:
        frames = ({"message": TEXT, "clientMessageId": str(uuid.uuid4())} for _ in range(1 + WARM))
        return [alice.event("sendMessage", roomId=room_id, **frame) for frame in frames]

    def again(client: Client, route: str, **fields: object) -> Callable[[], list[Event]]:
        return lambda: [client.event(route, **fields)] * (1 + WARM)

    handshake = {
        "type": "REQUEST",
        "methodArn": "arn:aws:execute-api:us-east-1:000000000000:abcdef1234/prod/$connect",
        "headers": {"Authorization": f"Bearer {token}"},
        "requestContext": {"connectionId": alice.connection_id},
    }
    return [
        _Command(SEND, sends),
        _Command("hello", again(alice, "hello")),
        _Command("get_messages", again(alice, "getMessages", roomId=room_id, limit=PAGE)),
        _Command("connect", again(alice, "$connect")),
        _Command("authorize", lambda: [handshake] * (1 + WARM)),
    ]


def check_same() -> None:
    """The two ways answer the same; of sends `tools.bench.sends` checks much more. Raises NotTheSame."""
    with issuer.running() as token:
        for command in commands(token):
            first = command.events()[:1]
            second = command.events()[:1] if command.function == SEND else first
            ours = start(parley(command.function), first).answers[0]
            theirs = start(plain(command.function), second).answers[0]
            if command.function != SEND and _meaning(ours) != _meaning(theirs):
                raise NotTheSame(f"{command.function}:\n{ours}\n{theirs}")


def _meaning(answer: Event) -> Event:
    return {**answer, "body": json.loads(answer["body"])} if "body" in answer else answer


def measure(rounds: int) -> Section:
    """The table. Each round starts everything once, so that a disturbance meets all."""
    with issuer.running() as token:
        starting = commands(token)
        for folder in ("shared", "lambdas", "tools/bench"):
            compileall.compile_dir(ROOT / folder, quiet=1)
        starts: dict[tuple[str, str], list[Start]] = {}
        for number in range(rounds + 1):
            for command in starting:
                for name, way in (("Parley", parley), ("plain", plain)):
                    started = start(way(command.function), command.events())
                    if number > 0:  # the first round warms the disk's cache
                        starts.setdefault((command.function, name), []).append(started)
    baseline = median(each.cold for each in starts[SEND, "plain"])
    rows, targets = [], []
    for (function, name), each in starts.items():
        importing = median(one.importing for one in each)
        cold = median(one.cold for one in each)
        warm = median(median(one.requests[1:]) for one in each)
        rows.append(
            (
                function,
                name,
                f"{importing:.0f}",
                f"{cold - importing:.1f}",
                f"{cold:.0f}",
                f"{cold / baseline:.2f}",
                f"{warm:.2f}",
                f"{cold / CPU_SHARE:.0f}",
                f"{warm / CPU_SHARE:.0f}",
            )
        )
        if name == "Parley":
            targets.append(Target(f"the cold start of {function} of plain {SEND}'s", cold / baseline, AT_MOST))
    return Section(
        f"6. From a fresh process to the first answer, and warm: CPU ms (median of {rounds} processes)",
        ("function", "way", "import", "first", "cold", "of plain send", "warm", "cold, 256 MB", "warm, 256 MB"),
        rows,
        targets,
        [
            "cold: import and first request; warm: the median of the requests after it.",
            f"256 MB: the CPU divided by Lambda's share of a core ({CPU_SHARE:.3f}), which is what a user waits.",
        ],
    )
