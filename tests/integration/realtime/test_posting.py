"""Posting over HTTP to an `@connections` API that answers in every way that a server may."""

import json
from collections.abc import Iterator

import pytest

from shared.aws import budgets, deadline
from shared.features.sessions.wire import Pong
from shared.realtime import posting
from shared.realtime.connections import Connection
from shared.realtime.publication import Publication
from shared.realtime.publishing import publish
from shared.realtime.segments import Segment
from shared.realtime.subscriptions import Subscription
from tests.support import environment, tables
from tests.support.connections_server import Answer, ConnectionsServer, Odd
from tests.support.databases import Database
from tests.support.fake_deployment import FakeDeployment

TOPIC = "room:somewhere"
EVENT = Pong(time=1, heads={}, revs={})
BODY = EVENT.encode().encode()


@pytest.fixture
def server(database: Database, clean_tables: None) -> Iterator[ConnectionsServer]:
    """An `@connections` API that the functions post to."""
    with ConnectionsServer() as server:
        environment.set_variables(DYNAMODB_ENDPOINT=database.url, PARLEY_CONNECTIONS_URL=server.url)
        yield server
        database.use()


@pytest.fixture
def deployment(server: ConnectionsServer) -> Iterator[FakeDeployment]:
    """Only its queue, and that nobody waits."""
    with FakeDeployment(posts_for_real=True) as deployment:
        yield deployment


def _listeners(count: int, expires_at: int = 10**13) -> list[str]:
    """The connectionIds of new listeners to the topic, in order."""
    tables.remove(*(Subscription.key(TOPIC, each.connection_id) for each in Subscription.listeners(TOPIC)))
    ids = [f"Q{number:04d}/+=@ \u00e9" for number in range(count)]
    tables.store(Subscription(TOPIC, each, user_id="u", expires_at=expires_at, ttl=10**10) for each in ids)
    return ids


def _publish() -> None:
    publish(Publication(TOPIC, EVENT))


def _queued(deployment: FakeDeployment) -> list[Segment]:
    return [Segment.model_validate_json(entry.body) for entry in deployment.queue]


def test_every_listener_gets_the_body_once_over_a_few_kept_lines(
    deployment: FakeDeployment, server: ConnectionsServer
) -> None:
    # given
    ids = _listeners(60)

    # when
    _publish()
    _publish()

    # then
    assert all(server.posted(each) == [BODY, BODY] for each in ids)
    assert server.unsigned == []
    assert server.lines <= posting.PARALLEL
    assert not deployment.queue


@pytest.mark.parametrize("answer", [Odd.CHUNKED, Odd.WITHOUT_LENGTH, Odd.CLOSING, Odd.CLOSED_AFTER, 202, 204])
def test_however_a_good_answer_comes_it_counts_once(
    deployment: FakeDeployment, server: ConnectionsServer, answer: Answer
) -> None:
    # given a room where some answers come in another way, and which was posted to before
    ids = _listeners(40)
    _publish()
    for each in ids[::3]:
        server.answers[each] = [answer]

    # when
    _publish()
    _publish()

    # then
    assert all(server.posted(each) == [BODY] * 3 for each in ids)
    assert not deployment.queue


@pytest.mark.parametrize("answer", [500, 502, 503, 504, 400, 404, *(Odd.CUT_OFF, Odd.GARBAGE, Odd.CLOSED_BEFORE)])
def test_a_failed_post_is_tried_once_more(
    deployment: FakeDeployment, server: ConnectionsServer, answer: Answer
) -> None:
    # given
    ids = _listeners(20)
    server.answers[ids[3]] = [answer]
    server.answers[ids[19]] = [answer]

    # when
    _publish()

    # then
    for each in ids:
        assert server.posted(each) in ([BODY], [BODY, BODY]), each
    assert len(server.posted(ids[3])) == 2
    assert not deployment.queue


@pytest.mark.parametrize("answer", [500, Odd.CUT_OFF, Odd.GARBAGE])
def test_what_fails_twice_goes_to_the_queue_alone(
    deployment: FakeDeployment, server: ConnectionsServer, answer: Answer
) -> None:
    # given
    ids = _listeners(20)
    server.answers[ids[3]] = [answer, answer]

    # when
    _publish()

    # then
    (segment,) = _queued(deployment)
    assert segment.only == (ids[3],)
    assert segment.topic == TOPIC
    assert json.loads(segment.event) == EVENT.to_wire()
    assert deployment.queue[0].delay_seconds > 0
    # and the queue's function delivers it
    deployment.work_off_queue()
    assert server.posted(ids[3]) == [BODY] * 3
    assert all(len(server.posted(each)) == 1 for each in ids if each != ids[3])


