"""Everything that a client knows, and how each event changes it (useSession.ts). No input or output."""

from tests.chaos.client.errors import Frame
from tests.chaos.client.member_lists import MemberLists
from tests.chaos.client.room_list import RoomList, may_moderate
from tests.chaos.client.timelines import Timelines


class State:
    """Rooms, members and messages of one person on one device."""

    def __init__(self, user_id: str) -> None:
        self.user_id = user_id
        self.rooms = RoomList(user_id)
        self.members = MemberLists()
        self.timelines = Timelines(self.rooms)
        self.members_due: set[str] = set()
        """Rooms whose list of members is to be read anew: whether one is an admin decides what it holds."""

    def replace(self, rooms: list[Frame]) -> None:
        """`welcome`: the whole state."""
        self.rooms.replace_all(rooms)
        self.timelines.drop_lost()

    def merge(self, rooms: list[Frame]) -> None:
        """A page of `getRooms`."""
        ruled = self._ruled()
        self.rooms.merge(rooms)
        self._note_rule(ruled)

    def apply(self, event: Frame) -> None:
        """Anything else that was told."""
        ruled = self._ruled()
        self.rooms.apply(event)
        self._note_rule(ruled)
        self.members.apply(event)
        if event["action"] == "message":
            self.timelines.add(event)
        if event["action"] in ("changed", "changes"):
            self.timelines.change(event)
        if event["action"] == "pong":
            self.timelines.drop_lost()
        if event["action"] == "roomLeft" or (event["action"] == "memberChanged" and event["userId"] == self.user_id):
            self._forget_if_lost(event["roomId"])

    def _note_rule(self, before: set[str]) -> None:
        self.members_due |= {room_id for room_id in self._ruled() ^ before if room_id in self.members.lists}

    def _ruled(self) -> set[str]:
        return {room_id for room_id, room in self.rooms.rooms.items() if may_moderate(room)}

    def _forget_if_lost(self, room_id: str) -> None:
        if not self.rooms.is_approved(room_id):
            self.timelines.forget(room_id)
            self.members.forget(room_id)
