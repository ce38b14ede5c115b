"""What the cold start of a send is made of."""

from statistics import median

from tools.bench.cold import issuer
from tools.bench.cold.starts import SEND, Start, Steps, commands, start
from tools.bench.report import Section
from tools.cost.compute import CPU_SHARE

_STANDARD = "import dataclasses, hashlib, hmac, ssl, traceback, typing, urllib.parse, uuid"
_PYDANTIC = "from pydantic import AfterValidator, BaseModel, Field, ValidationError, field_validator, model_validator"
_TABLES = (
    "import shared.features.memberships.table, shared.features.messages.table, shared.features.receipts.table, "
    "shared.features.rooms.table, shared.realtime.subscriptions"
)
PARTS: dict[str, Steps] = {
    "Parley": (
        ("the standard library", _STANDARD),
        ("pydantic", _PYDANTIC),
        ("PynamoDB", "import shared.aws.pynamodb_without_botocore"),
        ("the tables' models", _TABLES),
        ("the wire's models", "import shared.features.messages.wire"),
        ("the handler", f"from lambdas.{SEND}.handler import handler"),
    ),
    "plain": (
        ("the standard library", _STANDARD),
        ("pydantic", _PYDANTIC),
        ("PynamoDB", "import pynamodb.models"),
        ("the tables' models", "import tools.bench.plain.models"),
        ("boto3", "import boto3"),
        ("the handler", f"from tools.bench.plain.{SEND} import handler"),
    ),
}
"""How the start of sendMessage falls apart, in this order: what a part imports is there for those after it."""


def measure(rounds: int) -> Section:
    """What the cold start of a send is made of."""
    with issuer.running() as token:
        command = next(each for each in commands(token) if each.function == SEND)
        starts: dict[str, list[Start]] = {name: [] for name in PARTS}
        for number in range(rounds + 1):
            for name, steps in PARTS.items():
                started = start(steps, command.events())
                if number > 0:
                    starts[name].append(started)
    rows = []
    for name, each in starts.items():
        parts = {part: median(one.steps[part] for one in each) for part in each[0].steps}
        parts["the first request"] = median(one.requests[0] for one in each)
        parts["the second request"] = median(one.requests[1] for one in each)
        rows += [(name, part, f"{ms:.1f}", f"{ms / CPU_SHARE:.0f}") for part, ms in parts.items()]
    return Section(
        f"7. What the cold start of {SEND} is made of: CPU ms (median of {rounds} processes)",
        ("way", "part", "CPU ms", "at 256 MB"),
        rows,
        notes=["In this order: what a part imports is there for those after it."],
    )
