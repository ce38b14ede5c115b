"""Reloads the functions when their code changes. Connections stay open."""

import threading
from pathlib import Path

import watchfiles

from local.functions import Functions, FunctionsBroken
from local.settings import ROOT


class Reloader:
    """Watches `lambdas/` and `shared/` from a thread, until stopped."""

    def __init__(self, functions: Functions, lambdas: Path) -> None:
        self._functions = functions
        self._folders = [folder for folder in (lambdas, ROOT / "shared") if folder.is_dir()]
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="reloader", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """End watching."""
        self._stopping.set()
        self._thread.join()

    def _watch(self) -> None:
        for changes in watchfiles.watch(
            *self._folders, stop_event=self._stopping, watch_filter=_is_code, debounce=300, rust_timeout=500
        ):
            names = ", ".join(sorted({_short(Path(path)) for _, path in changes}))
            try:
                self._functions.load()
            except FunctionsBroken as error:
                print(f"Not reloaded, the old code still runs: {error}", flush=True)
            else:
                print(f"Reloaded: {names}", flush=True)


def _is_code(_: watchfiles.Change, path: str) -> bool:
    return Path(path).suffix in (".py", ".yaml")


def _short(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name