def test_lines_that_the_other_side_closed_meanwhile_are_replaced(
    deployment: FakeDeployment, server: ConnectionsServer
) -> None:
    # given lines that were kept, and closed by the other side without a word
    ids = _listeners(30)
    for each in ids:
        server.answers[each] = [Odd.CLOSED_AFTER]
    _publish()

    # when
    _publish()

    # then
    assert all(server.posted(each) == [BODY, BODY] for each in ids)
    assert not deployment.queue


def test_those_who_hang_keep_nobody_from_hearing(
    deployment: FakeDeployment, server: ConnectionsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    monkeypatch.setattr(budgets, "CALL", 0.3)
    ids = _listeners(30)
    hanging = [ids[0], ids[15]]
    for each in hanging:
        server.answers[each] = [Odd.HANGING] * 2

    # when
    _publish()

    # then
    assert all(server.posted(each) == [BODY] for each in ids if each not in hanging)
    (segment,) = _queued(deployment)
    assert segment.only is not None
    assert sorted(segment.only) == hanging


def test_when_all_hang_the_rest_is_handed_to_the_queue_before_the_deadline(
    deployment: FakeDeployment, server: ConnectionsServer
) -> None:
    # given
    ids = _listeners(30)
    for each in ids:
        server.answers[each] = [Odd.HANGING] * 9
    deadline.set_remaining(budgets.HAND_OVER + 1.0)

    # when
    _publish()

    # then
    in_time = deadline.remaining() > 0
    deadline.set_remaining(environment.SECONDS_LEFT)
    assert in_time
    (segment,) = _queued(deployment)
    assert segment.only is not None
    assert sorted(segment.only) == ids


@pytest.mark.parametrize("answer", [403, 413])
def test_what_is_refused_for_one_reaches_the_others_and_waits_in_the_queue(
    deployment: FakeDeployment, server: ConnectionsServer, answer: int
) -> None:
    # given
    ids = _listeners(20)
    server.answers[ids[5]] = [answer, answer]

    # when
    _publish()

    # then
    assert all(server.posted(each) == [BODY] for each in ids if each != ids[5])
    (entry,) = deployment.queue
    assert Segment.model_validate_json(entry.body).only == (ids[5],)


def test_those_who_are_gone_are_forgotten(deployment: FakeDeployment, server: ConnectionsServer) -> None:
    # given
    ids = _listeners(20)
    gone = ids[::4]
    tables.store(
        row
        for each in gone
        for row in (
            Connection(each, user_id="u", username="u", connected_at=1, expires_at=10**13, ttl=10**10),
            Subscription("user:u", each, user_id="u", expires_at=10**13, ttl=10**10),
        )
    )
    for each in gone:
        server.answers[each] = [410]

    # when
    _publish()

    # then
    assert [each.connection_id for each in Subscription.listeners(TOPIC)] == [each for each in ids if each not in gone]
    assert not list(Subscription.listeners("user:u"))
    assert not [row for row in tables.items(Connection) if row["connectionId"]["S"] in gone]
    assert all(server.posted(each) == [BODY] for each in ids)


def test_those_whose_time_is_over_are_closed_and_forgotten(
    deployment: FakeDeployment, server: ConnectionsServer
) -> None:
    # given
    ids = _listeners(3, expires_at=1)

    # when
    _publish()

    # then
    assert sorted((each.method, each.connection_id) for each in server.requests) == [("DELETE", each) for each in ids]
    assert server.unsigned == []
    assert not list(Subscription.listeners(TOPIC))


def test_those_who_cannot_be_closed_now_are_not_forgotten(
    deployment: FakeDeployment, server: ConnectionsServer
) -> None:
    # given
    ids = _listeners(3, expires_at=1)
    server.answers = {ids[0]: [429], ids[1]: [410], ids[2]: [500]}

    # when
    _publish()

    # then
    assert [each.connection_id for each in Subscription.listeners(TOPIC)] == [ids[0], ids[2]]
    # and the next event closes them
    _publish()
    assert not list(Subscription.listeners(TOPIC))
    assert not any(server.posted(each) for each in ids)
