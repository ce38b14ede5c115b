"""Event source mappings: what carries queue messages and stream records to their functions."""

from local.functions import Functions
from local.invocation import Invoker
from local.pumps.checkpoints import Checkpoints
from local.pumps.queue_pump import QueuePump
from local.pumps.stream_pump import StreamPump
from local.settings import Settings


class Pumps:
    """One pump for each function that a queue or a stream triggers."""

    def __init__(
        self,
        functions: Functions,
        invoker: Invoker,
        sqs_endpoint: str,
        dynamodb_endpoint: str,
        settings: Settings,
    ) -> None:
        prefix = settings.table_prefix
        checkpoints = Checkpoints(settings.state / "streams.json")
        self._pumps: list[QueuePump | StreamPump] = []
        for name, file in functions.files.items():
            if file.trigger.queue is not None:
                self._pumps.append(QueuePump(name, file.trigger.queue, invoker, sqs_endpoint, prefix))
            if file.trigger.stream is not None and settings.tables:
                stream = file.trigger.stream
                self._pumps.append(StreamPump(name, stream, invoker, dynamodb_endpoint, prefix, checkpoints))

    def start(self) -> None:
        """Begin to pump, each in a thread of its own."""
        for pump in self._pumps:
            pump.start()

    def stop(self) -> None:
        """End pumping; a batch that is being worked on is finished first."""
        for pump in self._pumps:
            pump.stopping.set()
        for pump in self._pumps:
            pump.join()
