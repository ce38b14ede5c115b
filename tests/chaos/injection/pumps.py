"""Faults of queues and streams: what was done is delivered once more."""

from typing import Any

from local.pumps import Pumps
from local.pumps.queue_pump import QueuePump
from local.pumps.stream_pump import StreamPump
from tests.chaos.injection.kinds import Faults
from tests.chaos.injection.patches import Patches

_STRUCK_OFTEN = 3
"""Receives of a queue entry. One that comes for the third time is spared, or faults this frequent would make dead
letters of entries that nothing is wrong with."""


def was_struck_often(event: dict[str, Any]) -> bool:
    """Whether an event holds such an entry."""
    receives = [
        int(record.get("attributes", {}).get("ApproximateReceiveCount", 0)) for record in event.get("Records", [])
    ]
    return max(receives, default=0) >= _STRUCK_OFTEN


class PumpFaults:
    """Patch before the stack starts."""

    def __init__(self, faults: Faults, patches: Patches) -> None:
        self._patches = patches
        self._entry_again = faults.kind("queue entry delivered twice", 0.1)
        self._change_again = faults.kind("stream record delivered twice", 0.1)
        self.idle_steps = 0
        """How many times in a row the stream had nothing to show."""
        self.done = 0
        """How often something of a queue or of the stream was worked on."""

    def install(self) -> None:
        """Patch the pumps' classes; and let five poll each queue at once, as Lambda does from the start."""

        def deliver(pump: QueuePump, records: list[dict[str, Any]]) -> set[str]:
            self.done += 1
            done: set[str] = delivered(pump, records)
            again = done and not was_struck_often({"Records": records}) and self._entry_again.strikes()
            return set() if again else done

        def invoke(pump: StreamPump, records: list[dict[str, Any]]) -> int | None:
            self.idle_steps = 0
            self.done += 1
            failed_at: int | None = invoked(pump, records)
            if failed_at is None and self._change_again.strikes():
                return invoked(pump, records)  # type: ignore[no-any-return]
            return failed_at

        def step(pump: StreamPump) -> None:
            stepped(pump)
            self.idle_steps += 1

        def several(pumps: Pumps, functions: Any, invoker: Any, sqs: str, dynamodb: str, settings: Any) -> None:
            made(pumps, functions, invoker, sqs, dynamodb, settings)
            for name, file in functions.files.items():
                if file.trigger.queue is not None:
                    more = (QueuePump(name, file.trigger.queue, invoker, sqs, settings.table_prefix) for _ in range(4))
                    pumps._pumps.extend(more)

        made = self._patches.put(Pumps, "__init__", several)
        delivered = self._patches.put(QueuePump, "_deliver", deliver)
        invoked = self._patches.put(StreamPump, "_invoke", invoke)
        stepped = self._patches.put(StreamPump, "step", step)
