"""A send that dies, is throttled or gets no answer at any of its steps, and is sent again."""

import pytest

from tests.support.fake_deployment import FakeDeployment
from tests.support.faults import Fault
from tests.support.people import Device

EVERY_FAULT = list(Fault)
DEATHS = [Fault.KILLED_BEFORE, Fault.KILLED_AFTER]
SURVIVED = [Fault.THROTTLED, Fault.ANSWER_LOST, Fault.CONTENDED]


def _listening(deployment: FakeDeployment) -> tuple[str, Device, list[Device]]:
    """A room, its admin's connection, and all other connections of its three members."""
    alice, bob, carol = (deployment.person(name) for name in ("alice", "bob", "carol"))
    sender = alice.connects()
    others = [alice.connects(), bob.connects(), carol.connects()]
    return deployment.room(alice, bob, carol), sender, others


@pytest.mark.parametrize("fault", EVERY_FAULT)
def test_a_send_that_fails_anywhere_and_is_repeated_is_stored_once_and_reaches_everybody(
    deployment: FakeDeployment, fault: Fault
) -> None:
    for moment in deployment.faults.every_moment():
        # given a room with a message, and a send that meets the fault
        room, sender, others = _listening(deployment)
        sender.sends(room, "before", "first")
        with moment.strike(fault):
            sender.sends(room, "hello", "again")

        # when it is repeated, twice, and somebody else sends as well
        answer = sender.sends(room, "hello", "again")
        later = sender.sends(room, "hello", "again")
        others[1].sends(room, "after")
        deployment.work_off_queue()

        # then it is there once, was answered alike, and nobody has missed it
        assert answer == later, moment
        assert answer["action"] == "messageSent", moment
        assert [each.message for each in deployment.history(room)] == ["before", "hello", "after"], moment
        for device in others:
            assert device.heard(room) == {1, 2, 3}, moment


@pytest.mark.parametrize("fault", EVERY_FAULT)
def test_what_was_acknowledged_has_reached_everybody_without_being_repeated(
    deployment: FakeDeployment, fault: Fault
) -> None:
    for moment in deployment.faults.every_moment():
        # given
        room, sender, others = _listening(deployment)
        answers = []

        # when
        with moment.strike(fault):
            answers.append(sender.sends(room, "hello", "once"))
        deployment.work_off_queue()

        # then
        assert len(deployment.history(room)) <= 1, moment
        for answer in answers:
            if answer["action"] == "messageSent":
                assert [each.seq for each in deployment.history(room)] == [1], moment
                for device in others:
                    assert device.heard(room) == {1}, moment
            else:
                assert answer["code"] == "internal", moment


@pytest.mark.parametrize("fault", SURVIVED)
def test_one_throttled_or_unanswered_call_is_survived_within_the_command(
    deployment: FakeDeployment, fault: Fault
) -> None:
    for moment in deployment.faults.every_moment():
        # given a sender that has not said hello: it subscribes first
        alice, bob = deployment.person("alice"), deployment.person("bob")
        sender, phone = alice.opens(), bob.connects()
        room = deployment.room(alice, bob)

        # when
        with moment.strike(fault):
            answer = sender.sends(room, "hello", "once")
        deployment.work_off_queue()

        # then
        assert answer["action"] == "messageSent", moment
        assert len(deployment.history(room)) == 1, moment
        assert phone.heard(room) == {1}, moment


def test_a_transaction_whose_answer_is_lost_is_not_carried_out_twice(deployment: FakeDeployment) -> None:
    # given a send that carries no clientMessageId: nothing but the request token can tell its repetition
    for moment in deployment.faults.every_moment():
        room, sender, others = _listening(deployment)

        # when
        with moment.strike(Fault.ANSWER_LOST):
            answer = sender.sends(room)
        deployment.work_off_queue()

        # then
        assert answer["action"] == "messageSent", moment
        assert answer["messageId"] == deployment.history(room)[0].message_id
        assert len(deployment.history(room)) == 1, moment
        assert others[0].heard(room) == {1}


@pytest.mark.parametrize("fault", DEATHS)
def test_a_killed_send_leaves_the_room_usable_for_others(deployment: FakeDeployment, fault: Fault) -> None:
    for moment in deployment.faults.every_moment():
        # given
        room, sender, others = _listening(deployment)
        with moment.strike(fault):
            sender.sends(room, "hello", "never repeated")

        # when somebody else sends, who does not know of it
        answer = others[1].sends(room, "after", "next")

        # then their message is the next one, and a gap can be healed from the history
        assert answer["action"] == "messageSent", moment
        stored = deployment.history(room)
        assert answer["seq"] == len(stored)
        page = others[2].call("getMessages", roomId=room, limit=100)
        assert [message["seq"] for message in page["messages"]] == [each.seq for each in stored], moment
