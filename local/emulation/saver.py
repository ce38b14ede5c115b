"""Saving every few seconds, so that a process that is killed loses no more than those."""

import threading
from collections.abc import Callable


class Saver:
    """Calls `save` every so many seconds, from `start` to `stop`."""

    def __init__(self, save: Callable[[], None], seconds: float) -> None:
        self._save = save
        self._seconds = seconds
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="saver", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End. What has changed since the last time is for whoever stops the emulator to save."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopped.wait(self._seconds):
            self._save()
