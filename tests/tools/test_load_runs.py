"""The load tool runs, small and short. How fast anything was is nobody's business here."""

import os
import re
import subprocess
import sys

import pytest

from local.settings import ROOT


@pytest.fixture(scope="module")
def printed() -> str:
    """What a short run on small rooms says. Where it fails, it fails once for all."""
    # Other tests of this process may have set limits that nobody reaches.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "PARLEY_"))}
    run = subprocess.run(
        [sys.executable, "-m", "tools.load", "--sizes", "2,10", "--seconds", "0.5", "--people", "20", "--emulator"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert "Traceback" not in run.stderr, run.stderr
    return run.stdout


def test_every_section_has_its_table(printed: str) -> None:
    assert re.findall(r"^(\d)\. ", printed, re.MULTILINE) == ["1", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize(
    "target",
    [
        "recipients whom a message never reached",
        "recipients whom a message of the other's never reached",
        "commands that what lies beside them makes dearer",
        "acknowledged reactions that are missing",
        "reactions that were given up",
    ],
)
def test_what_is_counted_holds(printed: str, target: str) -> None:
    assert f"target: {target} at most 0.000: 0.000, holds" in printed


def test_the_flooder_is_refused(printed: str) -> None:
    assert re.search(r"heard: .*\d rateLimited", printed)
