"""A change that dies, is throttled or meets another at any of its steps, and is repeated."""

from collections.abc import Callable

import pytest

from shared.db.reads import rows, text
from shared.features.changes.table import Change
from tests.support.fake_deployment import FakeDeployment
from tests.support.faults import Fault
from tests.support.people import Device, Frame

Act = Callable[[Device, str, str], Frame]


def _edit(device: Device, room: str, key: str) -> Frame:
    return device.call("editMessage", roomId=room, sortKey=key, message="new", basedOn=0, clientEditId="e")


def _delete(device: Device, room: str, key: str) -> Frame:
    return device.call("deleteMessage", roomId=room, sortKey=key)


def _react(device: Device, room: str, key: str) -> Frame:
    return device.call("react", roomId=room, sortKey=key, emoji="👍", on=True)


def _pin(device: Device, room: str, key: str) -> Frame:
    return device.call("pinMessage", roomId=room, sortKey=key, on=True)


ACTS = [_edit, _delete, _react, _pin]


def _log(room: str) -> list[int]:
    return [int(text(row, "rev")) for row in rows(Change, room)]


@pytest.mark.parametrize("fault", list(Fault))
@pytest.mark.parametrize("act", ACTS)
def test_a_change_that_fails_anywhere_and_is_repeated_is_made_once_and_reaches_everybody(
    deployment: FakeDeployment, act: Act, fault: Fault
) -> None:
    for moment in deployment.faults.every_moment():
        # given
        alice, bob = deployment.person("alice"), deployment.person("bob")
        laptop, phone, other = alice.connects(), alice.connects(), bob.connects()
        room = deployment.room(alice, bob)
        (key,) = deployment.given_messages(room, alice, ["old"])

        # when
        with moment.strike(fault):
            act(laptop, room, key)
        answer = act(laptop, room, key)
        deployment.work_off_queue()

        # then
        assert answer["action"] == "changed", moment
        assert (answer["rev"], _log(room)) == (1, [1]), moment
        page = other.call("getMessages", roomId=room)
        assert page["messages"] == answer["messages"], moment
        assert page["rev"] == 1, moment
        for device in (phone, other):
            assert device.pushed("changed")[-1]["messages"] == answer["messages"], moment


@pytest.mark.parametrize("fault", list(Fault))
@pytest.mark.parametrize("act", ACTS)
def test_an_acknowledged_change_has_reached_everybody_without_being_repeated(
    deployment: FakeDeployment, act: Act, fault: Fault
) -> None:
    for moment in deployment.faults.every_moment():
        # given
        alice, bob = deployment.person("alice"), deployment.person("bob")
        laptop, other = alice.connects(), bob.connects()
        room = deployment.room(alice, bob)
        (key,) = deployment.given_messages(room, alice, ["old"])
        answers = []

        # when
        with moment.strike(fault):
            answers.append(act(laptop, room, key))
        deployment.work_off_queue()

        # then the log and the message agree, and who was answered was heard
        (message,) = other.call("getMessages", roomId=room)["messages"]
        assert _log(room) == ([1] if "rev" in message else []), moment
        for answer in answers:
            if answer["action"] == "changed":
                assert other.pushed("changed")[-1]["messages"] == answer["messages"], moment


@pytest.mark.parametrize("outer", ACTS)
@pytest.mark.parametrize("inner", ACTS)
def test_two_changes_at_once_come_one_after_the_other(deployment: FakeDeployment, outer: Act, inner: Act) -> None:
    for moment in deployment.faults.every_moment():
        # given two messages; bob changes one of them while alice changes the same
        alice = deployment.person("alice")
        laptop, phone = alice.connects(), alice.connects()
        room = deployment.room(alice)
        (key,) = deployment.given_messages(room, alice, ["old"])
        answers: list[Frame] = []

        # when
        with moment.meanwhile(lambda: answers.append(inner(phone, room, key))):  # noqa: B023
            answers.append(outer(laptop, room, key))

        # then whoever was answered is in the log, and nothing is in it twice
        made = {answer["rev"] for answer in answers if answer["action"] == "changed"}
        refused = [answer for answer in answers if answer["action"] == "error"]
        assert _log(room) == list(range(1, max(made) + 1)), moment
        assert {answer["reason"] for answer in refused} <= {"messageDeleted", "editedSince"}, moment
        (message,) = laptop.call("getMessages", roomId=room)["messages"]
        assert message["rev"] == len(_log(room)), moment
        if _delete in (outer, inner):
            assert message["message"] == "", moment
            assert "reactions" not in message, moment


@pytest.mark.parametrize("act", ACTS)
def test_a_send_and_a_change_do_not_undo_each_other(deployment: FakeDeployment, act: Act) -> None:
    for moment in deployment.faults.every_moment():
        alice = deployment.person("alice")
        laptop, phone = alice.connects(), alice.connects()
        room = deployment.room(alice)
        (key,) = deployment.given_messages(room, alice, ["old"])

        with moment.meanwhile(lambda: phone.sends(room, "hello", "id")):  # noqa: B023
            answer = act(laptop, room, key)

        assert answer["action"] == "changed", moment
        assert [each.seq for each in deployment.history(room)] == [1, 2], moment
        assert _log(room) == [1], moment


def test_someone_who_lost_the_push_is_told_by_the_next_ping_and_heals(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    room = deployment.room(alice, bob)
    (key,) = deployment.given_messages(room, alice, ["old"])
    deployment.gone.add(phone.connection_id)
    _react(laptop, room, key)
    deployment.gone.discard(phone.connection_id)

    # when
    rev = phone.call("ping", rooms=[room])["revs"][room]
    page = phone.call("getChanges", roomId=room, after=0)

    # then
    assert rev == page["rev"] == 1
    assert page["messages"][0]["reactions"] == [{"emoji": "👍", "users": [alice.user_id]}]
