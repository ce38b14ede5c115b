"""The part of a room's history that a client holds (window.ts). Pure: a window goes in, a window comes out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tests.chaos.client.errors import Frame


@dataclass(frozen=True)
class Window:
    """Ordered by seq, each messageId once. Complete up to `end`; `cursor` is the sortKey to read on after."""

    messages: tuple[Frame, ...]
    end: int
    cursor: str | None
    has_earlier: bool
    rev: int
    """Every change of the room up to this one is in the messages …"""
    ahead: tuple[tuple[int, int], ...] = ()
    """… and these, as (after, up to), which were heard while one before them is missing."""

    @property
    def newest(self) -> int:
        """The greatest seq that is known."""
        return max(self.end, self.messages[-1]["seq"] if self.messages else 0)


def latest(page: Frame, head: int) -> Window:
    """A window on the latest page. `head` is the last seq that was known before the page was asked for."""
    messages = page["messages"]
    last = messages[-1] if messages else None
    end = max(head, last["seq"] if last else 0)
    return Window(tuple(messages), end, last["sortKey"] if last else None, page["hasMore"], page["rev"])


def with_pushed(window: Window, message: Frame) -> Window:
    """What was pushed belongs to the complete part only if nothing is missing before it.

    What is older than the window comes with its page: put in now, it would hide what lies between.
    """
    if window.has_earlier and window.messages and message["seq"] < window.messages[0]["seq"]:
        return window
    return _absorb(replace(window, messages=_insert(window.messages, [message])))


def with_changes(window: Window, changes: Frame) -> Window:
    """Messages as they are after some changes; those count once none is missing before them."""
    for message in changes["messages"]:
        window = with_pushed(window, message)
    rev, ahead = window.rev, sorted({*window.ahead, (changes["fromRev"], changes["rev"])})
    while ahead and ahead[0][0] <= rev:
        rev = max(rev, ahead.pop(0)[1])
    return replace(window, rev=rev, ahead=tuple(ahead))


def with_following(window: Window, page: Frame, head: int) -> Window:
    """The page that follows the cursor. The last page reaches to `head`, whatever has expired before it."""
    messages = page["messages"]
    last = messages[-1] if messages else None
    reached = max(window.end, last["seq"] if last else 0, 0 if page["hasMore"] and last else head)
    cursor = last["sortKey"] if last else window.cursor
    window = _as_of(window, page)
    return _absorb(replace(window, messages=_insert(window.messages, messages), end=reached, cursor=cursor))


def with_earlier(window: Window, page: Frame) -> Window:
    """The page before the window."""
    window = _as_of(window, page)
    return replace(window, messages=_insert(window.messages, page["messages"]), has_earlier=page["hasMore"])


def _as_of(window: Window, page: Frame) -> Window:
    """A page may have been read before changes that were heard since: what it holds is as of its own rev."""
    return replace(window, rev=min(window.rev, page["rev"]), ahead=())


def _absorb(window: Window) -> Window:
    """Move the end over messages that were pushed ahead and now follow without a gap."""
    end, cursor = window.end, window.cursor
    for message in window.messages:
        if window.cursor is not None and message["sortKey"] <= window.cursor:
            continue
        if message["seq"] > end + 1:
            break
        end, cursor = max(end, message["seq"]), message["sortKey"]
    return replace(window, end=end, cursor=cursor)


def _insert(messages: Sequence[Frame], incoming: Iterable[Frame]) -> tuple[Frame, ...]:
    by_id = {message["messageId"]: message for message in messages}
    for message in incoming:
        known = by_id.get(message["messageId"])
        if known is None or message.get("rev", 0) >= known.get("rev", 0):
            by_id[message["messageId"]] = message
    return tuple(sorted(by_id.values(), key=lambda message: message["seq"]))
