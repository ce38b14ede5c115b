"""Lists that stop before a frame gets too large."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from shared.protocol.limits import MAX_FRAME_BYTES

ENVELOPE_BYTES = 4_000
"""Room for everything in a frame that is not an item of its list."""

_Item = TypeVar("_Item")


def fill(items: Iterable[_Item], most: int, encoded: Callable[[_Item], str]) -> tuple[list[_Item], bool]:
    """The first items, at most `most` and as many as fit into a frame; and whether there are more.

    One item always fits: the largest message is far smaller than a frame.
    """
    page: list[_Item] = []
    left = MAX_FRAME_BYTES - ENVELOPE_BYTES
    for item in items:
        left -= len(encoded(item).encode()) + 1
        if len(page) == most or (page and left < 0):
            return page, True
        page.append(item)
    return page, False
