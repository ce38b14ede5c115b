"""The rooms of one person, and what each event makes of them (useRooms.ts, roomState.ts). No input or output."""

from tests.chaos.client.errors import Frame


class RoomList:
    """Summaries by roomId. `stale`: something happened that only the server's list tells in full."""

    def __init__(self, user_id: str) -> None:
        self._user_id = user_id
        self.rooms: dict[str, Frame] = {}
        self._own: dict[str, set[int]] = {}
        """The seqs of one's own messages by room: what one wrote is not new to one."""
        self._marked: dict[str, int] = {}
        """How far the server knows each room to be read."""
        self._ended: dict[str, int] = {}
        """Versions of memberships that ended, so that a late event cannot revive them."""
        self.stale = False

    def get(self, room_id: str) -> Frame | None:
        """The summary of a room."""
        return self.rooms.get(room_id)

    def is_approved(self, room_id: str) -> bool:
        """Whether one may read it."""
        room = self.get(room_id)
        return room is not None and room["status"] == "approved"

    def approved(self) -> list[str]:
        """The rooms that one may read."""
        return [room_id for room_id in self.rooms if self.is_approved(room_id)]

    def replace_all(self, summaries: list[Frame]) -> None:
        """The whole list was read."""
        before = self.rooms
        current = [room for room in summaries if not self._has_ended(room)]
        self.rooms = {room["roomId"]: newer(before.get(room["roomId"]), room) for room in current}
        self._note_marks(current)

    def merge(self, summaries: list[Frame]) -> None:
        """A page of the list was read."""
        for room in summaries:
            if not self._has_ended(room):
                self.rooms[room["roomId"]] = newer(self.get(room["roomId"]), room)
                self._note_marks([room])

    def apply(self, event: Frame) -> None:
        """Something was told, by a push or in an answer."""
        match event["action"]:
            case "message" | "messageSent":
                self._said(event)
            case "roomsRead":
                self._note_marks(event["rooms"])
                for read in event["rooms"]:
                    self._raise(read["roomId"], lastReadSeq=read["lastReadSeq"])
            case "changed" | "changes":
                self._raise(event["roomId"], rev=event["rev"])
            case "messageHistory" if "roomId" in event:
                self._raise(event["roomId"], rev=event["rev"])
            case "pong":
                for room_id, rev in event["revs"].items():
                    self._raise(room_id, rev=rev)
                for room_id, head in event["heads"].items():
                    room = self.get(room_id)
                    self.stale |= room is not None and head > room["lastSeq"]  # when that was, only the list tells
                    self._raise(room_id, lastSeq=head)
            case "memberChanged":
                self._member_changed(event)
            case "joinRequest":
                self.stale = True
            case "joinResponse":
                self._join_answered(event["roomId"], event["status"])
            case "roomLeft":
                self._remove(event["roomId"])

    def unmarked(self) -> list[Frame]:
        """The marks that the server does not have: of what one wrote oneself."""
        return [
            {"roomId": room_id, "seq": self.rooms[room_id]["lastReadSeq"]}
            for room_id in self.approved()
            if self.rooms[room_id]["lastReadSeq"] > self._marked.get(room_id, 0)
        ]

    def _note_marks(self, reads: list[Frame]) -> None:
        for read in reads:
            room_id = read["roomId"]
            marked = read["markedSeq"] if "markedSeq" in read else read["lastReadSeq"]
            self._marked[room_id] = max(self._marked.get(room_id, 0), marked)

    def _said(self, event: Frame) -> None:
        if event.get("userId", self._user_id) == self._user_id:
            self._own.setdefault(event["roomId"], set()).add(event["seq"])
        self._raise(event["roomId"], lastSeq=event["seq"], lastTimestamp=event["timestamp"])

    def _member_changed(self, event: Frame) -> None:
        room_id = event["roomId"]
        room = self.get(room_id)
        if event["userId"] != self._user_id:
            if room is not None and room["isAdmin"]:
                self.stale = True  # how many requests wait, only the server knows
            return
        known = room["version"] if room else self._ended.get(room_id, -1)
        if event["version"] <= known:
            return
        if event["status"] == "left":
            self._remove(room_id)
            self._ended[room_id] = event["version"]
            return
        if room:
            self.rooms[room_id] = _with_membership(room, event)
        if not room or event["status"] == "approved":
            self.stale = True  # name and sequence numbers come with the list

    def _join_answered(self, room_id: str, status: str) -> None:
        """This answer carries no version: it is shown at once, and the list then says how it stands."""
        room = self.get(room_id)
        if room and room["status"] == "pending" and status != "approved":
            self.rooms[room_id] = {**room, "status": status}
        self.stale = True

    def _raise(self, room_id: str, **numbers: int) -> None:
        room = self.get(room_id)
        if room and room["status"] in ("approved", "pending"):
            raised = {**room, **{name: max(room[name], number) for name, number in numbers.items()}}
            while raised["lastReadSeq"] + 1 in self._own.get(room_id, ()):
                raised["lastReadSeq"] += 1
            self.rooms[room_id] = raised

    def _remove(self, room_id: str) -> None:
        room = self.rooms.pop(room_id, None)
        self._own.pop(room_id, None)
        self._marked.pop(room_id, None)
        if room:
            self._ended[room_id] = room["version"]

    def _has_ended(self, room: Frame) -> bool:
        return bool(room["version"] <= self._ended.get(room["roomId"], -1))


def newer(known: Frame | None, incoming: Frame) -> Frame:
    """The newer of two summaries of one room: the membership by its version, numbers as they only grow."""
    if known is None:
        return incoming
    membership = incoming if incoming["version"] >= known["version"] else known
    if known["status"] != "approved" or incoming["status"] != "approved":
        return membership
    grown = {name: max(known[name], incoming[name]) for name in ("lastSeq", "lastReadSeq", "lastTimestamp", "rev")}
    return {**membership, "pendingCount": incoming.get("pendingCount"), **grown}


def _with_membership(room: Frame, change: Frame) -> Frame:
    """Someone who is no longer approved hears nothing of the room."""
    changed = {**room, **{name: change[name] for name in ("status", "isAdmin", "version")}}
    nothing = {"pendingCount": None, "lastSeq": 0, "lastReadSeq": 0, "lastTimestamp": 0, "rev": 0}
    return changed if change["status"] == "approved" else {**changed, **nothing}


def unread(room: Frame) -> int:
    """How many messages one has not read."""
    return max(0, int(room["lastSeq"]) - int(room["lastReadSeq"])) if room["status"] == "approved" else 0
