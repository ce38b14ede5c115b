"""From a stored message to everybody who listens: delivered, queued, cleaned up, and never dropped in silence."""

import pytest

from shared.aws import deadline, retry
from shared.core import clock
from shared.protocol.limits import LISTEN_AFTER_EXPIRY_MS
from shared.realtime.connections import Connection
from shared.realtime.delivery_report import Result
from shared.realtime.segments import Segment
from shared.realtime.subscriptions import Subscription
from tests.support import tables
from tests.support.fake_deployment import FakeDeployment
from tests.support.people import Device, subscription


def _queued(deployment: FakeDeployment) -> list[Segment]:
    return [Segment.model_validate_json(entry.body) for entry in deployment.queue]


def _scene(deployment: FakeDeployment) -> tuple[str, Device, Device, Device]:
    """A room with alice and bob: her connection that sends, her other one, and his."""
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, desktop, phone = alice.connects(), alice.connects(), bob.connects()
    return deployment.room(alice, bob), laptop, desktop, phone


def test_the_sender_s_connection_is_passed_over_where_it_named_its_message(deployment: FakeDeployment) -> None:
    # given
    room, laptop, desktop, phone = _scene(deployment)

    # when
    laptop.sends(room, "named", "id")
    laptop.sends(room, "not named")

    # then
    assert laptop.heard(room) == {2}
    assert desktop.heard(room) == phone.heard(room) == {1, 2}


def test_a_connection_that_is_gone_is_forgotten(deployment: FakeDeployment) -> None:
    # given
    room, laptop, desktop, phone = _scene(deployment)
    phone.vanishes()

    # when
    answer = laptop.sends(room)

    # then
    assert answer["action"] == "messageSent"
    assert desktop.heard(room) == {1}
    assert not phone.subscriptions(f"room:{room}")
    assert not phone.subscriptions(phone.person.topic)
    assert phone.connection_id not in [row["connectionId"]["S"] for row in tables.items(Connection)]
    assert not deployment.queue


def test_one_failure_is_tried_again_at_once(deployment: FakeDeployment) -> None:
    # given
    room, laptop, _, phone = _scene(deployment)
    deployment.answers[phone.connection_id] = [Result.FAILED]

    # when
    laptop.sends(room)

    # then
    assert phone.heard(room) == {1}
    assert not deployment.queue


