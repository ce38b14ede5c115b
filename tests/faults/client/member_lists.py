"""The member lists that have been opened, kept current by what is pushed (useMembers.ts). No input or output."""

from tests.faults.client.errors import Frame


class MemberLists:
    """Participants by room and userId."""

    def __init__(self) -> None:
        self.lists: dict[str, dict[str, Frame]] = {}
        self.changed: set[str] = set()
        """Rooms that were told of since this was last emptied: a reading under way may have missed it."""

    def set(self, room_id: str, participants: list[Frame]) -> None:
        """The whole list was read."""
        self.lists[room_id] = {each["userId"]: each for each in participants}

    def apply(self, event: Frame) -> None:
        """Something was told, by a push or in an answer."""
        if event["action"] == "joinRequest":
            self._put(event["roomId"], {**_name(event), "status": "pending", "isAdmin": False})
        elif event["action"] == "memberChanged":
            self._put(event["roomId"], {**_name(event), "status": event["status"], "isAdmin": event["isAdmin"]})

    def _put(self, room_id: str, participant: Frame) -> None:
        self.changed.add(room_id)
        members = self.lists.get(room_id)
        if members is None:
            return
        members.pop(participant["userId"], None)
        if participant["status"] in ("approved", "pending"):
            members[participant["userId"]] = participant

    def forget(self, room_id: str) -> None:
        """One is no longer a member."""
        self.lists.pop(room_id, None)


def _name(event: Frame) -> Frame:
    return {"userId": event["userId"], "username": event["username"]}
