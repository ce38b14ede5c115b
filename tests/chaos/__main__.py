"""`python -m tests.chaos --minutes 2 --seed 1`: a workload, and whether all that is promised held.

The exit code is 1 where something was violated; the history is then kept, and `--judge FILE` judges it again.

The seed fixes what every device wants to do and when, and, for each kind of fault, on which of its occasions it
happens. It does not fix which thread gets to an occasion first: a run with the same seed is alike, not the same.
"""

import argparse
import contextlib
import os
import secrets
import sys
import tempfile
import time
from pathlib import Path

from local.emulation import dynamodb_local
from tests.chaos import history, report
from tests.chaos.plan import Plan
from tests.chaos.run import run_plan
from tests.chaos.settling import NeverQuiet


def main() -> int:
    """The exit code."""
    arguments = _arguments()
    if arguments.judge:
        return report.judge(history.load(arguments.judge))
    seed = arguments.seed or str(secrets.randbelow(1_000_000))
    folder = Path(tempfile.mkdtemp(prefix="parley-faults-"))
    started = time.monotonic()

    shown = sys.stderr  # what the stack prints there from now on goes to the log

    def say(text: str) -> None:
        print(f"[{time.monotonic() - started:4.0f} s] {text}", file=shown, flush=True)

    print(f"Seed {seed}, {arguments.minutes:g} minutes. Log: {folder / 'stack.log'}", flush=True)
    once_more = f"Once more: make soak MINUTES={arguments.minutes:g} SEED={seed}"
    with contextlib.ExitStack() as cleanup:
        endpoint = os.environ.get("DYNAMODB_ENDPOINT")
        if arguments.dynamodb_local:
            endpoint = cleanup.enter_context(dynamodb_local.running())
        plan = Plan(seed, arguments.minutes * 60, folder / "stack.log", dynamodb_endpoint=endpoint, say=say)
        try:
            run = run_plan(plan)
        except NeverQuiet as unrest:
            print(f"It does not come to rest {unrest}\n{once_more}")
            return 1
    file = folder / "history.jsonl"
    history.save(run.history, file)
    print(report.of(run))
    print(f"The history is in {file}; judge it again: python -m tests.chaos --judge {file}")
    violated = report.judge(run.history)
    if violated:
        print(once_more)
    return violated


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description="Many clients, many faults.")
    parser.add_argument("--minutes", type=float, default=1.0, help="how long the workload lasts")
    parser.add_argument("--seed", help="what acts and faults are drawn from; drawn and told unless given")
    parser.add_argument("--dynamodb-local", action="store_true", help="use Amazon's DynamoDB Local, not the emulator")
    parser.add_argument("--judge", type=Path, metavar="FILE", help="only judge the history of an earlier run")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
