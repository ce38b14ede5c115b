"""People, their connections, and an API Gateway without sockets between them and the real handlers.

    world = World()
    alice, bob = world.person("alice"), world.person("bob")
    room = world.room(alice, bob)
    phone = bob.connects()
    alice.connects().call("sendMessage", roomId=room, message="hi")
    assert phone.pushed("message") == [...]

Posts reach the connections of this world at once; queue entries lie in `queue` until `work_off_queue`; changes of
memberships wait until `work_off_stream`. Every frame is held against the protocol and its limit.
"""

import http
import importlib
import json
import uuid
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Self, TypeVar

import pytest
from botocore.exceptions import ClientError
from multidict import CIMultiDict, MultiDict
from pynamodb.exceptions import CancellationReason, VerboseClientError

from local.gateway import events as gateway_events
from local.invocation import LambdaContext
from shared.aws import retry
from shared.aws.dynamodb import SignedConnection
from shared.aws.sqs import Entry, QueueSender
from shared.core import clock, ids, services
from shared.db.reads import read, rows
from shared.db.table import Key, Raw, Table
from shared.features.memberships.table import Membership
from shared.features.messages.table import Message
from shared.features.messages.wire import StoredMessage
from shared.features.rate_limits import service as rate_limits
from shared.features.rooms.table import Room
from shared.protocol.limits import LISTEN_AFTER_EXPIRY_MS, MAX_FRAME_BYTES
from shared.protocol.operations import event_types
from shared.realtime import posting
from shared.realtime.delivery_report import DeliveryReport, Result
from shared.realtime.subscriptions import Subscription
from shared.realtime.topics import room_topic, user_topic
from tests.support import tables
from tests.support.faults import Faults, raising
from tools import function_files

Frame = dict[str, Any]

_Table = TypeVar("_Table", bound=Table)

_FILES = function_files.read_all()
_FUNCTIONS = function_files.by_route(_FILES)
_HANDLERS = {name: importlib.import_module(f"lambdas.{name}.handler").handler for name in _FILES}

TOKEN_LASTS_MS = 60 * 60 * 1000
_LONG_AGO = 1_700_000_000_000


