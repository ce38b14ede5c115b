"""What all pumps have in common: a thread that repeats a step until told to stop, and outlives failures."""

import sys
import threading
from abc import ABC, abstractmethod

from botocore.exceptions import BotoCoreError, ClientError

_RETRY_SECONDS = 1.0


class Pump(threading.Thread, ABC):
    """Subclasses say what one step is."""

    def __init__(self, function: str) -> None:
        super().__init__(name=f"pump-{function}", daemon=True)
        self.function = function
        self.stopping = threading.Event()

    @abstractmethod
    def step(self) -> None:
        """Fetch and deliver what there is, waiting a moment if there is nothing."""

    def run(self) -> None:
        """Repeat the step, and do it a last time when told to stop, as the emulator's streams end with it.

        A service that does not answer is asked again after a second.
        """
        last = False
        while not last:
            last = self.stopping.is_set()
            try:
                self.step()
            except (BotoCoreError, ClientError) as error:
                print(f"{self.function}: {error}", file=sys.stderr)
                self.stopping.wait(_RETRY_SECONDS)
