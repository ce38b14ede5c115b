"""The bench compares like with like, and knows every function."""

import subprocess
import sys

import pytest

from local.settings import ROOT


def check(*options: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tools.bench", "--check", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr


def test_both_sides_do_the_same_and_every_function_has_its_row() -> None:
    check("--emulator")


@pytest.mark.dynamodb_local
def test_the_bill_reckons_with_what_commands_do_today() -> None:
    check()
