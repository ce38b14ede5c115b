"""Every command in its typical situations."""

from typing import Any

from shared.features.rate_limits.service import SAMPLE
from shared.protocol.limits import MAX_HISTORY, MAX_MESSAGE_BYTES
from tools.bench import world
from tools.bench.calls.counter import Counter, Row
from tools.bench.far_side import FarSide
from tools.bench.world import TEXT, Client

MEMBERS = 10
LARGE_ROOM = 150
ROOMS = 20
LONG = "ä" * (MAX_MESSAGE_BYTES // 2)
SAMPLED = 1 / SAMPLE
"""Write units: of so many commands one is counted for all. The bench's own requests are none of those."""
SHORT = {
    "BatchGetItem": "batch get",
    "BatchWriteItem": "batch write",
    "DeleteItem": "delete",
    "PutItem": "put",
    "Query": "query",
    "TransactWriteItems": "transaction",
    "UpdateItem": "update",
}


def count(far_side: FarSide, *, units: bool) -> list[Row]:
    """A row for every command, in the situations that matter. Everybody has one connection."""
    counter = Counter(far_side, units=units)
    for scenario in (_connections, _rooms, _messages, _large_room, _http):
        scenario(counter, far_side)
    return counter.rows


def _connections(counter: Counter, _far_side: FarSide) -> None:
    alice = world.newcomer("alice")
    alice.make_room()
    counter.frame("hello", "1 room", alice, "hello")
    counter.frame("disconnect", "1 room", alice, "$disconnect")
    alice.say("connect", "$connect")
    alice.say("hello", "hello")
    for _ in range(9):
        alice.make_room()
    again = Client(alice.user_id, f"{alice.connection_id}2")
    counter.frame("connect", "", again, "$connect")
    counter.frame("hello", "10 rooms", again, "hello")
    counter.frame("get_rooms", "10 rooms, admin of all", again, "getRooms")
    counter.frame("disconnect", "10 rooms", again, "$disconnect")
    others = [world.newcomer("owner").make_room() for _ in range(ROOMS)]
    for other in others:
        alice.join(other)
    counter.frame("get_rooms", "30 rooms, admin of 10", alice, "getRooms")
    counter.frame("ping", "no rooms", alice, "ping")
    counter.frame("ping", f"{ROOMS} rooms", alice, "ping", rooms=others)
    counter.frame("default", "unknown action", alice, "dance")


def _rooms(counter: Counter, _far_side: FarSide) -> None:
    names = ("alice", "bob", "carol", "dave", "erin")
    alice, bob, carol, dave, erin = (world.newcomer(name) for name in names)
    room = {"roomId": counter.frame("create_room", "", alice, "createRoom", roomName="Bench")["roomId"]}

    def join(client: Client, sub_action: str, target: Client | None = None) -> None:
        fields = {**room, "subAction": sub_action, **({"targetUserId": target.user_id} if target else {})}
        situation = f"{sub_action}, 3 members" if sub_action == "approve" else sub_action
        counter.frame("join_room", situation, client, "joinRoom", **fields)

    for newcomer in (bob, carol):
        newcomer.say("join_room", "joinRoom", **room, subAction="request")
        alice.say("join_room", "joinRoom", **room, subAction="approve", targetUserId=newcomer.user_id)
    join(dave, "request")
    join(alice, "reject", dave)
    dave.say("join_room", "joinRoom", **room, subAction="request")
    join(alice, "approve", dave)
    target = {**room, "targetUserId": bob.user_id}
    counter.frame("update_member", "promote, 4 members", alice, "updateMember", **target, change="promote")
    counter.frame("update_member", "ban, 4 members", alice, "updateMember", **target, change="ban")
    counter.frame("update_room", "3 members", alice, "updateRoom", **room, topic="Plans")
    counter.frame("archive_room", "3 members", alice, "archiveRoom", **room, archived=True)
    counter.frame("archive_room", "opened again", alice, "archiveRoom", **room, archived=False)
    opened = counter.frame("open_direct", "1 other", alice, "openDirect", userIds=[dave.user_id])
    direct = {"roomId": opened["roomId"]}
    counter.frame("open_direct", "known", alice, "openDirect", userIds=[dave.user_id])
    counter.frame("send_message", "direct, 1 other", alice, "sendMessage", **direct, message=TEXT, clientMessageId="dm")
    counter.frame("hide_room", "", alice, "hideRoom", **direct, seq=1)
    counter.frame("get_members", "3 members", alice, "getMembers", **room)
    counter.frame("get_invitation", "3 members", erin, "getInvitation", **room)
    counter.frame("leave_room", "3 members", carol, "leaveRoom", **room)
    counter.frame("leave_room", "the only member", erin, "leaveRoom", roomId=erin.make_room())
    texts = {"userId": dave.user_id, "status": "approved", **room}
    image = {name: {"S": value} for name, value in texts.items()}
    change = {"OldImage": {**image, "version": {"N": "2"}}, "NewImage": {**image, "version": {"N": "3"}}}
    record = {"dynamodb": {**change, "SequenceNumber": "1"}}
    counter.invoke("reconcile_subscriptions", "1 change", {"Records": [record]})


def _messages(counter: Counter, _far_side: FarSide) -> None:
    alice = world.newcomer("alice")
    room_id = world.room_of(alice, MEMBERS - 1)
    author = world.newcomer("author")
    author.join(room_id)
    room = {"roomId": room_id}
    frame = {**room, "message": TEXT, "clientMessageId": "the-same"}
    situation = f"{MEMBERS} others"
    seq = counter.frame("send_message", situation, alice, "sendMessage", **frame)["seq"]
    counter.frame("send_message", f"{situation}, retry", alice, "sendMessage", **frame)
    counter.frame("send_message", "to the current room, no id", alice, "sendMessage", message=TEXT)
    world.send(alice, room_id, 60)
    counter.frame("get_messages", "50 of a room", alice, "getMessages", **room, limit=50)
    counter.frame("get_messages", "50 of one's own", alice, "getMessages", userId=alice.user_id, limit=50)
    mention = {**room, "message": TEXT, "mentions": [author.user_id]}
    counter.frame("send_message", f"{situation}, 1 mention", alice, "sendMessage", **mention, clientMessageId="mention")
    counter.frame("typing", situation, alice, "typing", **room)
    counter.frame("set_notifications", "", alice, "setNotifications", **room, level="mentions")
    long = {**room, "message": LONG}
    counter.frame("send_message", f"{situation}, 8 KB", alice, "sendMessage", **long, clientMessageId="long")
    _changes(counter, alice, author, room_id)
    for number in range(MAX_HISTORY):
        alice.say("send_message", "sendMessage", **long, clientMessageId=f"{number}")
    counter.frame("get_messages", "the largest page", alice, "getMessages", **room, limit=MAX_HISTORY)
    _marks(counter, alice, {**room, "seq": seq})


def _marks(counter: Counter, alice: Client, mark: dict[str, Any]) -> None:
    """By somebody who has no other device."""
    others = [alice.make_room() for _ in range(2)]
    for room_id in others:
        world.send(alice, room_id, 1)
    counter.frame("mark_read", "", alice, "markRead", rooms=[mark])
    counter.frame("mark_read", "read already", alice, "markRead", rooms=[mark])
    more = [{"roomId": room_id, "seq": 1} for room_id in others]
    counter.frame("mark_read", "3 rooms", alice, "markRead", rooms=[{**mark, "seq": mark["seq"] + 1}, *more])


def _changes(counter: Counter, alice: Client, author: Client, room_id: str) -> None:
    """A message of one of the others is changed in each way, and all of it is read back."""
    latest = author.say("send_message", "sendMessage", roomId=room_id, message=TEXT, clientMessageId="latest")
    named = {"roomId": room_id, "sortKey": latest["sortKey"]}
    situation = f"{MEMBERS} others"
    reaction = {**named, "emoji": "👍", "on": True}
    counter.frame("react", situation, alice, "react", **reaction)
    counter.frame("react", f"{situation}, retry", alice, "react", **reaction)
    edit = {**named, "message": TEXT + "!", "basedOn": 0, "clientEditId": "edit"}
    counter.frame("edit_message", situation, author, "editMessage", **edit)
    counter.frame("get_edits", "1 earlier text", alice, "getEdits", **named)
    counter.frame("pin_message", situation, alice, "pinMessage", **named, on=True)
    counter.frame("get_activity", "1 reaction", author, "getActivity")
    counter.frame("get_pins", "1 pin", alice, "getPins", roomId=room_id)
    quote = {"roomId": room_id, "message": TEXT, "replyTo": latest["sortKey"]}
    counter.frame("send_message", f"{situation}, a quote", alice, "sendMessage", **quote, clientMessageId="quote")
    around = {"roomId": room_id, "around": latest["sortKey"], "limit": 20}
    counter.frame("get_messages", "20 around one", alice, "getMessages", **around)
    counter.frame("delete_message", situation, author, "deleteMessage", **named)
    counter.frame("get_changes", "4 of one message", alice, "getChanges", roomId=room_id, after=0)


def _large_room(counter: Counter, far_side: FarSide) -> None:
    alice = world.newcomer("alice")
    room_id = alice.make_room()
    world.crowd(room_id, LARGE_ROOM)
    far_side.arrived()
    frame = {"roomId": room_id, "message": TEXT, "clientMessageId": "large"}
    counter.frame("send_message", f"{LARGE_ROOM} others, queued", alice, "sendMessage", **frame)
    (segment,) = counter.rows[-1].arrived.queued
    counter.invoke("fan_out", f"a segment of {LARGE_ROOM}", {"Records": [{"messageId": "1", "body": segment}]})


def _http(counter: Counter, _far_side: FarSide) -> None:
    route = "GET /health"
    request = {"http": {"method": "GET", "path": "/health"}, "requestId": "NzZVMGRljoEFrBw="}
    counter.invoke("health", "", {"routeKey": route, "rawPath": "/health", "requestContext": request})
