"""The rooms of one person, and what each event makes of them (useRooms.ts, roomState.ts). No input or output."""

from shared.protocol.limits import MAX_GONE
from tests.chaos.client.errors import Frame

INFO = ("roomName", "topic", "description", "rules", "archivedAt", "infoRev")
_NUMBERS = ("lastSeq", "lastReadSeq", "lastTimestamp", "rev")


class RoomList:
    """Summaries by roomId. `stale`: something happened that only the server's list tells in full."""

    def __init__(self, user_id: str) -> None:
        self._user_id = user_id
        self.rooms: dict[str, Frame] = {}
        self._own: dict[str, set[int]] = {}
        """The seqs of one's own messages by room: what one wrote is not new to one."""
        self._marked: dict[str, int] = {}
        """How far the server knows each room to be read."""
        self._revs: dict[str, dict[int, int]] = {}
        """Of each message that was told, the newest state."""
        self._listed: dict[str, tuple[int, int]] = {}
        """By room, the seq and the rev of the newest list: what that includes and a push tells late counts no more."""
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
        self.rooms = {room["roomId"]: self._merged(before.get(room["roomId"]), room) for room in current}
        self._note_marks(current)

    def merge(self, summaries: list[Frame]) -> None:
        """A page of the list was read."""
        for room in summaries:
            if not self._has_ended(room):
                self.rooms[room["roomId"]] = self._merged(self.get(room["roomId"]), room)
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
                self._changed(event)
            case "personalSettingsChanged":
                self._set(event)
            case "messageHistory" if "roomId" in event:
                self._raise(event["roomId"], rev=event["rev"])
            case "pong":
                self._ponged(event)
            case "memberChanged":
                self._member_changed(event)
            case "joinRequest":
                self.stale = True
            case "joinResponse":
                self._join_answered(event["roomId"], event["status"])
            case "roomLeft":
                self._remove(event["roomId"])

    def _merged(self, known: Frame | None, incoming: Frame) -> Frame:
        """Two lists may be under way, and come in any order: what the older one says of mentions is known better."""
        room_id, listed = incoming["roomId"], (incoming["lastSeq"], incoming["rev"])
        before = self._listed.get(room_id, (-1, -1))
        is_older = listed[0] < before[0] or listed[1] < before[1]
        if not is_older:
            self._listed[room_id] = listed
        return newer(known, incoming, self._revs.get(room_id, {}), is_older=is_older)

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
        room_id = event["roomId"]
        room = self.get(room_id)
        # A direct room that is not known yet was opened by somebody else.
        is_new = room is None and room_id not in self._ended
        self.stale |= is_new or (room is not None and event["seq"] > room["lastSeq"] + 1)
        if self._is_mine(event):
            self._own.setdefault(room_id, set()).add(event["seq"])
        self._attend(event)
        self._raise(room_id, lastSeq=event["seq"], lastTimestamp=event["timestamp"])

    def _ponged(self, event: Frame) -> None:
        """When a message was sent, whom it mentions and what was deleted, only the list tells."""
        for room_id, rev in event["revs"].items():
            room = self.get(room_id)
            self.stale |= room is not None and rev > room["rev"]
            self._raise(room_id, rev=rev)
        for room_id, head in event["heads"].items():
            room = self.get(room_id)
            self.stale |= room is not None and head > room["lastSeq"]
            self._raise(room_id, lastSeq=head)

    def _changed(self, event: Frame) -> None:
        room = self.get(event["roomId"])
        self.stale |= room is not None and event["fromRev"] > room["rev"]
        for message in event["messages"]:
            self._attend(message)
        self._raise(event["roomId"], rev=event["rev"])
        room, info = self.get(event["roomId"]), event.get("room")
        if room is not None and info is not None and info["infoRev"] > room["infoRev"]:
            self.rooms[room["roomId"]] = with_info(room, info)

    def _is_mine(self, message: Frame) -> bool:
        return bool(message.get("userId", self._user_id) == self._user_id)

    def _attend(self, message: Frame) -> None:
        """What a message, as it now is, means for what is unread and for mentions."""
        room = self.get(message["roomId"])
        known = self._revs.setdefault(message["roomId"], {})
        listed_seq, listed_rev = self._listed.get(message["roomId"], (-1, -1))
        is_listed = message["seq"] <= listed_seq and message.get("rev", 0) <= listed_rev
        if room is None or is_listed or message.get("rev", 0) < known.get(message["seq"], 0):
            return
        seq = message["seq"]
        known[seq] = message.get("rev", 0)
        named = {each["userId"] for each in message.get("mentions", ())}
        is_for_me = message.get("mentionsRoom", False) or (self._user_id in named and not self._is_mine(message))
        is_gone = "deletedAt" in message
        self.rooms[room["roomId"]] = {
            **room,
            "gone": [*room.get("gone", ()), *([seq] if is_gone else [])],
            "mentions": [*({*room.get("mentions", ())} - {seq}), *([seq] if is_for_me and not is_gone else [])],
        }

    def _set(self, event: Frame) -> None:
        room = self.get(event["roomId"])
        if room is not None and event["settingsVersion"] > room["settingsVersion"]:
            self.rooms[room["roomId"]] = {**room, **_settings(event)}

    def _member_changed(self, event: Frame) -> None:
        room_id = event["roomId"]
        room = self.get(room_id)
        if event["userId"] != self._user_id:
            if room is not None and may_moderate(room):
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
            self.rooms[room_id] = without_read(raised)

    def _remove(self, room_id: str) -> None:
        room = self.rooms.pop(room_id, None)
        self._own.pop(room_id, None)
        self._revs.pop(room_id, None)
        self._listed.pop(room_id, None)
        self._marked.pop(room_id, None)
        if room:
            self._ended[room_id] = room["version"]

    def _has_ended(self, room: Frame) -> bool:
        return bool(room["version"] <= self._ended.get(room["roomId"], -1))


