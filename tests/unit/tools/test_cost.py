"""The bill: what makes it grow, and that it is what one reckons by hand."""

import dataclasses
import re

import pytest

from tools.cost import compute, docs, prices
from tools.cost.__main__ import usage_of
from tools.cost.bill import Line, bill, shown
from tools.cost.commands import Command, between, measured
from tools.cost.usage import DAYS, TURNING_AWAY, Alarms, Nat, Usage, activities

IDLE = Usage(users=0, messages=0)


def dollars(usage: Usage) -> dict[str, float]:
    return {line.name: line.dollars for line in bill(usage)}


def times(usage: Usage) -> dict[str, float]:
    """How often on a day."""
    return {activity.name: activity.times / DAYS for activity in activities(usage)}


@pytest.mark.parametrize(("nat", "more"), [("none", 0), ("single", 36.5), ("per_az", 73)])
def test_idle_costs_what_is_there_and_no_traffic(nat: Nat, more: float) -> None:
    costs = {name: cost for name, cost in dollars(dataclasses.replace(IDLE, nat=nat)).items() if cost}

    gateways = costs.pop("NAT: gateways", 0) + costs.pop("Public IPv4", 0)
    assert gateways == pytest.approx(more)
    assert costs.keys() == {"CloudWatch: alarms", "SQS"}


@pytest.mark.parametrize(("alarms", "most"), [("essential", 1.5), ("standard", 5.0)])
def test_an_idle_deployment_costs_little(alarms: Alarms, most: float) -> None:
    assert sum(dollars(dataclasses.replace(IDLE, alarms=alarms)).values()) <= most


def test_twice_the_messages_twice_the_sends() -> None:
    one, two = Usage(users=0, messages=100), Usage(users=0, messages=200)

    for line in ("WebSocket: messages", "DynamoDB: writes", "Lambda: time"):
        assert dollars(two)[line] == pytest.approx(2 * dollars(one)[line])


def test_a_message_costs_its_frame_its_reply_and_its_posts() -> None:
    usage = Usage(users=0, messages=1, room=10, watching=0, reactions=0, edits=0, typing=0)

    send, mark = 12, 2 * TURNING_AWAY
    assert dollars(usage)["WebSocket: messages"] == pytest.approx((send + mark) * DAYS * prices.WEBSOCKET_MESSAGE)


def test_a_large_room_goes_through_the_queue_in_segments() -> None:
    small, large = (Usage(users=0, messages=1, room=size, reactions=0, edits=0) for size in (100, 1001))

    assert "fan_out" not in times(small)
    assert times(large)["fan_out"] == pytest.approx(3)
    posts = sum(activity.times * activity.command.posts for activity in activities(large))
    assert posts == pytest.approx(1001 * DAYS)


def test_who_stays_longer_connects_again_and_who_comes_for_a_minute_once() -> None:
    assert times(Usage(users=1, hours=0.01))["connect"] == pytest.approx(1)
    assert times(Usage(users=1, hours=17))["connect"] == pytest.approx(12)


def test_more_rooms_make_a_dearer_hello() -> None:
    assert between("hello, 1 room", 1, "hello, 10 rooms", 10, 1) == measured()["hello, 1 room"]
    middle = between("hello, 1 room", 1, "hello, 10 rooms", 10, 5.5)
    ends = [measured()[name].write_units for name in ("hello, 1 room", "hello, 10 rooms")]
    assert middle.write_units == pytest.approx(sum(ends) / 2)


def test_waiting_is_billed_too() -> None:
    computing, waiting, posting = Command(cpu_ms=10), Command(cpu_ms=10, database_calls=4), Command(cpu_ms=10, posts=9)

    assert compute.seconds(waiting) - compute.seconds(computing) == pytest.approx(0.020)
    assert compute.seconds(posting) - compute.seconds(computing) == pytest.approx(0.020)


def test_what_is_free_is_taken_off_once() -> None:
    assert Line("x", 150, "GB", 0.1, free=100).dollars == pytest.approx(5)
    assert Line("x", 50, "GB", 0.1, free=100).dollars == 0


def test_the_sum_is_that_of_the_lines() -> None:
    lines = bill(Usage())

    *_, last = shown(lines).splitlines()
    assert last.split() == ["sum", f"{sum(line.dollars for line in lines):,.2f}"]


def test_numbers_may_be_written_as_people_write_them() -> None:
    assert usage_of(["--users", "10,000", "--room", "2_5", "--nat", "per_az"]) == Usage(
        users=10000, room=25, nat="per_az"
    )


@pytest.mark.parametrize(
    "wrong", [["--users", "many"], ["--users", "-1"], ["--users", "nan"], ["--nat", "two"], ["--watching", "2"]]
)
def test_nonsense_is_refused(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        usage_of(wrong)

    assert wrong[0] in capsys.readouterr().err


def test_the_bills_in_the_docs_are_todays() -> None:
    page = docs.PAGE.read_text()

    assert page.count("$ make cost ") == 3
    assert docs.renewed(page) == page, "python -m tools.cost.docs writes them anew"


def test_they_are_what_one_reckons_by_hand() -> None:
    by_hand = {
        name: float(told)
        for name, told in re.findall(
            r"^\| ([A-Z][A-Za-z]+(?:: [a-z ]+)?|sum) \|.*\| ([\d.]+) \|$", docs.PAGE.read_text(), re.M
        )
        if name in {*dollars(Usage()), "sum"}
    }
    program = dollars(Usage(users=1000, messages=10_000, room=10))
    program["sum"] = sum(program.values())

    assert by_hand.keys() == {name for name, cost in program.items() if cost}
    for name, told in by_hand.items():
        assert told == pytest.approx(program[name], rel=0.05, abs=0.02), name
