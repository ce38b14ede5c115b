"""The member lists that have been opened, kept current by what is pushed (useMembers.ts). No input or output."""

from tests.chaos.client.errors import Frame


class MemberLists:
    """Participants by room and userId. Of one person, what has the higher version holds, in whatever order it comes."""

    def __init__(self) -> None:
        self.lists: dict[str, dict[str, Frame]] = {}
        self._gone: dict[tuple[str, str], int] = {}
        """By roomId and userId: the versions with which people went, so that a late event cannot bring them back."""
        self.changed: set[str] = set()
        """Rooms that were told of since this was last emptied: a reading under way may have missed it."""

    def set(self, room_id: str, participants: list[Frame]) -> None:
        """The whole list was read."""
        before = self.lists.get(room_id, {})
        present = [each for each in participants if not self._has_gone(room_id, each)]
        self.lists[room_id] = {each["userId"]: _newer(before.get(each["userId"]), each) for each in present}

    def apply(self, event: Frame) -> None:
        """Something was told, by a push or in an answer."""
        if event["action"] == "joinRequest":
            self._put(event["roomId"], {**_who(event), "status": "pending", "isAdmin": False, "isModerator": False})
        elif event["action"] == "memberChanged":
            self._put(
                event["roomId"], {**_who(event), **{name: event[name] for name in ("status", "isAdmin", "isModerator")}}
            )

    def _put(self, room_id: str, participant: Frame) -> None:
        self.changed.add(room_id)
        members, user_id = self.lists.get(room_id, {}), participant["userId"]
        if self._has_gone(room_id, participant) or _newer(members.get(user_id), participant) is not participant:
            return
        members.pop(user_id, None)
        if participant["status"] not in ("approved", "pending"):
            self._gone[room_id, user_id] = participant["version"]
        elif room_id in self.lists:
            members[user_id] = participant

    def _has_gone(self, room_id: str, participant: Frame) -> bool:
        return bool(participant["version"] <= self._gone.get((room_id, participant["userId"]), -1))

    def forget(self, room_id: str) -> None:
        """One is no longer a member."""
        self.lists.pop(room_id, None)


def _newer(known: Frame | None, incoming: Frame) -> Frame:
    return known if known is not None and known["version"] > incoming["version"] else incoming


def _who(event: Frame) -> Frame:
    return {name: event[name] for name in ("userId", "username", "version")}