def newer(known: Frame | None, incoming: Frame, revs: dict[int, int], *, is_older: bool) -> Frame:
    """The newer of two summaries of one room: the membership by its version, numbers as they only grow."""
    if known is None:
        return incoming
    membership = incoming if incoming["version"] >= known["version"] else known
    if known["status"] != "approved" or incoming["status"] != "approved":
        return membership
    grown = {name: max(known[name], incoming[name]) for name in _NUMBERS}
    settings = incoming if incoming["settingsVersion"] >= known["settingsVersion"] else known
    info = incoming if incoming["infoRev"] >= known["infoRev"] else known

    def is_heard_later(seq: int) -> bool:
        return is_older or seq > incoming["lastSeq"] or revs.get(seq, -1) > incoming["rev"]

    mentions = {seq for seq in incoming.get("mentions", ()) if not is_heard_later(seq)}
    mentions |= {seq for seq in known.get("mentions", ()) if is_heard_later(seq)}
    return without_read(
        {
            **membership,
            "pendingCount": incoming.get("pendingCount"),
            **{name: info.get(name) for name in INFO},
            **grown,
            **_settings(settings),
            "gone": [*known.get("gone", ()), *incoming.get("gone", ())],
            "mentions": sorted(mentions),
        }
    )


def without_read(room: Frame) -> Frame:
    """A summary with what is gone and what mentions one above `lastReadSeq`, in order."""
    gone = sorted({seq for seq in room.get("gone", ()) if seq > room["lastReadSeq"]})[-MAX_GONE:]
    mentions = sorted({seq for seq in room.get("mentions", ()) if seq > room["lastReadSeq"]} - {*gone})
    return {**room, "gone": gone, "mentions": mentions}


def _settings(told: Frame) -> Frame:
    optional = {name: told.get(name) for name in ("mutedUntil", "hiddenAtSeq")}
    return {**optional, **{name: told[name] for name in ("level", "settingsVersion")}}


def _with_membership(room: Frame, change: Frame) -> Frame:
    """Someone who is no longer approved hears nothing of the room."""
    changed = {**room, **{name: change[name] for name in ("status", "isAdmin", "isModerator", "version")}}
    nothing: Frame = {"pendingCount": None, "gone": [], "mentions": [], **dict.fromkeys(_NUMBERS, 0)}
    return changed if change["status"] == "approved" else {**changed, **nothing}


def may_moderate(room: Frame) -> bool:
    """Whether one may let people in and put them out."""
    return bool(room["isAdmin"] or room["isModerator"])


def with_info(room: Frame, info: Frame) -> Frame:
    """A summary with what the room is called and how it works now."""
    return {**room, **{name: info.get(name) for name in INFO}}


def unread(room: Frame) -> int:
    """How many messages one has not read."""
    if room["status"] != "approved":
        return 0
    return max(0, int(room["lastSeq"]) - int(room["lastReadSeq"]) - len(room.get("gone", ())))