def test_nobody_waits_for_a_connection_that_does_not_read(
    deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    pauses: list[int] = []
    monkeypatch.setattr(retry, "pause", lambda attempt, _policy: pauses.append(attempt))
    room, laptop, _, phone = _scene(deployment)
    deployment.posts.clear()
    deployment.answers[phone.connection_id] = [Result.THROTTLED]

    # when
    answer = laptop.sends(room)

    # then the send is over after one post to it, and the queue does the rest
    assert answer["action"] == "messageSent"
    assert deployment.posts.count(phone.connection_id) == 1
    assert pauses == []
    deployment.work_off_queue()
    assert phone.heard(room) == {1}


@pytest.mark.parametrize("result", [Result.THROTTLED, Result.FAILED])
def test_two_refusals_go_to_the_queue_and_the_command_is_acknowledged(
    deployment: FakeDeployment, result: Result
) -> None:
    # given
    room, laptop, desktop, phone = _scene(deployment)
    deployment.answers[phone.connection_id] = [result] * 2

    # when
    answer = laptop.sends(room)

    # then
    assert answer["action"] == "messageSent"
    assert desktop.heard(room) == {1}
    assert phone.heard(room) == set()
    assert [segment.only for segment in _queued(deployment)] == [(phone.connection_id,)]
    assert phone.subscriptions(f"room:{room}")
    deployment.work_off_queue()
    assert phone.heard(room) == {1}


def test_what_can_be_neither_delivered_nor_queued_is_not_acknowledged(deployment: FakeDeployment) -> None:
    # given
    room, laptop, _, phone = _scene(deployment)
    deployment.answers[phone.connection_id] = [Result.THROTTLED]
    deployment.queue_is_down = True

    # when
    refused = laptop.sends(room, "hello", "id")
    deployment.queue_is_down = False
    answer = laptop.sends(room, "hello", "id")

    # then the repetition delivers it
    assert refused["code"] == "internal"
    assert "hello" not in refused["message"]
    assert answer["seq"] == 1
    assert len(deployment.history(room)) == 1
    assert phone.heard(room) == {1}


def test_a_connection_hears_for_five_minutes_after_its_token_ended_and_is_then_closed(
    deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    room, laptop, _, phone = _scene(deployment)
    tablet = phone.person.connects(expires_at=clock.now_ms() + 1000)
    laptop.expires_at += 10**9
    start = clock.now_ms()

    # when a message comes shortly before the end, and one at the end
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now_ms", lambda: start + LISTEN_AFTER_EXPIRY_MS)
        laptop.sends(room)
        patch.setattr(clock, "now_ms", lambda: start + LISTEN_AFTER_EXPIRY_MS + 1001)
        laptop.sends(room)

    # then
    assert tablet.heard(room) == {1}
    assert phone.heard(room) == {1, 2}
    assert not tablet.is_open
    assert not tablet.subscriptions(f"room:{room}")
    assert not tablet.subscriptions(tablet.person.topic)
    assert phone.is_open


def test_near_the_deadline_everything_goes_to_the_queue(
    deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    room, laptop, _desktop, _phone = _scene(deployment)
    deployment.posts.clear()
    monkeypatch.setattr(deadline, "remaining", lambda: 1.0)

    # when
    answer = laptop.sends(room, "hello", "id")

    # then
    assert answer["action"] == "messageSent"
    assert deployment.posts == []
    (segment,) = _queued(deployment)
    assert segment.only is None
    monkeypatch.undo()


def test_a_connection_that_does_not_keep_up_for_a_minute_is_closed(
    deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given one whose buffer is full for good, and one for a while
    room, laptop, desktop, phone = _scene(deployment)
    deployment.answers[phone.connection_id] = [Result.THROTTLED] * 100
    deployment.answers[desktop.connection_id] = [Result.THROTTLED] * 6
    now = clock.now_ms()
    laptop.sends(room, "hello", "id")
    delays = []

    # when time passes
    while deployment.queue:
        delays.append(deployment.queue[0].delay_seconds)
        now += max(delays[-1], 1) * 1000
        monkeypatch.setattr(clock, "now_ms", lambda now=now: now)
        deployment.work_off_queue(rounds=1)
        assert len(delays) < 20

    # then
    assert desktop.heard(room) == {1}
    assert desktop.is_open
    assert not phone.is_open
    assert not phone.subscriptions(f"room:{room}")
    assert delays == sorted(delays)
    assert max(delays) <= 15
    assert sum(delays) >= 60
    assert deployment.dead_letters == []


def test_a_slow_connection_that_cannot_be_closed_yet_goes_on_listening(
    deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a connection that does not keep up, and an API that is too busy to close it the first time
    room, laptop, _, phone = _scene(deployment)
    deployment.answers[phone.connection_id] = [Result.THROTTLED] * 100
    now = clock.now_ms()
    laptop.sends(room, "hello", "id")
    close, refusals = deployment.close, [Result.THROTTLED, Result.FAILED]
    heard_by = []

    def busy(connection_id: str) -> Result:
        heard_by.append(phone.subscriptions(f"room:{room}"))
        return refusals.pop() if refusals else close(connection_id)

    monkeypatch.setattr(deployment, "close", busy)

    # when time passes
    for _ in range(15):
        now += 15_000
        monkeypatch.setattr(clock, "now_ms", lambda now=now: now)
        deployment.work_off_queue(rounds=1)

    # then it was tried again, and nobody was open and deaf meanwhile
    assert heard_by == [True, True, True]
    assert not phone.is_open
    assert not phone.subscriptions(f"room:{room}")
    assert not deployment.queue
    assert deployment.dead_letters == []


def test_a_connection_that_cannot_be_served_for_another_reason_ends_in_the_dead_letters(
    deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given an API that fails for one connection
    room, laptop, desktop, phone = _scene(deployment)
    deployment.answers[phone.connection_id] = [Result.FAILED] * 100
    now = clock.now_ms()
    laptop.sends(room, "hello", "id")

    # when time passes
    for _ in range(30):
        now += 15_000
        monkeypatch.setattr(clock, "now_ms", lambda now=now: now)
        deployment.work_off_queue(rounds=6)

    # then it is kept for a person to see, and the connection stays
    assert len(deployment.dead_letters) == 1
    assert Segment.model_validate_json(deployment.dead_letters[0].body).only == (phone.connection_id,)
    assert not deployment.queue
    assert phone.is_open
    assert desktop.heard(room) == {1}


@pytest.mark.parametrize("how", ["leave", "remove", "ban"])
def test_a_late_entry_reaches_nobody_who_has_left_meanwhile(deployment: FakeDeployment, how: str) -> None:
    # given a message that waits in the queue
    room, laptop, _, phone = _scene(deployment)
    deployment.answers[phone.connection_id] = [Result.THROTTLED] * 2
    laptop.sends(room)

    # when
    if how == "leave":
        phone.call("leaveRoom", roomId=room)
    else:
        laptop.call("updateMember", roomId=room, targetUserId=phone.person.user_id, change=how)
    deployment.work_off_queue()

    # then
    assert phone.heard(room) == set()


def test_poison_entries_are_reported_alone_and_the_others_are_delivered(deployment: FakeDeployment) -> None:
    # given two good entries and three that are none
    room, laptop, _desktop, phone = _scene(deployment)
    deployment.answers[phone.connection_id] = [Result.THROTTLED]
    laptop.sends(room)
    (good,) = deployment.queue
    bodies = [
        "not JSON",
        good.body,
        "{}",
        '{"topic":1,"event":"x"}',
        good.body.replace("{", '{"more":1,', 1),
        good.body,
    ]
    records = [{"messageId": str(place), "body": body} for place, body in enumerate(bodies)]

    # when
    answer = deployment.run("fan_out", {"Records": records})

    # then
    assert [failure["itemIdentifier"] for failure in answer["batchItemFailures"]] == ["0", "2", "3", "4"]
    assert len(phone.pushed("message", room)) == 2


def test_cleaning_up_must_not_fail_the_message(deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch) -> None:
    # given a connection that is gone, and a database that takes no more deletions
    from shared.aws.dynamodb import DynamoDbUnavailable, SignedConnection

    room, laptop, desktop, phone = _scene(deployment)
    phone.vanishes()
    dispatch = SignedConnection.dispatch

    def refuse_deletions(connection: SignedConnection, name: str, arguments: dict[str, object]) -> dict[str, object]:
        if name == "BatchWriteItem":
            raise DynamoDbUnavailable(name)
        return dispatch(connection, name, arguments)

    monkeypatch.setattr(SignedConnection, "dispatch", refuse_deletions)

    # when
    answer = laptop.sends(room, "hello", "id")

    # then
    assert answer["action"] == "messageSent"
    assert desktop.heard(room) == {1}
    assert phone.subscriptions(f"room:{room}")


def test_a_subscription_whose_connection_nobody_knows_is_no_obstacle(deployment: FakeDeployment) -> None:
    # given
    room, laptop, _desktop, phone = _scene(deployment)
    row = subscription(f"room:{room}", phone)
    stranger = Subscription(row.topic, "stranger", user_id="nobody", expires_at=row.expires_at, ttl=row.ttl)
    tables.store([stranger])

    # when
    laptop.sends(room)

    # then
    assert phone.heard(room) == {1}
    assert "stranger" not in [each.connection_id for each in Subscription.listeners(f"room:{room}")]