class World:
    """Use it as a context manager, once a database is in use.

    `hurried`: nobody waits before trying again. `posts_for_real`: over HTTP, to PARLEY_CONNECTIONS_URL.
    """

    def __init__(self, *, hurried: bool = True, posts_for_real: bool = False) -> None:
        self.faults = Faults()
        self.queue: deque[Entry] = deque()
        self.dead_letters: list[Entry] = []
        self.gone: set[str] = set()
        """Connections that were closed without a $disconnect: a post to them answers 410."""
        self.answers: dict[str, list[Result]] = {}
        """What posts to a connection come to, one after the other, before they are delivered again."""
        self.posts: list[str] = []
        """The connectionIds of all posts that were tried."""
        self.connections: dict[str, Device] = {}
        self.people: list[Person] = []
        self.queue_is_down = False
        self._hurried = hurried
        self._posts_for_real = posts_for_real
        self._patch = pytest.MonkeyPatch()
        self._streamed: dict[tuple[str, str], Raw] = {}

    def __enter__(self) -> Self:
        world = self
        send = SignedConnection.send

        def send_faulty(connection: SignedConnection, operation_name: str, body: bytes) -> dict[str, Any]:
            refused = ClientError({"Error": {"Code": "ThrottlingException", "Message": ""}}, operation_name)
            return world.faults.step(
                operation_name,
                lambda: send(connection, operation_name, body),
                throttled=raising(refused),
                lost=raising(TimeoutError("no answer")),
                contended=_contended(operation_name),
            )

        def attempt_faulty(_sender: QueueSender, pending: dict[str, Entry]) -> dict[str, Entry]:
            if world.queue_is_down:
                return pending

            def take() -> dict[str, Entry]:
                world.queue.extend(pending.values())
                return {}

            return world.faults.step("SendMessageBatch", take, throttled=lambda: pending, lost=lambda: pending)

        self._patch.setattr(SignedConnection, "send", send_faulty)
        self._patch.setattr(QueueSender, "_attempt", attempt_faulty)
        if not self._posts_for_real:
            services.current().replace(posting.build_connections_api, _ConnectionsApi(world))
        # Which commands are counted is a matter of chance; a test that wants it counts all.
        self._patch.setattr(rate_limits, "is_sampled", lambda _: False)
        if self._hurried:
            self._patch.setattr(retry, "pause", lambda *_, **__: None)
        return self

    def __exit__(self, *_: object) -> None:
        self._patch.undo()
        services.current().renew(posting.build_connections_api)

    def person(self, name: str) -> "Person":
        """Somebody whom nobody has met before."""
        person = Person(self, name)
        self.people.append(person)
        return person

    def room(
        self,
        admin: "Person",
        *members: "Person",
        co_admins: Iterable["Person"] = (),
        visibility: str = "approval",
        **fields: Any,
    ) -> str:
        """A room that is already there, with these members; its devices listen to it."""
        room_id = ids.new_id()
        stored: list[Any] = [
            Room(
                room_id,
                room_name="Room",
                admin_user_ids={each.user_id for each in (admin, *co_admins)},
                visibility=visibility,
                created_at=clock.now_ms(),
                **fields,
            )
        ]
        for member in (admin, *co_admins, *members):
            stored.append(
                Membership(
                    member.user_id,
                    room_id,
                    username=member.name,
                    status="approved",
                    version=1,
                    joined_at=clock.now_ms(),
                )
            )
            stored.extend(
                subscription(room_topic(room_id), device)
                for device in member.devices
                if device.is_open and device.subscriptions(user_topic(member.user_id))
            )
        tables.store(stored)
        return room_id

    def stands(self, person: "Person", room_id: str, status: str, version: int = 1) -> None:
        """Put a membership of this status where there is none, as if it had always been so."""
        tables.store([Membership(person.user_id, room_id, username=person.name, status=status, version=version)])

    def said(self, room_id: str, person: "Person", texts: Iterable[str], **fields: Any) -> list[str]:
        """Put messages into a room, as if they had been sent long ago; their sortKeys."""
        room = _get(Room.key(room_id))
        assert room is not None
        stored: list[Message] = []
        for text in texts:
            room.last_seq, room.last_timestamp = room.last_seq + 1, max(room.last_timestamp, _LONG_AGO) + 1
            sort_key = ids.sort_key(int(room.last_timestamp), ids.new_id())
            author: dict[str, Any] = {"user_id": person.user_id, "username": person.name}
            stored.append(Message(room_id, sort_key, seq=room.last_seq, message=text, **author, **fields))
        tables.store([*stored, room])
        return [message.sort_key for message in stored]

    def run(self, function: str, event: dict[str, Any]) -> Any:
        """Invoke a Lambda."""
        file = _FILES[function]
        context = LambdaContext(function, file.memory_mb, file.timeout_seconds)
        return json.loads(json.dumps(_HANDLERS[function](json.loads(json.dumps(event)), context)))

    def post(self, connection_id: str, body: bytes) -> Result:
        """What API Gateway makes of a post."""
        self.posts.append(connection_id)
        device = self.connections.get(connection_id)
        if device is None or not device.is_open or connection_id in self.gone:
            return Result.GONE
        if self.answers.get(connection_id):
            result = self.answers[connection_id].pop(0)
            if result is not Result.DELIVERED:
                return result
        device.receive(body)
        return Result.DELIVERED

    def close(self, connection_id: str) -> Result:
        """What API Gateway does when a connection is to be closed: its $disconnect follows."""
        device = self.connections.get(connection_id)
        if device is None or not device.is_open or connection_id in self.gone:
            return Result.GONE
        device.disconnects()
        return Result.DELIVERED

    def work_off_queue(self, rounds: int = 20) -> None:
        """Hand the entries of the queue to `fan_out`; what fails for five times becomes a dead letter."""
        receives: dict[str, int] = {}
        for _ in range(rounds):
            if not self.queue:
                return
            entries = [self.queue.popleft() for _ in range(len(self.queue))]
            records = [{"messageId": str(place), "body": entry.body} for place, entry in enumerate(entries)]
            answer = self.run("fan_out", {"Records": records})
            for failure in answer["batchItemFailures"]:
                entry = entries[int(failure["itemIdentifier"])]
                receives[entry.body] = receives.get(entry.body, 0) + 1
                dead = receives[entry.body] >= _FILES["fan_out"].trigger.queue.max_receives  # type: ignore[union-attr]
                (self.dead_letters if dead else self.queue).append(entry)

    def work_off_stream(self, *people: "Person") -> None:
        """Hand what has changed in `memberships` since the last time to `reconcile_subscriptions`."""
        assert self.reconcile(self.changes(*people)) == {"batchItemFailures": []}

    def changes(self, *people: "Person") -> list[dict[str, Any]]:
        """What the stream of `memberships` has to show of these people, or of all, since the last time."""
        records: list[dict[str, Any]] = []
        for person in people or self.people:
            for row in rows(Membership, person.user_id):
                place = (person.user_id, row["roomId"]["S"])
                old = self._streamed.get(place)
                if old != row:
                    self._streamed[place] = row
                    change = {"NewImage": row, "SequenceNumber": str(len(records) + 1)}
                    records.append({"dynamodb": change | ({"OldImage": old} if old else {})})
        return records

    def reconcile(self, changes: list[dict[str, Any]]) -> Any:
        """Invoke `reconcile_subscriptions` with changes; what it answers."""
        return self.run("reconcile_subscriptions", {"Records": changes})

    def history(self, room_id: str) -> list[StoredMessage]:
        """All stored messages of a room, oldest first; it is checked that their order has neither hole nor tie."""
        stored = list(Message.in_room(room_id, after="0", page_size=100))
        assert [each.seq for each in stored] == list(range(1, len(stored) + 1))
        assert [each.sort_key for each in stored] == sorted({each.sort_key for each in stored})
        room = _get(Room.key(room_id))
        assert room is not None
        assert room.last_seq == len(stored)
        return stored

    def head(self, room_id: str) -> int:
        """A room's lastSeq."""
        room = _get(Room.key(room_id))
        assert room is not None
        return int(room.last_seq)

    def admins(self, room_id: str) -> set[str]:
        """A room's admins."""
        room = _get(Room.key(room_id))
        assert room is not None
        return set(room.admin_user_ids)


