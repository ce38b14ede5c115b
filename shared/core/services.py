"""What a process builds once and every invocation uses: settings, clients and caches.

This is the one place that keeps them. A part is named by the function (or settings class) that builds it:

    services.current().get(dynamodb)

Tests and tools give a process other parts: `use(Services(environment))` starts over with another environment, and
`replace` puts a fake in the place of one part.
"""

import os
import threading
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

_Part = TypeVar("_Part")


class Services:
    """The parts of one process, each built when it is first asked for. Safe to use from several threads."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self._parts: dict[object, Any] = {}
        self._building = threading.RLock()

    def get(self, build: "Callable[[Services], _Part]") -> _Part:
        """The part that `build` makes; it is called once."""
        if build in self._parts:
            part: _Part = self._parts[build]
            return part
        return self._build(build, lambda: build(self))

    def settings(self, group: Callable[[Mapping[str, str]], _Part]) -> _Part:
        """The group of settings as the environment gives it, read once. Raises SettingsError."""
        if group in self._parts:
            part: _Part = self._parts[group]
            return part
        return self._build(group, lambda: group(self.environment))

    def _build(self, key: object, build: Callable[[], _Part]) -> _Part:
        with self._building:
            if key not in self._parts:
                self._parts[key] = build()
            part: _Part = self._parts[key]
            return part

    def replace(self, build: "Callable[[Services], Any]", part: object) -> None:
        """Use `part` where `get(build)` is called from now on: for tests."""
        self._parts[build] = part

    def renew(self, *builders: object) -> None:
        """Build these parts again when they are next asked for: for tests."""
        for build in builders:
            self._parts.pop(build, None)


class _Process:
    services = Services(os.environ)


def current() -> Services:
    """The services of this process."""
    return _Process.services


def use(services: Services) -> None:
    """Replace all services of this process: for tests, and for tools that change the environment."""
    _Process.services = services
