"""The bench compares like with like, and knows every function."""

import subprocess
import sys

import pytest

from local.settings import ROOT
from tools.bench.contention import RATES


def check(*options: str) -> None:
    run("tools.bench", "--check", *options)


def run(module: str, *options: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", module, *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_both_sides_do_the_same_and_every_function_has_its_row() -> None:
    check("--emulator")


@pytest.mark.dynamodb_local
def test_the_bill_reckons_with_what_commands_do_today() -> None:
    check()


def test_sends_and_changes_at_once_lose_nothing() -> None:
    printed = run("tools.bench.contention", "--emulator", "--seconds", "1")

    assert printed.count("done") >= len(RATES)
