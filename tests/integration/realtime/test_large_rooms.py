"""A room with more connections than one Lambda posts to: segments in the queue, which together cover all."""

from collections.abc import Iterator

import pytest

from shared.realtime.delivery_report import Result
from shared.realtime.segments import Segment
from shared.realtime.subscriptions import Subscription
from tests.support import environment, tables
from tests.support.databases import Database
from tests.support.fake_deployment import FakeDeployment
from tests.support.people import Device, Person, subscription

INLINE_LIMIT = 4
SEGMENT_SIZE = 3


@pytest.fixture
def small_limits(database: Database, clean_tables: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A room is large with five connections, and a segment holds three."""
    monkeypatch.setenv("PARLEY_INLINE_LIMIT", str(INLINE_LIMIT))
    monkeypatch.setenv("PARLEY_SEGMENT_SIZE", str(SEGMENT_SIZE))
    environment.forget()
    yield
    monkeypatch.undo()
    environment.forget()


def _listening(deployment: FakeDeployment, person: Person, room: str, count: int) -> list[Device]:
    """More connections of a person, that listen to the room; stored in one go."""
    devices = []
    for _ in range(count):
        device = Device(person, 10**13)
        person.devices.append(device)
        deployment.connections[device.connection_id] = device
        devices.append(device)
    tables.store(subscription(f"room:{room}", device) for device in devices)
    return devices


@pytest.mark.parametrize("connections", [1, 3, 4, 5, 6, 7, 9, 10, 13])
def test_everybody_gets_it_once_whatever_the_size(
    small_limits: None, deployment: FakeDeployment, connections: int
) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop = alice.connects()
    room = deployment.room(alice, bob)
    devices = _listening(deployment, bob, room, connections - 1)

    # when
    answer = laptop.sends(room, "hello", "id")
    queued = len(deployment.queue)
    deployment.work_off_queue()

    # then the sender's own connection is passed over in the queue as well
    assert answer["action"] == "messageSent"
    assert queued == (0 if connections <= INLINE_LIMIT else -(-connections // SEGMENT_SIZE))
    assert [len(device.pushed("message", room)) for device in devices] == [1] * len(devices)
    assert laptop.pushed("message") == []


def test_segments_cover_those_who_come_and_pass_over_those_who_go(
    small_limits: None, deployment: FakeDeployment
) -> None:
    # given a message in the queue
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop = alice.connects()
    room = deployment.room(alice, bob)
    devices = _listening(deployment, bob, room, 12)
    laptop.sends(room)

    # when some go and others come before it is delivered
    for device in devices[::3]:
        tables.remove(Subscription.key(f"room:{room}", device.connection_id))
    newcomers = _listening(deployment, bob, room, 12)
    deployment.work_off_queue()

    # then
    for device in newcomers + [each for each in devices if each not in devices[::3]]:
        assert len(device.pushed("message", room)) == 1
    assert not any(device.frames for device in devices[::3])


def test_what_a_segment_cannot_deliver_is_queued_again_alone(small_limits: None, deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop = alice.connects()
    room = deployment.room(alice, bob)
    devices = _listening(deployment, bob, room, 9)
    deployment.answers[devices[4].connection_id] = [Result.THROTTLED] * 2
    laptop.sends(room, "hello", "id")

    # when
    deployment.work_off_queue(rounds=1)

    # then
    (segment,) = [Segment.model_validate_json(entry.body) for entry in deployment.queue]
    assert segment.only == (devices[4].connection_id,)
    deployment.work_off_queue()
    assert [len(device.pushed("message", room)) for device in devices] == [1] * 9


def test_a_queue_that_is_down_leaves_a_large_room_s_message_unacknowledged(
    small_limits: None, deployment: FakeDeployment
) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop = alice.connects()
    room = deployment.room(alice, bob)
    devices = _listening(deployment, bob, room, 9)
    deployment.queue_is_down = True

    # when
    refused = laptop.sends(room, "hello", "id")
    deployment.queue_is_down = False
    answer = laptop.sends(room, "hello", "id")
    deployment.work_off_queue()

    # then
    assert refused["code"] == "internal"
    assert answer["seq"] == 1
    assert [len(device.pushed("message", room)) for device in devices] == [1] * 9


def test_300_connections_of_which_some_are_gone(deployment: FakeDeployment) -> None:
    # given the real limits
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop = alice.connects()
    room = deployment.room(alice, bob)
    devices = _listening(deployment, bob, room, 300)
    gone = devices[::7]
    for device in gone:
        device.vanishes()

    # when
    laptop.sends(room, "hello", "id")
    assert deployment.posts == []
    deployment.work_off_queue()

    # then
    assert all(device.heard(room) == {1} for device in devices if device.is_open)
    left = {listener.connection_id for listener in Subscription.listeners(f"room:{room}")}
    assert left == {laptop.connection_id, *(device.connection_id for device in devices if device.is_open)}
    assert not deployment.dead_letters
