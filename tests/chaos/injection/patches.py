"""Replacing attributes for the time of a run."""

from typing import Any


class Patches:
    """Undone in the opposite order."""

    def __init__(self) -> None:
        self._before: list[tuple[Any, str, Any]] = []

    def put(self, owner: Any, name: str, replacement: Any) -> Any:
        """Replace an attribute; what was there."""
        before = getattr(owner, name)
        self._before.append((owner, name, before))
        setattr(owner, name, replacement)
        return before

    def undo(self) -> None:
        """Put everything back."""
        while self._before:
            setattr(*self._before.pop())
