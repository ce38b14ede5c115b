"""Lists that stop before a frame gets too large."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from shared.protocol.limits import MAX_FRAME_BYTES

ENVELOPE_BYTES = 4_000
"""Room for everything in a frame that is not an item of its list."""

_Item = TypeVar("_Item")


def fill(
    items: Iterable[_Item], most: int, encoded: Callable[[_Item], str], *, share: int = 1
) -> tuple[list[_Item], bool]:
    """The first items, at most `most`, and whether there are more. They fit into a frame, or into a `share`th of it.

    One item always fits: the largest message is far smaller than a frame.
    """
    page: list[_Item] = []
    left = (MAX_FRAME_BYTES - ENVELOPE_BYTES) // share
    for item in items:
        left -= len(encoded(item).encode()) + 1
        if len(page) == most or (page and left < 0):
            return page, True
        page.append(item)
    return page, False
