"""How fast one person may send and change rooms: beyond it they wait, and whoever floods is cut off."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.features.messages.table import Message
from shared.features.rate_limits.table import Allowance
from shared.protocol.limits import FLOOD_MULTIPLIER, RESEND_MULTIPLIER, WINDOW_MS
from tests.support import tables
from tests.support.fake_deployment import FakeDeployment
from tests.support.faults import Fault
from tests.support.limits import Clock, as_shipped, limit, standing_clock
from tests.support.people import Device, Frame

LIMIT = 5


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The functions' clock."""
    return standing_clock(monkeypatch)


@pytest.fixture(autouse=True)
def few(clean_tables: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """An allowance that is soon used up."""
    limit(monkeypatch, sends=LIMIT)


def _used_up(device: Device, room: str) -> None:
    answers = [device.sends(room, "within", f"within-{number}") for number in range(LIMIT)]
    assert {answer["action"] for answer in answers} == {"messageSent"}


def _is_limited(answer: Frame) -> bool:
    return answer.get("code") == "rateLimited"


@pytest.mark.parametrize("name", [None, "named"])
def test_who_has_used_up_their_allowance_is_told_when_it_begins_anew(
    deployment: FakeDeployment, time: Clock, name: str | None
) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    room = deployment.room(alice, bob)
    _used_up(laptop, room)
    before = tables.everything()

    # when
    refused = laptop.sends(room, "too much", name)

    # then it is said, and nothing else happens
    assert _is_limited(refused)
    assert refused["retryAfterMs"] == WINDOW_MS - 4_000
    assert tables.everything() == before
    assert phone.heard(room) == set(range(1, LIMIT + 1))
    # and when that time has passed, it works
    time.now += refused["retryAfterMs"]
    assert laptop.sends(room, "too much", name)["seq"] == LIMIT + 1


def test_all_devices_and_all_rooms_of_a_person_count_together(deployment: FakeDeployment, time: Clock) -> None:
    # given
    alice = deployment.person("alice")
    devices = [alice.connects(), alice.connects()]
    rooms = [deployment.room(alice), deployment.room(alice)]

    # when
    answers = [devices[turn % 2].sends(rooms[turn // 2 % 2]) for turn in range(LIMIT + 3)]

    # then
    assert [_is_limited(answer) for answer in answers] == [False] * LIMIT + [True] * 3


def test_others_are_not_limited_with_somebody(deployment: FakeDeployment, time: Clock) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    room = deployment.room(alice, bob)
    _used_up(laptop, room)

    # when
    answer = phone.sends(room)

    # then
    assert answer["seq"] == LIMIT + 1
    assert _is_limited(laptop.sends(room))


def test_what_is_stored_is_answered_again_beyond_the_allowance(deployment: FakeDeployment, time: Clock) -> None:
    # given a message whose answer was lost, and an allowance that was used up since
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    room = deployment.room(alice, bob)
    first = laptop.sends(room, "hello", "once")
    for _ in range(LIMIT):
        laptop.sends(room)

    # when
    again = laptop.sends(room, "hello", "once")

    # then it is no new message
    assert again == first
    assert len(phone.pushed("message", room)) == LIMIT + 1


def test_repeating_one_message_for_ever_is_a_flood_too(deployment: FakeDeployment, time: Clock) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    room = deployment.room(alice, bob)

    # when
    answers = [laptop.sends(room, "hello", "once") for _ in range(FLOOD_MULTIPLIER * LIMIT + 1)]

    # then
    answered = RESEND_MULTIPLIER * LIMIT
    assert [_is_limited(answer) for answer in answers] == [False] * answered + [True] * (len(answers) - answered)
    assert len(phone.pushed("message", room)) == answered
    assert not laptop.is_open


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("createRoom", {"roomName": "One more"}),
        ("joinRoom", {"subAction": "request"}),
        ("leaveRoom", {}),
        ("updateMember", {"targetUserId": "somebody", "change": "promote"}),
    ],
)
def test_changes_of_rooms_share_the_allowance(
    deployment: FakeDeployment, time: Clock, action: str, fields: dict[str, str]
) -> None:
    # given
    alice = deployment.person("alice")
    laptop = alice.connects()
    room = deployment.room(alice)
    _used_up(laptop, room)
    before = tables.everything()

    # when
    answer = laptop.call(action, **fields, **({} if action == "createRoom" else {"roomId": room}))

    # then
    assert _is_limited(answer)
    assert tables.everything() == before


def test_who_floods_is_cut_off(deployment: FakeDeployment, time: Clock, caplog: pytest.LogCaptureFixture) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, tablet, phone = alice.connects(), alice.connects(), bob.connects()
    room = deployment.room(alice, bob)

    # when
    refused = 0
    while laptop.is_open:
        refused += _is_limited(laptop.sends(room))

    # then
    assert refused == FLOOD_MULTIPLIER * LIMIT + 1 - LIMIT
    assert len(deployment.history(room)) == LIMIT
    # and the operator can find out who it was
    (told,) = (record for record in caplog.records if record.getMessage() == "connection closed for flooding")
    assert vars(told)["userId"] == alice.user_id
    # and others, and one's own other devices, stay
    assert phone.is_open
    assert tablet.is_open


def test_of_sends_at_the_same_time_exactly_as_many_pass(unhurried_deployment: FakeDeployment, time: Clock) -> None:
    # given
    deployment = unhurried_deployment
    alice = deployment.person("alice")
    laptop = alice.connects()
    rooms = [deployment.room(alice) for _ in range(4)]

    # when
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda turn: laptop.sends(rooms[turn % 4], "hello", f"{turn}"), range(3 * LIMIT)))

    # then
    assert sum(answer["action"] == "messageSent" for answer in answers) == LIMIT
    assert all(_is_limited(answer) for answer in answers if answer["action"] != "messageSent")
    assert sum(len(deployment.history(room)) for room in rooms) == LIMIT


