"""`make test`: every check, one line each, and at the end how many tests passed and failed.

A check whose tool is not on this machine is skipped with a line that says what to install. Where CI is set nothing
may be skipped: neither a check nor a single test.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
NPM = ("npm", "--prefix", "frontend", "run", "--silent")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
IN_CI = os.environ.get("CI", "").lower() in ("1", "true")


@dataclass(frozen=True)
class Check:
    """One line of the report. `lint` marks those that `make lint` runs too."""

    name: str
    command: tuple[str, ...]
    lint: bool = False
    needs: str = ""
    """What to install where it can't run; empty where it can."""
    counts: str = ""
    """The expression of its closing summary, up to the numbers."""


def _without_browser() -> str:
    if os.environ.get("CHROMIUM") or any(shutil.which(name) for name in CHROMIUM_NAMES):
        return ""
    return "install Chromium, or name one by CHROMIUM=/path/to/chromium"


CHECKS = (
    Check("Python style", (PYTHON, "-m", "ruff", "check", "--quiet", "."), lint=True),
    Check("Python format", (PYTHON, "-m", "ruff", "format", "--quiet", "--check", "."), lint=True),
    Check("Python types", (PYTHON, "-m", "mypy"), lint=True),
    Check("Function files", (PYTHON, "-m", "local.function_files"), lint=True),
    Check("Generated wire types are up to date", (PYTHON, "-m", "local.protocol_types", "--check"), lint=True),
    Check("App style and format", (*NPM, "lint"), lint=True),
    Check("App types", (*NPM, "typecheck"), lint=True),
    Check("App tests (Vitest)", (*NPM, "test"), counts=r"^\s*Tests\s+(?=\d)"),
    Check("App builds", ("make", "--no-print-directory", "frontend/dist/index.html")),
    Check("Unit, integration, end-to-end tests", (PYTHON, "-m", "pytest", "--color=no", "tests"), counts=r"^=+ (?=\d)"),
    Check("Two minutes under fire", (PYTHON, "-m", "tests.faults", "--minutes", "2", "--seed", "1")),
    Check("Two people in a browser", (*NPM, "test:browser"), needs=_without_browser(), counts=r"^\s+(?=\d+ \w+( |$))"),
)


def main() -> int:
    """The exit code: 0 if all that ran is right, and, in CI, all did run."""
    only_lint = sys.argv[1:] == ["lint"]
    started = time.monotonic()
    right = True
    totals = {"passed": 0, "failed": 0, "skipped": 0}
    for check in CHECKS:
        if check.lint or not only_lint:
            right &= _run(check, totals)
    right &= not (IN_CI and totals["skipped"])
    if not only_lint:
        skipped = f", {totals['skipped']} skipped" if totals["skipped"] else ""
        seconds = time.monotonic() - started
        print(f"All of it took {seconds:.0f} s.")
        print(f"{totals['passed']} passed, {totals['failed']} failed{skipped}", flush=True)
    return 0 if right else 1


def _run(check: Check, totals: dict[str, int]) -> bool:
    print(f"{check.name:.<46} ", end="", flush=True)
    if check.needs:
        print(f"{'FAILED' if IN_CI else 'skipped'}: {check.needs}", flush=True)
        return not IN_CI
    started = time.monotonic()
    run = subprocess.run(
        check.command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    numbers = _numbers(check, run.stdout)
    for word, number in numbers.items():
        totals[word] += number
    told = ", ".join(f"{number} {word}" for word, number in numbers.items() if number) or "ok"
    print(f"{told if run.returncode == 0 else 'FAILED'} ({time.monotonic() - started:.0f} s)", flush=True)
    if run.returncode != 0:
        print(run.stdout, flush=True)
    elif numbers.get("skipped"):
        print("\n".join(line for line in run.stdout.splitlines() if line.startswith("SKIPPED")), flush=True)
    return run.returncode == 0


def _numbers(check: Check, output: str) -> dict[str, int]:
    """Passed, failed and skipped, from the closing summary of pytest, Vitest or Playwright."""
    numbers = {"passed": 0, "failed": 0, "skipped": 0}
    if not check.counts:
        return {}
    plain = re.sub(r"\x1b\[[\d;]*m", "", output)
    for line in plain.splitlines():
        if re.match(check.counts, line):
            for number, word in re.findall(r"(\d+) (passed|failed|skipped|errors?)", line):
                numbers["failed" if word.startswith("error") else word] += int(number)
    return numbers


if __name__ == "__main__":
    sys.exit(main())
