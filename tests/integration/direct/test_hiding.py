"""Hiding a room: until its next message, or until one opens it again, on all of one's devices."""

import pytest

from tests.integration.direct.test_opening import Scene, is_shown, listed, opens, refusal
from tests.support import tables
from tests.support.fake_deployment import FakeDeployment
from tests.support.faults import Fault


def test_a_hidden_room_comes_back_with_its_next_message(deployment: FakeDeployment) -> None:
    # given
    scene = Scene(deployment)
    tablet = scene.alice.connects()
    room = opens(scene.laptop, scene.bob)["roomId"]
    scene.laptop.sends(room)

    # when
    answer = scene.laptop.call("hideRoom", roomId=room, seq=1)

    # then
    assert answer == {
        "action": "personalSettingsChanged",
        "roomId": room,
        "level": "all",
        "hiddenAtSeq": 1,
        "settingsVersion": 1,
    }
    assert tablet.pushed("personalSettingsChanged") == [answer]
    assert not is_shown(tablet, room)
    assert is_shown(scene.phone, room)

    # when
    scene.phone.sends(room)

    # then
    assert is_shown(tablet, room)


def test_who_opens_it_again_sees_it_on_all_devices(deployment: FakeDeployment) -> None:
    scene = Scene(deployment)
    tablet = scene.alice.connects()
    room = opens(scene.laptop, scene.bob)["roomId"]
    scene.laptop.call("hideRoom", roomId=room, seq=0)

    opens(scene.laptop, scene.bob)

    assert is_shown(scene.laptop, room)
    for device in (scene.laptop, tablet):
        shown = device.pushed("personalSettingsChanged")[-1]
        assert ("hiddenAtSeq" in shown, shown["settingsVersion"]) == (False, 2)


def test_hiding_leaves_levels_and_mutes_as_they_are(deployment: FakeDeployment) -> None:
    scene = Scene(deployment)
    room = opens(scene.laptop, scene.bob)["roomId"]
    scene.laptop.call("setNotifications", roomId=room, level="nothing", mutedUntil=2_000_000_000_000)

    scene.laptop.call("hideRoom", roomId=room, seq=0)
    scene.laptop.call("setNotifications", roomId=room, level="mentions")

    found = listed(scene.laptop, room)
    assert found is not None
    assert (found["level"], found.get("mutedUntil"), found["hiddenAtSeq"]) == ("mentions", None, 0)


def test_a_message_that_comes_meanwhile_shows_the_room(deployment: FakeDeployment) -> None:
    for moment in deployment.faults.every_moment():
        scene = Scene(deployment)
        room = opens(scene.laptop, scene.bob)["roomId"]

        with moment.meanwhile(lambda: scene.phone.sends(room)):  # noqa: B023
            scene.laptop.call("hideRoom", roomId=room, seq=0)

        assert is_shown(scene.laptop, room), moment


@pytest.mark.parametrize("fault", list(Fault), ids=lambda fault: fault.name)
def test_it_may_fail_anywhere_and_be_repeated(deployment: FakeDeployment, fault: Fault) -> None:
    for moment in deployment.faults.every_moment():
        scene = Scene(deployment)
        tablet = scene.alice.connects()
        room = opens(scene.laptop, scene.bob)["roomId"]

        with moment.strike(fault):
            scene.laptop.call("hideRoom", roomId=room, seq=0)
        answer = scene.laptop.call("hideRoom", roomId=room, seq=0)
        deployment.work_off_queue()

        assert (answer["hiddenAtSeq"], answer["settingsVersion"]) == (0, 1), moment
        assert tablet.pushed("personalSettingsChanged", room)[-1] == answer, moment
        assert not is_shown(tablet, room), moment


def test_more_than_there_is_cannot_be_hidden(deployment: FakeDeployment) -> None:
    scene = Scene(deployment)
    room = opens(scene.laptop, scene.bob)["roomId"]
    before = tables.everything()

    answer = scene.laptop.call("hideRoom", roomId=room, seq=1)

    assert refusal(answer) == ("badRequest", "pastLastMessage", "seq")
    assert tables.everything() == before