class Person:
    """Somebody with any number of devices."""

    def __init__(self, world: World, name: str) -> None:
        self.world = world
        self.name = name
        self.user_id = f"{name}-{uuid.uuid4()}"
        self.devices: list[Device] = []

    def opens(self, expires_at: int | None = None) -> "Device":
        """A new connection that has said nothing yet."""
        device, status = self.knocks(expires_at)
        assert status == http.HTTPStatus.OK
        return device

    def knocks(self, expires_at: int | None = None) -> "tuple[Device, int]":
        """A handshake, and the status that it is answered with."""
        device = Device(self, expires_at or clock.now_ms() + TOKEN_LASTS_MS)
        status = device.lifecycle("$connect")
        if status == http.HTTPStatus.OK:
            self.devices.append(device)
            self.world.connections[device.connection_id] = device
        return device, status

    def connects(self, expires_at: int | None = None) -> "Device":
        """A new connection that has said hello."""
        device = self.opens(expires_at)
        assert device.call("hello")["action"] == "welcome"
        return device

    def membership(self, room_id: str) -> Membership | None:
        """As it is stored."""
        return _get(Membership.key(self.user_id, room_id))

    def status(self, room_id: str) -> str | None:
        """Of the membership; None without one."""
        membership = self.membership(room_id)
        return membership.status if membership else None

    def version(self, room_id: str) -> int:
        """Of the membership; 0 without one."""
        membership = self.membership(room_id)
        return int(membership.version) if membership else 0

    def is_heard_in(self, room_id: str) -> set[bool]:
        """Which of the listening devices are subscribed to the room: {True} all, {False} none, both: some."""
        listening = [device for device in self.devices if device.is_open and device.subscriptions(self.topic)]
        return {bool(device.subscriptions(room_topic(room_id))) for device in listening}

    @property
    def topic(self) -> str:
        """Everything that concerns this person."""
        return user_topic(self.user_id)


