"""What people do in the workload: each act once, with all its tries, and written down."""

import asyncio
import contextlib
import random
import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from shared.protocol.limits import MAX_MARKED_ROOMS
from tests.chaos.client.client import Client
from tests.chaos.client.connection import Asking
from tests.chaos.client.errors import Frame, OutcomeUnknown, Refused
from tests.chaos.history import Act, Change, Effect, Outcome
from tests.chaos.recorder import Recorder, now

_EFFECTS: dict[str, Effect] = {
    "approve": "opens",
    "reject": "other",
    "leave": "ends",
    "promote": "other",
    "demote": "other",
    "makeModerator": "other",
    "makeMember": "other",
    "remove": "ends",
    "ban": "ends",
    "unban": "other",
}


class Acts:
    """Everybody's acts. `rooms`: every room that was made, with its visibility."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self.rooms: dict[str, str] = {}
        self.banned: dict[str, set[str]] = defaultdict(set)
        """By room, who was banned and may be let in again."""

    async def create_room(self, client: Client, visibility: str) -> str:
        """Make a room; repeated until it is there, for without its id nothing could be said of it."""
        begun, asking = now(), Asking()
        client_room_id = str(uuid.uuid4())
        while True:
            try:
                made = await client.ask(
                    "createRoom",
                    asking,
                    roomName=f"Room {len(self.rooms)}",
                    visibility=visibility,
                    clientRoomId=client_room_id,
                )
            except (Refused, OutcomeUnknown):
                continue
            room_id: str = made["roomId"]
            self.rooms[room_id] = visibility
            about = _About(client, room_id, client.user_id, "create")
            self._write_down(about, begun, asking, "opens", "done")
            return room_id

    async def open_direct(self, client: Client, others: list[str]) -> None:
        """Open a direct room; repeated while it is not known whether it is there."""
        begun, asking = now(), Asking()
        while True:
            try:
                made = await client.ask("openDirect", asking, userIds=others)
            except Refused:
                if asking.in_doubt:
                    continue
                return
            except OutcomeUnknown:
                continue
            for user_id in (client.user_id, *others):
                about = _About(client, made["roomId"], user_id, "open")
                self._write_down(about, begun, asking, "opens", "done")
            return

    async def request(self, client: Client, room_id: str) -> None:
        """Ask to join."""
        begun, asking = now(), Asking()
        answer, outcome = await _try(client, asking, "joinRoom", subAction="request", roomId=room_id)
        joined = answer["status"] == "approved" if answer else self.rooms[room_id] == "open"
        about = _About(client, room_id, client.user_id, "request")
        self._write_down(about, begun, asking, "opens" if joined else "other", outcome)

    async def leave(self, client: Client, room_id: str) -> None:
        """Leave a room."""
        begun, asking = now(), Asking()
        _, outcome = await _try(client, asking, "leaveRoom", roomId=room_id)
        self._write_down(_About(client, room_id, client.user_id, "leave"), begun, asking, "ends", outcome)

    async def change(self, client: Client, room_id: str, target_id: str, act: str) -> None:
        """As an admin: approve, reject, promote, demote, remove, ban or unban."""
        begun, asking = now(), Asking()
        target = {"roomId": room_id, "targetUserId": target_id}
        if act in ("approve", "reject"):
            _, outcome = await _try(client, asking, "joinRoom", subAction=act, **target)
        else:
            _, outcome = await _try(client, asking, "updateMember", change=act, **target)
        self._write_down(_About(client, room_id, target_id, act), begun, asking, _EFFECTS[act], outcome)
        if act == "ban" and outcome != "refused":
            self.banned[room_id].add(target_id)
        elif act == "unban":
            self.banned[room_id].discard(target_id)

    async def change_message(
        self, client: Client, message: Frame, kind: str, mentions: tuple[str, ...] = (), **fields: Any
    ) -> None:
        """Edit, delete, pin or react to a message."""
        begun, asking = now(), Asking()
        named = {"roomId": message["roomId"], "sortKey": message["sortKey"]}
        action = {"edit": "editMessage", "delete": "deleteMessage", "pin": "pinMessage", "react": "react"}[kind]
        sent = dict(fields)
        if kind == "edit":
            sent = {"message": fields["text"], "basedOn": message.get("textRev", 0), "clientEditId": str(uuid.uuid4())}
            sent["mentions"] = list(mentions)
        _, outcome = await _try(client, asking, action, **named, **sent)
        self._recorder.add(
            Change(
                begun=begun,
                ended=now(),
                client=client.name,
                user_id=client.user_id,
                room_id=message["roomId"],
                sort_key=message["sortKey"],
                kind=kind,
                outcome=outcome,
                **fields,
            )
        )

    def _write_down(self, about: "_About", begun: float, asking: Asking, effect: Effect, outcome: Outcome) -> None:
        self._recorder.add(
            Act(
                begun=begun,
                ended=now(),
                client=about.client.name,
                user_id=about.client.user_id,
                room_id=about.room_id,
                target_id=about.target_id,
                act=about.act,
                effect=effect,
                outcome=outcome,
                tries=asking.tries,
            )
        )


@dataclass(frozen=True)
class _About:
    """Who did what to whom, and where."""

    client: Client
    room_id: str
    target_id: str
    act: str


async def _try(client: Client, asking: Asking, action: str, **fields: Any) -> tuple[Frame | None, Outcome]:
    try:
        return await client.ask(action, asking, **fields), "done"
    except Refused:
        return None, "unknown" if asking.in_doubt else "refused"
    except OutcomeUnknown:
        return None, "unknown"


async def mark_read(client: Client, room_id: str) -> None:
    """As far as the room is complete here; the app tries once, too."""
    window, room = client.state.timelines.windows.get(room_id), client.state.rooms.get(room_id)
    if window is None or room is None or window.end <= room["lastReadSeq"]:
        return
    mark = {"roomId": room_id, "seq": window.end}
    # Where it fails, the next message, or the next connection, brings the next occasion.
    with contextlib.suppress(Refused, OutcomeUnknown):
        await client.connection.request({"action": "markRead", "rooms": [mark]})


async def hide(client: Client, room_id: str) -> None:
    """Take a room out of the list until its next message."""
    room = client.state.rooms.get(room_id)
    assert room is not None
    with contextlib.suppress(Refused, OutcomeUnknown):
        await client.ask("hideRoom", Asking(), roomId=room_id, seq=room["lastSeq"])


async def change_room(client: Client, room_id: str, **fields: Any) -> None:
    """Give a room another name, or archive it or open it again."""
    with contextlib.suppress(Refused, OutcomeUnknown):
        await client.ask("archiveRoom" if "archived" in fields else "updateRoom", Asking(), roomId=room_id, **fields)


async def mark_own(client: Client) -> None:
    """What one wrote oneself is not new, and others may have gone on; the app marks it before one turns away."""
    marks = client.state.rooms.unmarked()
    for start in range(0, len(marks), MAX_MARKED_ROOMS):
        frame = {"action": "markRead", "rooms": marks[start : start + MAX_MARKED_ROOMS]}
        with contextlib.suppress(Refused, OutcomeUnknown):
            await client.connection.request(frame)


def text_of(client: Client, rng: random.Random, number: int) -> str:
    """What somebody says: mostly short, sometimes long, now and then in other scripts."""
    said = f"{client.name} says {number}"
    return said + rng.choice(("", "", "", " κόσμε 👋🏽", " " + "long " * 300))


async def pause(rng: random.Random, mean: float) -> None:
    """As long as people take."""
    await asyncio.sleep(min(rng.expovariate(1 / mean), 5 * mean))
