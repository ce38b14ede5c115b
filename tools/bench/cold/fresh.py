"""A fresh process that starts a handler, answers requests with it, and says what each step took in CPU.

The order comes as JSON on standard input: `steps` (pairs of a name and a statement, the last of which must leave
`handler`), and `events`. The answer goes to standard output: the milliseconds of each step and of each event, and the
answers. CPU is user and system time of the process, all threads. Python's own start is not in it, nor are `json` and
`logging`, which Lambda's runtime has imported before it comes to a handler.
"""

import json
import sys
import time
from typing import Any

from tools.bench.surroundings import take_log_lines


class Context:
    """What Lambda passes beside the event."""

    function_name = "bench"
    aws_request_id = "8f5a3c0e-7a52-4b8c-9d0f-2f6e1b7c4d5a"

    def get_remaining_time_in_millis(self) -> int:
        """Time enough."""
        return 30_000


def _cpu_ms() -> float:
    return time.process_time_ns() / 1e6


def _main() -> None:
    order = json.load(sys.stdin)
    take_log_lines()
    names: dict[str, Any] = {}
    steps: dict[str, float] = {}
    for name, statement in order["steps"]:
        before = _cpu_ms()
        exec(statement, names)
        steps[name] = _cpu_ms() - before
    requests, answers = [], []
    for event in order["events"]:
        before = _cpu_ms()
        answers.append(names["handler"](event, Context()))
        requests.append(_cpu_ms() - before)
    json.dump({"steps": steps, "requests": requests, "answers": answers}, sys.stdout)


if __name__ == "__main__":
    _main()
