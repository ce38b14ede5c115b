"""One order without holes, whoever sends at the same time and whatever their clocks say."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.core import clock
from tests.support.fake_deployment import FakeDeployment
from tests.support.people import Frame

THREADS = 6
SENDS = 5


def test_concurrent_sends_have_one_order_without_holes(
    unhurried_deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given senders whose clocks are seconds apart
    deployment = unhurried_deployment
    people = [deployment.person(f"person{number}") for number in range(THREADS)]
    devices = [person.connects() for person in people]
    listener = people[0].connects()
    room = deployment.room(*people)
    own = threading.local()
    now_ms = clock.now_ms
    monkeypatch.setattr(clock, "now_ms", lambda: now_ms() + getattr(own, "skew", 0))

    def send(number: int) -> list[Frame]:
        own.skew = (number - THREADS // 2) * 3_000
        answers = []
        for count in range(SENDS):
            answer = devices[number].sends(room, f"{number}/{count}", f"{count}")
            while answer["action"] == "error":
                assert answer["code"] == "rateLimited"
                answer = devices[number].sends(room, f"{number}/{count}", f"{count}")
            answers.append(answer)
        return answers

    # when
    with ThreadPoolExecutor(THREADS) as threads:
        answers = list(threads.map(send, range(THREADS)))

    # then
    stored = deployment.history(room)
    assert len(stored) == THREADS * SENDS
    for own_answers in answers:
        assert [answer["seq"] for answer in own_answers] == sorted(answer["seq"] for answer in own_answers)
    told = {(answer["seq"], answer["sortKey"]) for own_answers in answers for answer in own_answers}
    assert told == {(each.seq, each.sort_key) for each in stored}
    assert listener.heard(room) == set(range(1, THREADS * SENDS + 1))


def test_a_clock_that_is_behind_the_last_message_still_comes_after_it(
    deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a message from a Lambda whose clock is a minute ahead
    alice = deployment.person("alice")
    laptop = alice.connects()
    room = deployment.room(alice)
    ahead = clock.now_ms() + 60_000
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now_ms", lambda: ahead)
        first = laptop.sends(room)

    # when
    second = laptop.sends(room)

    # then
    assert first["timestamp"] == ahead
    assert second["timestamp"] == ahead + 1
    assert second["sortKey"] > first["sortKey"]
    deployment.history(room)


def test_a_lost_race_is_tried_again_and_never_taken_for_a_duplicate(deployment: FakeDeployment) -> None:
    # given somebody who sends at each step of another's send
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    for moment in deployment.faults.every_moment():
        room = deployment.room(alice, bob)

        # when
        with moment.meanwhile(lambda room=room: phone.sends(room, "meanwhile", "id")):  # type: ignore[misc]
            answer = laptop.sends(room, "hello", "id")

        # then
        assert answer["action"] == "messageSent", moment
        assert {each.message for each in deployment.history(room)} == {"meanwhile", "hello"}, moment
        assert phone.heard(room) >= {answer["seq"]}


def test_a_room_that_is_never_quiet_ends_in_rate_limited_with_nothing_stored(
    deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    room = deployment.room(alice, bob)
    from shared.db import transactions

    write = transactions.write
    busy = threading.Event()

    def write_after_somebody_else(*operations: transactions.Operation) -> None:
        if len(operations) > 1 and not busy.is_set():
            busy.set()
            phone.sends(room, "faster")
            busy.clear()
        write(*operations)

    monkeypatch.setattr(transactions, "write", write_after_somebody_else)

    # when
    answer = laptop.sends(room, "slower", "id")

    # then
    assert answer["code"] == "rateLimited"
    assert answer["retryAfterMs"] > 0
    assert {each.message for each in deployment.history(room)} == {"faster"}
