"""The load tool runs, small and short, and everybody gets every message."""

import re
import subprocess
import sys

from local.settings import ROOT


def test_a_short_run_on_small_rooms_reaches_everybody() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.load", "--sizes", "2,10", "--seconds", "0.5", "--emulator"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    sizes_and_missed = re.findall(r"^ *(\d+) .* (\d+)$", run.stdout, re.MULTILINE)
    assert sizes_and_missed == [("2", "0"), ("10", "0")], run.stdout
