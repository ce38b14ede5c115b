"""What each Lambda imports when it starts cold, and what that takes, against what people use today."""

import compileall
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from local.settings import ROOT
from tools import function_files
from tools.bench.report import Section, Target

FORBIDDEN = ("boto3", "aws_xray_sdk", "awscrt", "aws_lambda_powertools")
RUNS_BY_THE_CLOCK = 3
BOTO3 = "boto3, 2 clients"
PLAIN = "plain send_message"

_TIMED = """
import json, sys, time
started = time.process_time_ns()
{code}
spent = time.process_time_ns() - started
print(json.dumps([spent / 1e6, sorted(set(name.partition(".")[0] for name in sys.modules) & set({forbidden!r}))]))
"""

_FUNCTION = """
import lambdas.{function}.handler
if "shared.aws.dynamodb" in sys.modules:
    sys.modules["shared.aws.dynamodb"].connection()
"""

_BOTO3 = """
import boto3
boto3.client("dynamodb")
boto3.client("apigatewaymanagementapi", endpoint_url="https://abcdef1234.execute-api.us-east-1.amazonaws.com/prod")
"""

_PLAIN = """
from tools.bench.plain import models, send_message
for each in (models.Subscription, models.Membership, models.Receipt, models.Room, models.Message):
    each._get_connection().connection.client
send_message.transactions.client
"""


@dataclass(frozen=True)
class _Start:
    cpu_ms: float
    forbidden: list[str]


def _start(code: str) -> _Start:
    """One fresh process that runs the code."""
    script = _TIMED.format(code=code, forbidden=FORBIDDEN)
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    cpu_ms, forbidden = json.loads(run.stdout)
    return _Start(cpu_ms, forbidden)


def _heaviest(code: str, most: int) -> list[tuple[str, float]]:
    """Packages by the time that their own modules take, in milliseconds: of each module the least of some runs."""
    least: dict[str, float] = {}
    for _ in range(RUNS_BY_THE_CLOCK):
        for module, ms in _import_times(code):
            least[module] = min(ms, least.get(module, ms))
    totals: dict[str, float] = {}
    for module, ms in least.items():
        package = module.partition(".")[0]
        totals[package] = totals.get(package, 0.0) + ms
    return sorted(totals.items(), key=lambda each: -each[1])[:most]


def _import_times(code: str) -> Iterator[tuple[str, float]]:
    """Each module's own milliseconds in one run of -X importtime."""
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for line in run.stderr.splitlines():
        own, _, name = line.removeprefix("import time:").split("|")
        if own.strip().isdigit():
            yield name.strip(), int(own) / 1000


def measure(rounds: int) -> Section:
    """The table. Each round starts everything once, so that a disturbance meets all."""
    for folder in ("shared", "lambdas"):
        compileall.compile_dir(ROOT / folder, quiet=1)
    functions = list(function_files.read_all())
    code = {name: "import sys" + _FUNCTION.format(function=name) for name in functions}
    code |= {BOTO3: _BOTO3, PLAIN: _PLAIN}
    heaviest = {name: _heaviest(text, 5) for name, text in code.items()}  # it also warms the disk's cache
    starts: dict[str, list[_Start]] = {name: [] for name in code}
    for _ in range(rounds):
        for name, text in code.items():
            starts[name].append(_start(text))
    cpu = {name: median(start.cpu_ms for start in each) for name, each in starts.items()}
    flagged = [
        f"{name} IMPORTS {', '.join(starts[name][0].forbidden)}" for name in functions if starts[name][0].forbidden
    ]
    rows = [
        (
            name,
            f"{cpu[name]:.0f}",
            f"{cpu[name] / cpu[BOTO3]:.2f}",
            f"{cpu[name] / cpu[PLAIN]:.2f}",
            ", ".join(f"{package} {ms:.0f}" for package, ms in heaviest[name]),
        )
        for name in sorted(cpu, key=lambda name: cpu[name])
    ]
    return Section(
        f"5. CPU to import each handler and make its connection (median of {rounds} fresh processes)",
        ("function", "CPU ms", "of boto3", "of plain", "heaviest packages, ms"),
        rows,
        (Target("functions with a forbidden import", float(len(flagged)), 0.0),),
        flagged or [f"No function imports any of {', '.join(FORBIDDEN)}."],
    )
