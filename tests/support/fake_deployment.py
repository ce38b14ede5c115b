"""People, their connections, and an API Gateway without sockets between them and the real handlers.

    deployment = FakeDeployment()
    alice, bob = deployment.person("alice"), deployment.person("bob")
    room = deployment.room(alice, bob)
    phone = bob.connects()
    alice.connects().call("sendMessage", roomId=room, message="hi")
    assert phone.pushed("message") == [...]

Posts reach the connections of this deployment at once; queue entries lie in `queue` until `work_off_queue`; changes of
memberships wait until `work_off_stream`. Every frame is held against the protocol and its limit.
"""

import importlib
import json
from collections import deque
from collections.abc import Iterable
from typing import Any, Self

import pytest
from botocore.exceptions import ClientError

from local.invocation import LambdaContext
from shared.aws import retry
from shared.aws.dynamodb import SignedConnection
from shared.aws.sqs import Entry, QueueSender
from shared.core import clock, ids, services
from shared.db.reads import rows
from shared.db.table import Raw
from shared.features.memberships.table import Membership
from shared.features.messages.table import Message
from shared.features.messages.wire import StoredMessage
from shared.features.pins.table import Pin
from shared.features.rate_limits import service as rate_limits
from shared.features.rooms.table import Room
from shared.realtime import posting
from shared.realtime.delivery_report import Result
from shared.realtime.topics import room_topic, user_topic
from tests.support import tables
from tests.support.fake_connections import FakeConnectionsApi, contended
from tests.support.faults import Faults, raising
from tests.support.people import Device, Person, stored_row, subscription
from tools import function_files

_FILES = function_files.read_all()
_FUNCTIONS = function_files.by_route(_FILES)
_HANDLERS = {name: importlib.import_module(f"lambdas.{name}.handler").handler for name in _FILES}

_LONG_AGO = 1_700_000_000_000


class FakeDeployment:
    """Use it as a context manager, once a database is in use.

    `hurried`: nobody waits before trying again. `posts_for_real`: over HTTP, to PARLEY_CONNECTIONS_URL.
    """

    functions = _FUNCTIONS
    """The function of each route."""

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
        deployment = self
        send = SignedConnection.send

        def send_faulty(connection: SignedConnection, operation_name: str, body: bytes) -> dict[str, Any]:
            refused = ClientError({"Error": {"Code": "ThrottlingException", "Message": ""}}, operation_name)
            return deployment.faults.step(
                operation_name,
                lambda: send(connection, operation_name, body),
                throttled=raising(refused),
                lost=raising(TimeoutError("no answer")),
                contended=contended(operation_name),
            )

        def attempt_faulty(_sender: QueueSender, pending: dict[str, Entry]) -> dict[str, Entry]:
            if deployment.queue_is_down:
                return pending

            def take() -> dict[str, Entry]:
                deployment.queue.extend(pending.values())
                return {}

            return deployment.faults.step("SendMessageBatch", take, throttled=lambda: pending, lost=lambda: pending)

        self._patch.setattr(SignedConnection, "send", send_faulty)
        self._patch.setattr(QueueSender, "_attempt", attempt_faulty)
        if not self._posts_for_real:
            services.current().replace(posting.build_connections_api, FakeConnectionsApi(deployment))
        # Which commands are counted is a matter of chance; a test that wants it counts all.
        self._patch.setattr(rate_limits, "is_sampled", lambda _: False)
        if self._hurried:
            self._patch.setattr(retry, "pause", lambda *_, **__: None)
        return self

    def __exit__(self, *_: object) -> None:
        self._patch.undo()
        services.current().renew(posting.build_connections_api)

    def person(self, name: str) -> Person:
        """Somebody whom nobody has met before."""
        person = Person(self, name)
        self.people.append(person)
        return person

    def room(
        self,
        admin: Person,
        *members: Person,
        co_admins: Iterable[Person] = (),
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

    def given_membership(self, person: Person, room_id: str, status: str, version: int = 1) -> None:
        """Put a membership of this status where there is none, as if it had always been so."""
        tables.store([Membership(person.user_id, room_id, username=person.name, status=status, version=version)])

    def given_messages(self, room_id: str, person: Person, texts: Iterable[str], **fields: Any) -> list[str]:
        """Put messages into a room, as if they had been sent long ago; their sortKeys."""
        room = stored_row(Room.key(room_id))
        assert room is not None
        stored: list[Message] = []
        for text in texts:
            room.last_seq, room.last_timestamp = room.last_seq + 1, max(room.last_timestamp, _LONG_AGO) + 1
            sort_key = ids.sort_key(int(room.last_timestamp), ids.new_id())
            author: dict[str, Any] = {"user_id": person.user_id, "username": person.name}
            stored.append(Message(room_id, sort_key, seq=room.last_seq, message=text, **author, **fields))
        tables.store([*stored, room])
        return [message.sort_key for message in stored]

    def given_pins(self, room_id: str, sort_keys: Iterable[str]) -> None:
        """Pin messages of a room, without changes."""
        messages = [stored_row(Message.key(room_id, sort_key)) for sort_key in sort_keys]
        found = [message for message in messages if message is not None]
        for message in found:
            message.pinned_at, message.pinned_by = 1, message.user_id
        tables.store([*found, *(Pin.of(message) for message in found)])

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

    def work_off_stream(self, *people: Person) -> None:
        """Hand what has changed in `memberships` since the last time to `reconcile_subscriptions`."""
        assert self.reconcile(self.changes(*people)) == {"batchItemFailures": []}

    def changes(self, *people: Person) -> list[dict[str, Any]]:
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
        room = stored_row(Room.key(room_id))
        assert room is not None
        assert room.last_seq == len(stored)
        return stored

    def head(self, room_id: str) -> int:
        """A room's lastSeq."""
        room = stored_row(Room.key(room_id))
        assert room is not None
        return int(room.last_seq)

    def has_ended(self, room_id: str) -> bool:
        """Whether a room's only member has left it."""
        room = stored_row(Room.key(room_id))
        assert room is not None
        return bool(room.has_ended)

    def admins(self, room_id: str) -> set[str]:
        """A room's admins."""
        room = stored_row(Room.key(room_id))
        assert room is not None
        return set(room.admin_user_ids)
