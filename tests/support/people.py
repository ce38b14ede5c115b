"""People of a FakeDeployment, and their devices."""

import http
import json
import uuid
from typing import TYPE_CHECKING, Any, TypeVar

from multidict import CIMultiDict, MultiDict

from local.gateway import events as gateway_events
from shared.core import clock
from shared.db.reads import read
from shared.db.table import Key, Table
from shared.features.memberships.table import Membership
from shared.protocol.limits import LISTEN_AFTER_EXPIRY_MS, MAX_FRAME_BYTES
from shared.protocol.operations import event_types
from shared.realtime.subscriptions import Subscription
from shared.realtime.topics import room_topic, user_topic

if TYPE_CHECKING:
    from tests.support.fake_deployment import FakeDeployment

Frame = dict[str, Any]

_Table = TypeVar("_Table", bound=Table)

TOKEN_LASTS_MS = 60 * 60 * 1000


class Person:
    """Somebody with any number of devices."""

    def __init__(self, deployment: "FakeDeployment", name: str) -> None:
        self.deployment = deployment
        self.name = name
        self.user_id = f"{name}-{uuid.uuid4()}"
        self.devices: list[Device] = []

    def opens(self, expires_at: int | None = None) -> "Device":
        """A new connection that has said nothing yet."""
        device, status = self.handshake(expires_at)
        assert status == http.HTTPStatus.OK
        return device

    def handshake(self, expires_at: int | None = None) -> "tuple[Device, int]":
        """A handshake, and the status that it is answered with."""
        device = Device(self, expires_at or clock.now_ms() + TOKEN_LASTS_MS)
        status = device.lifecycle("$connect")
        if status == http.HTTPStatus.OK:
            self.devices.append(device)
            self.deployment.connections[device.connection_id] = device
        return device, status

    def connects(self, expires_at: int | None = None) -> "Device":
        """A new connection that has said hello."""
        device = self.opens(expires_at)
        assert device.call("hello")["action"] == "welcome"
        return device

    def membership(self, room_id: str) -> Membership | None:
        """As it is stored."""
        return stored_row(Membership.key(self.user_id, room_id))

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
        self.deployment = person.deployment
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
        """Send any text; the reply, empty where the route gives none."""
        route = gateway_events.route_of(text, self.deployment.functions)
        event = gateway_events.message(self._gateway, self._authorizer, route, text)
        response = self.deployment.run(self.deployment.functions[route], event)
        assert response["statusCode"] == 200
        return _checked(response["body"]) if "body" in response else {}

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
        status: int = self.deployment.run(self.deployment.functions[route], event)["statusCode"]
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
        return stored_row(Subscription.key(topic, self.connection_id)) is not None

    @property
    def _authorizer(self) -> dict[str, str]:
        return {"userId": self.person.user_id, "username": self.person.name, "expiresAt": str(self.expires_at)}


def subscription(topic: str, device: Device) -> Subscription:
    """A row that says that a device listens."""
    until = device.expires_at + LISTEN_AFTER_EXPIRY_MS
    return Subscription(
        topic, device.connection_id, user_id=device.person.user_id, expires_at=until, ttl=clock.as_ttl(until)
    )


def stored_row(key: Key[_Table]) -> _Table | None:
    """The row of a key, if there is one."""
    return read(key)[key]


def _checked(text: str) -> Frame:
    assert len(text.encode()) <= MAX_FRAME_BYTES
    frame: Frame = json.loads(text)
    event_types()[frame["action"]].model_validate_json(text)
    return frame