class Device:
    """One connection: what it asks and what it hears."""

    def __init__(self, person: Person, expires_at: int) -> None:
        self.person = person
        self.world = person.world
        self.expires_at = expires_at
        self.is_open = True
        self.frames: list[Frame] = []
        """Everything that was pushed."""
        self._gateway = gateway_events.Caller(domain_name="gateway.test", source_ip="127.0.0.1", user_agent="test")
        self.connection_id = self._gateway.connection_id

    def call(self, action: str, **fields: Any) -> Frame:
        """Send a command; the reply."""
        return self.say(json.dumps({"action": action, **fields}))

    def say(self, text: str) -> Frame:
        """Send any text; the reply."""
        route = gateway_events.route_of(text, _FUNCTIONS)
        event = gateway_events.message(self._gateway, self._authorizer, route, text)
        response = self.world.run(_FUNCTIONS[route], event)
        assert response["statusCode"] == 200
        return _checked(response["body"])

    def sends(self, room_id: str, text: str = "hello", client_message_id: str | None = None) -> Frame:
        """sendMessage; the reply."""
        named = {"clientMessageId": client_message_id} if client_message_id else {}
        return self.call("sendMessage", roomId=room_id, message=text, **named)

    def receive(self, body: bytes) -> None:
        """Something is pushed."""
        self.frames.append(_checked(body.decode()))

    def disconnects(self) -> None:
        """The connection ends, and API Gateway says so."""
        self.is_open = False
        assert self.lifecycle("$disconnect") == http.HTTPStatus.OK

    def vanishes(self) -> None:
        """The connection ends, and nobody says so."""
        self.is_open = False

    def lifecycle(self, route: str) -> int:
        """$connect or $disconnect; the status that is answered."""
        if route == "$connect":
            offers = CIMultiDict({"Sec-WebSocket-Protocol": "parley.v1, bearer.x"})
            event = gateway_events.connected(self._gateway, self._authorizer, offers, MultiDict[str]())
        else:
            event = gateway_events.disconnected(self._gateway, self._authorizer, 1001, "")
        status: int = self.world.run(_FUNCTIONS[route], event)["statusCode"]
        return status

    def pushed(self, action: str, room_id: str | None = None) -> list[Frame]:
        """What was pushed of one kind, in one room where given."""
        return [
            frame
            for frame in self.frames
            if frame["action"] == action and (room_id is None or frame["roomId"] == room_id)
        ]

    def heard(self, room_id: str) -> set[int]:
        """The seqs of the messages that were pushed."""
        return {frame["seq"] for frame in self.pushed("message", room_id)}

    def subscriptions(self, topic: str) -> bool:
        """Whether it is stored that this connection listens to the topic."""
        return _get(Subscription.key(topic, self.connection_id)) is not None

    @property
    def _authorizer(self) -> dict[str, str]:
        return {"userId": self.person.user_id, "username": self.person.name, "expiresAt": str(self.expires_at)}


class _ConnectionsApi:
    """In the place of `shared.realtime.posting.ConnectionsApi`."""

    def __init__(self, world: World) -> None:
        self._world = world

    def post(self, connection_ids: Iterable[str], body: bytes) -> DeliveryReport:
        tally = DeliveryReport()
        for each in connection_ids:
            tally.add(each, self._step("POST", each, partial(self._world.post, each, body)))
        return tally

    def close(self, connection_ids: Iterable[str]) -> DeliveryReport:
        tally = DeliveryReport()
        for each in connection_ids:
            tally.add(each, self._step("DELETE", each, partial(self._world.close, each)))
        return tally

    def _step(self, method: str, connection_id: str, call: Callable[[], Result]) -> Result:
        return self._world.faults.step(
            f"{method} {connection_id}",
            call,
            throttled=lambda: Result.THROTTLED,
            lost=lambda: Result.FAILED,
        )


def _contended(operation_name: str) -> Callable[[], Any] | None:
    """How DynamoDB says that another transaction works on an item of this write; reads are not refused so."""
    if operation_name == "TransactWriteItems":
        reasons = [CancellationReason(code="TransactionConflict"), None]
        code = "TransactionCanceledException"
        return raising(VerboseClientError({"Error": {"Code": code}}, operation_name, {}, cancellation_reasons=reasons))
    if operation_name in ("PutItem", "UpdateItem", "DeleteItem"):
        return raising(ClientError({"Error": {"Code": "TransactionConflictException"}}, operation_name))
    return None


def subscription(topic: str, device: Device) -> Subscription:
    """A row that says that a device listens."""
    until = device.expires_at + LISTEN_AFTER_EXPIRY_MS
    return Subscription(
        topic, device.connection_id, user_id=device.person.user_id, expires_at=until, ttl=clock.as_ttl(until)
    )


def _get(key: Key[_Table]) -> _Table | None:
    return read(key)[key]


def _checked(text: str) -> Frame:
    assert len(text.encode()) <= MAX_FRAME_BYTES
    frame: Frame = json.loads(text)
    event_types()[frame["action"]].model_validate_json(text)
    return frame
