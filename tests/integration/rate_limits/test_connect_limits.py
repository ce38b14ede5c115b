"""How often one person may connect and say hello, and how many connections they may have."""

import contextlib
import http

import pytest

from shared.features.rate_limits import service as rate_limits
from shared.protocol.limits import ARRIVAL_WINDOW_MS
from shared.realtime.connections import Connection
from shared.realtime.delivery_report import Result
from tests.support import tables
from tests.support.fake_deployment import FakeDeployment
from tests.support.faults import Fault
from tests.support.limits import Clock, as_shipped, limit, standing_clock
from tests.support.people import Person

FEW = 3


@pytest.fixture
def time(clean_tables: None, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The functions' clock."""
    return standing_clock(monkeypatch)


def _stored(person: Person) -> set[str]:
    rows = tables.items(Connection)
    return {row["connectionId"]["S"] for row in rows if row["userId"]["S"] == person.user_id}


def test_who_connects_too_often_is_refused_until_the_minute_is_over(
    deployment: FakeDeployment, time: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    # given
    limit(monkeypatch, connects=FEW)
    alice, bob = deployment.person("alice"), deployment.person("bob")
    devices = [alice.opens() for _ in range(FEW)]

    # when
    refused, status = alice.handshake()

    # then
    assert status == http.HTTPStatus.TOO_MANY_REQUESTS
    assert refused.connection_id not in _stored(alice)
    (told,) = (record for record in caplog.records if record.getMessage() == "handshake refused")
    assert vars(told)["userId"] == alice.user_id
    # and those who are in stay, and so do others
    assert all(device.is_open for device in devices)
    bob.opens()
    # and when the minute is over, it works
    time.now += ARRIVAL_WINDOW_MS
    alice.opens()


def test_who_says_hello_too_often_is_told_when_to_say_it_again(
    deployment: FakeDeployment, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    limit(monkeypatch, connects=FEW)
    alice = deployment.person("alice")
    laptop = alice.opens()
    assert {laptop.call("hello")["action"] for _ in range(FEW)} == {"welcome"}

    # when
    refused = laptop.call("hello")

    # then
    assert (refused["code"], refused["retryAfterMs"]) == ("rateLimited", ARRIVAL_WINDOW_MS - 4_000)
    time.now += refused["retryAfterMs"]
    assert laptop.call("hello")["action"] == "welcome"


def test_as_shipped_a_person_may_connect_thirty_times_a_minute(
    deployment: FakeDeployment, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    as_shipped(monkeypatch, "connects")
    alice = deployment.person("alice")

    # when
    statuses = [alice.handshake()[1] for _ in range(31)]

    # then
    assert statuses == [200] * 30 + [429]


def test_a_connection_too_many_closes_the_oldest(deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    limit(monkeypatch, connections=FEW)
    alice, bob = deployment.person("alice"), deployment.person("bob")
    other = bob.connects()
    devices = [alice.connects() for _ in range(FEW)]

    # when
    newest = alice.connects()

    # then
    assert [device.is_open for device in (*devices, newest, other)] == [False, True, True, True, True]
    assert _stored(alice) == {device.connection_id for device in (*devices[1:], newest)}


def test_connections_that_nobody_ended_lock_nobody_out(
    deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given somebody whose network was lost again and again
    limit(monkeypatch, connections=FEW)
    alice = deployment.person("alice")

    # when
    for _ in range(3 * FEW):
        phone = alice.opens()
        phone.vanishes()
    phone = alice.opens()

    # then
    assert len(_stored(alice)) == FEW
    assert phone.call("ping")["action"] == "pong"


@pytest.mark.parametrize("fault", Fault)
def test_who_comes_is_let_in_or_comes_again_whatever_fails(
    deployment: FakeDeployment, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit(monkeypatch, connections=FEW)
    for moment in deployment.faults.every_moment():
        # given as many connections as one may have
        alice = deployment.person("alice")
        for _ in range(FEW):
            alice.connects()

        # when one more comes, and something fails
        # (where the invocation fails, API Gateway refuses the handshake)
        with moment.strike(fault), contextlib.suppress(Exception):
            alice.handshake()
        phone = alice.connects()

        # then the newest is in, and they are as many as may be, or one more where a close was lost
        assert phone.is_open, moment
        assert phone.connection_id in _stored(alice), moment
        assert len([device for device in alice.devices if device.is_open]) <= FEW + 1, moment


def test_a_connection_that_cannot_be_closed_now_is_closed_by_the_next_who_comes(
    deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    limit(monkeypatch, connections=FEW)
    alice = deployment.person("alice")
    oldest, *_ = [alice.connects() for _ in range(FEW)]
    with monkeypatch.context() as patch:
        patch.setattr(FakeDeployment, "close", lambda *_: Result.THROTTLED)
        alice.connects()
    assert oldest.is_open
    assert oldest.connection_id in _stored(alice)

    # when
    alice.connects()

    # then
    assert not oldest.is_open
    assert len(_stored(alice)) == FEW


def test_as_shipped_a_person_may_have_fifty_connections(clean_tables: None, monkeypatch: pytest.MonkeyPatch) -> None:
    as_shipped(monkeypatch, "connections")

    assert rate_limits.most_connections() == 50
