"""An act on a membership that dies or is starved at any of its steps: somebody finishes it."""

from typing import Any

import pytest

from tests.support.acts import ACTS, Act, Scene, scene
from tests.support.fake_deployment import FakeDeployment
from tests.support.faults import Fault

CORE = [
    act
    for act in ACTS
    if (act.name, act.before, act.target_is_admin)
    in (("approve", "pending", False), ("leave", "approved", False), ("ban", "approved", True))
]


def _with_faults(acts: list[Act], others: list[Fault]) -> list[Any]:
    """Each act killed after each call (which is before the next one); the core ones with other faults as well."""
    cases = [(act, Fault.KILLED_AFTER) for act in acts]
    cases += [(act, fault) for act in acts if act in CORE for fault in others]
    return [pytest.param(act, fault, id=f"{act}-{fault.name}") for act, fault in cases]


def _expect_in_line(given: Scene, where: object) -> None:
    """Who listens is who may, and there is an admin, who is a member."""
    assert given.target.is_heard_in(given.room) == {given.target.status(given.room) == "approved"}, where
    admins = given.deployment.admins(given.room)
    assert admins, where
    for person in (given.admin.person, given.target):
        assert person.user_id not in admins or person.status(given.room) == "approved", where


@pytest.mark.parametrize(("act", "fault"), _with_faults(ACTS, [each for each in Fault if each != Fault.KILLED_AFTER]))
def test_the_stream_finishes_what_was_begun(deployment: FakeDeployment, act: Act, fault: Fault) -> None:
    for moment in deployment.faults.every_moment():
        # given
        given = scene(deployment, act)
        version = given.target.version(given.room)

        # when
        with moment.strike(fault):
            given.do(act.name)
        deployment.work_off_stream(given.target)
        deployment.work_off_queue()

        # then it has happened or not, and everything is in line with that
        happened = given.target.version(given.room) == version + 1
        assert happened or given.target.version(given.room) == version, moment
        assert given.target.status(given.room) == (act.after if happened else act.before), moment
        _expect_in_line(given, moment)
        # and each device of the target has been told of it
        if happened:
            for device in given.target.devices:
                told = [frame["version"] for frame in device.pushed("memberChanged", given.room)]
                assert max(told) == version + 1, moment
            # and so has the admin, by whichever event tells admins of it
            events = [*given.admin.pushed("memberChanged", given.room), *given.admin.pushed("joinRequest", given.room)]
            assert max(frame["version"] for frame in events) == version + 1, moment


@pytest.mark.parametrize(
    ("act", "fault"),
    _with_faults([act for act in ACTS if act.name != "leave" and not act.target_is_admin], [Fault.DOWN, Fault.DEAF]),
)
def test_repeating_it_succeeds_and_finishes_it_without_the_stream(
    deployment: FakeDeployment, act: Act, fault: Fault
) -> None:
    for moment in deployment.faults.every_moment():
        # given
        given = scene(deployment, act)
        version = given.target.version(given.room)
        with moment.strike(fault):
            given.do(act.name)

        # when
        first, second = given.do(act.name), given.do(act.name)

        # then
        assert first["action"] in ("memberChanged", "joinResponse"), moment
        assert second == first, moment
        assert given.target.version(given.room) == version + 1, moment
        assert given.target.status(given.room) == act.after, moment
        _expect_in_line(given, moment)


def test_a_lost_answer_does_not_make_a_leave_fail_that_succeeded(deployment: FakeDeployment) -> None:
    for moment in deployment.faults.every_moment():
        # given
        given = scene(deployment, Act("leave", "approved", "left"))

        # when
        with moment.strike(Fault.ANSWER_LOST):
            reply = given.do("leave")
        deployment.work_off_queue()

        # then
        assert reply["action"] == "roomLeft", moment
        assert [frame["status"] for frame in given.admin.pushed("memberChanged", given.room)][-1:] == ["left"], moment


@pytest.mark.parametrize(
    ("begin", "struck", "follow"),
    [
        ("approved", "leave", ["request", "approve"]),
        ("approved", "ban", ["unban", "request", "approve"]),
        ("approved", "remove", ["request", "approve", "leave"]),
        ("banned", "unban", ["request", "approve", "ban"]),
        ("pending", "approve", ["leave", "request", "reject"]),
        ("pending", "approve", ["ban", "unban"]),
        ("pending", "reject", ["request", "approve"]),
    ],
)
def test_acts_in_quick_succession_after_one_that_failed(
    deployment: FakeDeployment, begin: str, struck: str, follow: list[str]
) -> None:
    for moment in deployment.faults.every_moment():
        # given an act that failed somewhere
        given = scene(deployment, Act(struck, begin, ""))
        seen = [given.target.version(given.room)]
        with moment.strike(Fault.KILLED_AFTER):
            given.do(struck)

        # when others follow at once, whether or not they still apply
        for name in follow:
            given.do(name)
            seen.append(given.target.version(given.room))
        deployment.work_off_stream(given.target)

        # then
        assert seen == sorted(seen), moment
        _expect_in_line(given, moment)


@pytest.mark.parametrize("fault", list(Fault), ids=lambda fault: fault.name)
def test_the_stream_s_own_work_may_fail_and_come_again(deployment: FakeDeployment, fault: Fault) -> None:
    for moment in deployment.faults.every_moment():
        # given an approval of which only the membership was written
        given = scene(deployment, Act("approve", "pending", "approved"))
        for death in deployment.faults.every_moment():
            with death.strike(Fault.KILLED_AFTER):
                given.do("approve")
            if death.call == "UpdateItem":
                break
        assert given.target.is_heard_in(given.room) == {False}

        # when the stream's function fails at some step, and Lambda hands it the same change again
        changes = deployment.changes(given.target)
        with moment.strike(fault):
            deployment.reconcile(changes)
        deployment.reconcile(changes)

        # then
        _expect_in_line(given, moment)
