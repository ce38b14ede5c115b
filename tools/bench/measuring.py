"""CPU time of several ways to do the same thing, measured in turns so that whatever disturbs disturbs all."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

WARM_UP_ROUNDS = 5


@dataclass(frozen=True)
class Contender:
    """One way. `prepare` makes the input of each run and is not measured."""

    name: str
    prepare: Callable[[], Any]
    run: Callable[[Any], None]


def median_cpu_us(contenders: list[Contender], rounds: int) -> list[float]:
    """The median of each one's CPU microseconds, user and system of this whole process, all threads."""
    samples: list[list[int]] = [[] for _ in contenders]
    for number in range(WARM_UP_ROUNDS + rounds):
        if number == WARM_UP_ROUNDS:
            # What one side keeps in memory must not be walked by the garbage collector at the other's expense.
            gc.collect()
            gc.freeze()
        for contender, own in zip(contenders, samples, strict=True):
            given = contender.prepare()
            started = time.process_time_ns()
            contender.run(given)
            own.append(time.process_time_ns() - started)
    gc.unfreeze()
    return [median(own[WARM_UP_ROUNDS:]) / 1000 for own in samples]
