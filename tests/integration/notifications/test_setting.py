"""What may disturb a person in a room: on all their devices, and nobody else's business."""

from typing import Any

import pytest

from tests.support.fake_deployment import FakeDeployment
from tests.support.faults import Fault
from tests.support.people import Device, Frame


def _set(device: Device, room: str, level: str, **fields: Any) -> Frame:
    return device.call("setNotifications", roomId=room, level=level, **fields)


def _listed(device: Device, room: str) -> tuple[str, int | None, int]:
    (found,) = [each for each in device.call("getRooms")["rooms"] if each["roomId"] == room]
    return found["level"], found.get("mutedUntil"), found["settingsVersion"]


def test_it_is_told_to_ones_own_devices_and_listed(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, tablet, phone = alice.connects(), alice.connects(), bob.connects()
    room = deployment.room(alice, bob)
    steps: list[tuple[str, dict[str, int], int]] = [
        ("mentions", {"mutedUntil": 2_000_000_000_000}, 1),
        ("mentions", {"mutedUntil": 2_000_000_000_000}, 1),
        ("nothing", {}, 2),
    ]

    for level, muted, version in steps:
        # when
        answer = _set(laptop, room, level, **muted)

        # then
        expected = {"action": "personalSettingsChanged", "roomId": room, "level": level, "settingsVersion": version}
        assert answer == {**expected, **muted}
        assert tablet.pushed("personalSettingsChanged")[-1] == answer
        assert _listed(tablet, room) == (level, muted.get("mutedUntil"), version)
    assert phone.pushed("personalSettingsChanged") == []
    assert _listed(phone, room) == ("all", None, 0)


def test_it_changes_no_version_of_the_membership(deployment: FakeDeployment) -> None:
    alice = deployment.person("alice")
    laptop = alice.connects()
    room = deployment.room(alice)

    _set(laptop, room, "nothing")

    assert alice.version(room) == 1


@pytest.mark.parametrize("fault", list(Fault), ids=lambda fault: fault.name)
def test_it_may_fail_anywhere_and_be_repeated(deployment: FakeDeployment, fault: Fault) -> None:
    alice = deployment.person("alice")
    laptop, phone = alice.connects(), alice.connects()
    for moment in deployment.faults.every_moment():
        # given
        room = deployment.room(alice)

        # when
        with moment.strike(fault):
            _set(laptop, room, "mentions")
        answer = _set(laptop, room, "mentions")
        deployment.work_off_queue()

        # then
        assert _listed(laptop, room) == ("mentions", None, 1), moment
        assert phone.pushed("personalSettingsChanged", room)[-1] == answer, moment


def test_two_devices_at_once_agree_in_the_end(deployment: FakeDeployment) -> None:
    alice = deployment.person("alice")
    laptop, phone = alice.connects(), alice.connects()
    for moment in deployment.faults.every_moment():
        room = deployment.room(alice)
        answers: list[Frame] = []

        with moment.meanwhile(lambda: answers.append(_set(phone, room, "nothing"))):  # noqa: B023
            answers.append(_set(laptop, room, "mentions"))

        newest = max(answers, key=lambda answer: answer["settingsVersion"])
        assert {answer["settingsVersion"] for answer in answers} == {1, 2}, moment
        assert _listed(laptop, room) == (newest["level"], None, 2), moment
