"""The bench compares like with like, and knows every function."""

import subprocess
import sys

from local.settings import ROOT


def test_both_sides_do_the_same_and_every_function_has_its_row() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--check", "--emulator"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
