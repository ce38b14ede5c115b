"""How many commands of any kind one person may send: counted by samples, and whoever floods is cut off."""

import http
from collections.abc import Callable

import pytest

from shared.features.rate_limits import service as rate_limits
from shared.features.rate_limits.service import SAMPLE
from shared.protocol.limits import ARRIVAL_WINDOW_MS, WINDOW_MS
from tests.support.fake_deployment import FakeDeployment
from tests.support.faults import Fault
from tests.support.limits import Clock, limit, standing_clock
from tests.support.people import Device

LIMIT = 5 * SAMPLE

FLOODS: dict[str, Callable[[Device, str], object]] = {
    "ping": lambda device, _room: device.call("ping"),
    "getMessages": lambda device, room: device.call("getMessages", roomId=room),
    "markRead": lambda device, room: device.call("markRead", rooms=[{"roomId": room, "seq": 0}]),
    "unknown": lambda device, _room: device.call("dance"),
    "no JSON": lambda device, _room: device.say("{"),
    "malformed": lambda device, _room: device.call("sendMessage", message=5),
}


@pytest.fixture
def time(clean_tables: None, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The functions' clock."""
    return standing_clock(monkeypatch)


@pytest.fixture
def all_counted(deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch) -> None:
    """No chance: each command is one of the counted."""
    monkeypatch.setattr(rate_limits, "is_sampled", lambda _: True)
    limit(monkeypatch, commands=LIMIT)


@pytest.mark.parametrize("what", FLOODS)
def test_who_floods_with_any_command_is_cut_off(
    deployment: FakeDeployment, all_counted: None, time: Clock, what: str
) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.opens(), bob.opens()
    room = deployment.room(alice, bob)

    # when
    commands = 0
    while laptop.is_open:
        FLOODS[what](laptop, room)
        commands += 1

    # then
    assert commands == LIMIT // SAMPLE + 1
    # and others are not
    FLOODS[what](phone, room)
    assert phone.is_open


def test_a_connection_whose_token_has_ended_is_no_way_around(
    deployment: FakeDeployment, all_counted: None, time: Clock
) -> None:
    # given
    laptop = deployment.person("alice").opens(expires_at=time.now - 1)

    # when
    for _ in range(LIMIT // SAMPLE + 1):
        laptop.call("ping")

    # then
    assert not laptop.is_open


def test_who_is_cut_off_may_come_back_when_the_minute_is_over(
    deployment: FakeDeployment, all_counted: None, time: Clock
) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop = alice.opens()
    while laptop.is_open:
        laptop.call("ping")

    # when
    _, status = alice.handshake()

    # then
    assert status == http.HTTPStatus.TOO_MANY_REQUESTS
    assert bob.opens().call("ping")["action"] == "pong"
    time.now += ARRIVAL_WINDOW_MS
    later = alice.opens()
    assert later.call("ping")["action"] == "pong"
    assert later.is_open


def test_one_in_twenty_is_counted_and_each_by_its_own_chance() -> None:
    counted = sum(rate_limits.is_sampled(f"request {number}") for number in range(10_000))

    assert 400 < counted < 600


@pytest.mark.parametrize("fault", Fault)
def test_a_count_that_fails_does_no_harm(
    deployment: FakeDeployment, all_counted: None, time: Clock, fault: Fault
) -> None:
    for moment in deployment.faults.every_moment():
        # given
        alice = deployment.person("alice")
        laptop = alice.opens()
        room = deployment.room(alice)

        # when
        with moment.strike(fault):
            laptop.call("getMessages", roomId=room)
        time.now += WINDOW_MS

        # then
        assert laptop.call("getMessages", roomId=room)["action"] == "messageHistory", moment
