"""`make test`: every check, one line each, and at the end how many tests passed and failed.

A check whose tool is not on this machine is skipped with a line that says what to install. Where CI is set no test and
no check that is `required` may be skipped.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
NPM = ("npm", "--prefix", "frontend", "run", "--silent")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WORKFLOWS = tuple(map(str, sorted(ROOT.glob(".github/workflows/*.yml"))))
ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12"
IN_CI = os.environ.get("CI", "").lower() in ("1", "true")


@dataclass(frozen=True)
class Check:
    """One line of the report. `lint` marks those that `make lint` runs too."""

    name: str
    command: tuple[str, ...]
    lint: bool = False
    needs: str = ""
    """What to install where it can't run; empty where it can."""
    required: bool = True
    """Fails in CI where it can't run. Off for what no package manager of CI brings: the skip then says so."""
    counts: str = ""
    """The expression of its closing summary, up to the numbers."""


def _without_browser() -> str:
    if os.environ.get("CHROMIUM") or any(shutil.which(name) for name in CHROMIUM_NAMES):
        return ""
    return "install Chromium, or name one by CHROMIUM=/path/to/chromium"


def _actionlint() -> tuple[str, ...]:
    """The linter of GitHub's workflows: the one on this machine, or built by Go; empty where neither is there."""
    if shutil.which("actionlint"):
        return ("actionlint", *WORKFLOWS)
    return ("go", "run", ACTIONLINT, *WORKFLOWS) if shutil.which("go") else ()


# One after another.
FIRST = (
    Check("Python style", (PYTHON, "-m", "ruff", "check", "--quiet", "."), lint=True),
    Check("Python format", (PYTHON, "-m", "ruff", "format", "--quiet", "--check", "."), lint=True),
    Check("Python types", (PYTHON, "-m", "mypy"), lint=True),
    Check("Function files", (PYTHON, "-m", "tools.function_files"), lint=True),
    Check("Generated wire types are up to date", (PYTHON, "-m", "tools.protocol_types", "--check"), lint=True),
    Check(
        "Workflows of GitHub Actions",
        _actionlint(),
        lint=True,
        needs="" if _actionlint() else "install actionlint, or Go to build it",
        required=False,
    ),
    Check("App style and format", (*NPM, "lint"), lint=True),
    Check("App types", (*NPM, "typecheck"), lint=True),
    Check("App tests (Vitest)", (*NPM, "test"), counts=r"^\s*Tests\s+(?=\d)"),
    Check("App builds", ("make", "--no-print-directory", "frontend/dist/index.html")),
)

PYTEST = (PYTHON, "-m", "pytest", "--color=no")
PYTEST_COUNTS = r"^=+ (?=\d)"
BROWSER_COUNTS = r"^\s+(?=\d+ \w+( |$))"
LOGIC = ("tests/unit", "tests/integration")

UNIT = Check("Unit tests", (*PYTEST, "tests/unit"), counts=PYTEST_COUNTS)
"""Of `make check`; `make test` runs them together with the integration tests."""

# Two lanes at once, for each of these spends half its time waiting.
LANES = (
    (
        Check("Unit and integration tests", (*PYTEST, *LOGIC), counts=PYTEST_COUNTS),
        Check("Two minutes under fire", (PYTHON, "-m", "tests.chaos", "--minutes", "2", "--seed", "1")),
    ),
    (
        Check(
            "End-to-end tests, and tests of the tools",
            (*PYTEST, "tests", *(f"--ignore={folder}" for folder in LOGIC)),
            counts=PYTEST_COUNTS,
        ),
        Check("Two people in a browser", (*NPM, "test:browser"), needs=_without_browser(), counts=BROWSER_COUNTS),
    ),
)


def main() -> int:
    """The exit code: 0 if all that ran is right, and, in CI, all did run."""
    part = sys.argv[1] if len(sys.argv) > 1 else "all"
    started = time.monotonic()
    if part == "lint":
        results = [_run(check) for check in FIRST if check.lint]
    elif part == "check":
        results = [_run(check) for check in (*FIRST, UNIT)]
    else:
        results = [_run(check) for check in FIRST]
        print("From here two at a time; each takes minutes.", flush=True)
        results += _run_lanes()
    totals = sum((Counter(result.numbers) for result in results), Counter[str]())
    if part != "lint":
        skipped = f", {totals['skipped']} skipped" if totals["skipped"] else ""
        print(f"All of it took {time.monotonic() - started:.0f} s.")
        print(f"{totals['passed']} passed, {totals['failed']} failed{skipped}", flush=True)
    right = all(result.right for result in results) and not (IN_CI and totals["skipped"])
    return 0 if right else 1


@dataclass(frozen=True)
class Result:
    """How a check ended. `numbers`: of tests, where it has any."""

    right: bool
    numbers: dict[str, int] = field(default_factory=dict)


def _run_lanes() -> list[Result]:
    stopped = Event()

    def run(lane: tuple[Check, ...]) -> list[Result]:
        return [_run(check) for check in lane if not stopped.is_set()]

    with ThreadPoolExecutor(len(LANES)) as lanes:
        running = [lanes.submit(run, lane) for lane in LANES]
        try:
            return [result for lane in running for result in lane.result()]
        except KeyboardInterrupt:
            stopped.set()
            raise


def _run(check: Check) -> Result:
    name = f"{check.name:.<46}"
    if check.needs:
        fails = IN_CI and check.required
        print(f"{name} {'FAILED' if fails else 'skipped'}: {check.needs}", flush=True)
        return Result(right=not fails)
    started = time.monotonic()
    run = subprocess.run(
        check.command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    numbers = _numbers(check, run.stdout)
    told = ", ".join(f"{number} {word}" for word, number in numbers.items() if number) or "ok"
    lines = [f"{name} {told if run.returncode == 0 else 'FAILED'} ({time.monotonic() - started:.0f} s)"]
    if run.returncode != 0:
        lines.append(run.stdout)
    elif numbers.get("skipped"):
        lines += [line for line in run.stdout.splitlines() if line.startswith("SKIPPED")]
    print("\n".join(lines), flush=True)
    return Result(run.returncode == 0, numbers)


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
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("Stopped.")
