"""The garbage collector pauses from the import of a handler to the first invocation, in an interpreter of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

WATCH = """
import gc, importlib, json, sys
from tests.unit.builders import LambdaContext

handler = importlib.import_module(f"lambdas.{sys.argv[1]}.handler").handler
imported = (gc.isenabled(), gc.get_freeze_count() > 0)
try:
    handler({}, LambdaContext())
except KeyError:  # the event is empty
    pass
print(json.dumps([imported, (gc.isenabled(), gc.get_freeze_count() > 0)]), file=sys.stderr)
"""


@pytest.mark.parametrize("function", ["fan_out", "reconcile_subscriptions"])
def test_the_collector_pauses_until_the_first_invocation(function: str) -> None:
    finished = subprocess.run(
        [sys.executable, "-c", WATCH, function],
        cwd=ROOT,
        env={"PARLEY_TABLE_PREFIX": "parley-unit", "AWS_REGION": "eu-west-1"},
        capture_output=True,
        text=True,
        check=True,
    )

    imported, invoked = json.loads(finished.stderr)
    assert imported == [False, False]
    assert invoked == [True, True]