@pytest.mark.parametrize("fault", Fault)
def test_a_send_that_fails_anywhere_counts_and_does_no_harm(
    deployment: FakeDeployment, time: Clock, fault: Fault
) -> None:
    for moment in deployment.faults.every_moment():
        # given
        alice = deployment.person("alice")
        laptop = alice.connects()
        room = deployment.room(alice)

        # when
        with moment.strike(fault):
            laptop.sends(room, "hello", "once")

        # then it can be repeated a moment later, however often it was counted, and is there once
        time.now += WINDOW_MS
        assert laptop.sends(room, "hello", "once")["action"] == "messageSent", moment
        assert len(deployment.history(room)) == 1, moment


def test_a_flood_whose_connection_cannot_be_closed_is_refused_all_the_same(
    deployment: FakeDeployment, time: Clock
) -> None:
    for moment in deployment.faults.every_moment():
        # given
        alice = deployment.person("alice")
        laptop = alice.connects()
        room = deployment.room(alice)
        for _ in range(FLOOD_MULTIPLIER * LIMIT):
            laptop.sends(room)

        # when closing fails
        with moment.strike(Fault.DOWN):
            assert laptop.sends(room)["action"] == "error"

        # then the next command closes it
        if laptop.is_open:
            laptop.sends(room)
        assert not laptop.is_open, moment
        assert len(deployment.history(room)) == LIMIT


def test_what_was_counted_expires(deployment: FakeDeployment, time: Clock) -> None:
    # given
    alice = deployment.person("alice")
    room = deployment.room(alice)

    # when
    alice.connects().sends(room)

    # then
    (row,) = (row for row in tables.items(Allowance) if f"send#{alice.user_id}#" in row["allowanceId"]["S"])
    assert row["spent"] == {"N": "1"}
    assert int(row["ttl"]["N"]) * 1000 > time.now + WINDOW_MS


def test_as_shipped_a_person_may_send_thirty_messages_in_ten_seconds(
    deployment: FakeDeployment, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    as_shipped(monkeypatch, "sends")
    alice = deployment.person("alice")
    laptop = alice.connects()
    room = deployment.room(alice)

    # when
    answers = [laptop.sends(room) for _ in range(31)]

    # then
    assert [_is_limited(answer) for answer in answers] == [False] * 30 + [True]
    assert WINDOW_MS == 10_000
    assert sum(1 for _ in Message.in_room(room, after="0", page_size=100)) == 30
