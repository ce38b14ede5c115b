"""The histories of the rooms that have been opened, and what each has to read next (useTimeline.ts).

No input or output: `following` and `earlier` say what to ask, `take` what came of it.
"""

from dataclasses import dataclass

from tests.chaos.client.errors import Frame
from tests.chaos.client.room_list import RoomList
from tests.chaos.client.window import Window, latest, with_changes, with_earlier, with_following, with_pushed

_MAX_CATCH_UP = 1_000
_PAGE = 50
_LARGE_PAGE = 100


@dataclass(frozen=True)
class Reading:
    """A page that is to be asked for. `head` is the room's last seq as it is known before."""

    room_id: str
    command: Frame
    head: int


class Timelines:
    """Windows by roomId."""

    def __init__(self, rooms: RoomList) -> None:
        self._rooms = rooms
        self.windows: dict[str, Window] = {}
        self.opened: set[str] = set()

    def open(self, room_id: str) -> None:
        """Show a room from now on: it is to be read."""
        self.opened.add(room_id)

    def add(self, message: Frame) -> None:
        """A message was pushed, or one's own was stored."""
        window = self.windows.get(message["roomId"])
        if window is not None:
            self.windows[message["roomId"]] = with_pushed(window, message)

    def change(self, changes: Frame) -> None:
        """Messages were changed: `changed`, or the answer to `getChanges`."""
        room_id = changes["roomId"]
        window = self.windows.get(room_id)
        if window is None:
            return
        if changes.get("reset"):
            del self.windows[room_id]
        else:
            self.windows[room_id] = with_changes(window, changes)

    def stale(self) -> list[str]:
        """The opened rooms of which a change is missing."""
        return [room_id for room_id in sorted(self.windows) if self.is_stale(room_id)]

    def is_stale(self, room_id: str) -> bool:
        """Whether a change of what is held has been missed."""
        room, window = self._rooms.get(room_id), self.windows.get(room_id)
        return window is not None and self._rooms.is_approved(room_id) and window.rev < (room["rev"] if room else 0)

    def drop_lost(self) -> None:
        """After the list of rooms was read anew: what one may not read any more is forgotten."""
        for room_id in [each for each in self.opened if not self._rooms.is_approved(each)]:
            self.forget(room_id)

    def forget(self, room_id: str) -> None:
        """One is no longer a member."""
        self.windows.pop(room_id, None)
        self.opened.discard(room_id)

    def behind(self) -> list[str]:
        """The opened rooms of which something is missing."""
        return [room_id for room_id in sorted(self.opened) if self.is_behind(room_id)]

    def is_behind(self, room_id: str) -> bool:
        """Whether something is missing at the end of a room."""
        if room_id not in self.opened or not self._rooms.is_approved(room_id):
            return False
        window = self.windows.get(room_id)
        return window is None or window.end < self._head(room_id)

    def following(self, room_id: str) -> Reading:
        """What to ask for next, of a room that is behind."""
        window, head = self.windows.get(room_id), self._head(room_id)
        after = window.cursor if window is not None and head - window.end <= _MAX_CATCH_UP else None
        limit = _PAGE if after is None else _LARGE_PAGE
        return Reading(room_id, {"action": "getMessages", "roomId": room_id, "after": after, "limit": limit}, head)

    def earlier(self, room_id: str) -> Reading | None:
        """What to ask for to see further back; None where the beginning is reached."""
        window = self.windows.get(room_id)
        if window is None or not window.has_earlier or not window.messages:
            return None
        before = window.messages[0]["sortKey"]
        return Reading(room_id, {"action": "getMessages", "roomId": room_id, "before": before, "limit": _PAGE}, 0)

    def take(self, reading: Reading, page: Frame) -> None:
        """The answer to a reading."""
        room_id, command = reading.room_id, reading.command
        if room_id not in self.opened or not self._rooms.is_approved(room_id):
            return
        window = self.windows.get(room_id)
        if command.get("before") is not None:
            if window is not None and window.messages and window.messages[0]["sortKey"] == command["before"]:
                self.windows[room_id] = with_earlier(window, page)
        elif command["after"] is None:
            self.windows[room_id] = latest(page, reading.head)
        elif window is not None:
            self.windows[room_id] = with_following(window, page, reading.head)
        # Else the room was lost and regained meanwhile: the page follows a window that is no more.

    def _head(self, room_id: str) -> int:
        room, window = self._rooms.get(room_id), self.windows.get(room_id)
        return max(room["lastSeq"] if room else 0, window.newest if window else 0)
