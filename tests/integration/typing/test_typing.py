"""Who is writing: told to the others of a small room, by those who may write there, and stored nowhere."""

from collections.abc import Callable
from typing import Any

import pytest

from shared.protocol.limits import MAX_TYPING_LISTENERS
from tests.support import limits, tables
from tests.support.fake_deployment import FakeDeployment
from tests.support.faults import Fault
from tests.support.people import Device, Frame


def types(device: Device, room: str) -> Frame:
    """Say so; there is no reply."""
    return device.call("typing", roomId=room)


class Scene:
    """alice and bob in a room, each with two devices; carol is elsewhere."""

    def __init__(self, deployment: FakeDeployment) -> None:
        self.deployment = deployment
        self.alice, self.bob, self.carol = (deployment.person(name) for name in ("alice", "bob", "carol"))
        self.laptop, self.tablet = self.alice.connects(), self.alice.connects()
        self.phone, self.desk = self.bob.connects(), self.bob.connects()
        self.stranger = self.carol.connects()
        self.room = deployment.room(self.alice, self.bob)
        self.direct = self.laptop.call("openDirect", userIds=[self.bob.user_id])["roomId"]

    def another_room(self, **fields: Any) -> str:
        return self.deployment.room(self.alice, self.bob, **fields)

    def heard(self) -> list[Device]:
        devices = (self.laptop, self.tablet, self.phone, self.desk, self.stranger)
        return [device for device in devices if device.pushed("somebodyTypes")]


@pytest.mark.parametrize("kind", ["room", "direct"])
def test_the_others_hear_it_on_every_device(deployment: FakeDeployment, kind: str) -> None:
    # given
    scene = Scene(deployment)
    room = getattr(scene, kind)
    before = tables.everything()

    # when
    answer = types(scene.laptop, room)

    # then
    assert answer == {}
    assert scene.heard() == [scene.phone, scene.desk]
    told = {"action": "somebodyTypes", "roomId": room, "userId": scene.alice.user_id}
    assert scene.phone.pushed("somebodyTypes") == [told]
    assert tables.everything() == before
    assert list(deployment.queue) == []


REFUSED: dict[str, Callable[[Scene], tuple[Device, str]]] = {
    "who is no member": lambda scene: (scene.stranger, scene.room),
    "who is not of the conversation": lambda scene: (scene.stranger, scene.direct),
    "of a room that is not there": lambda scene: (scene.laptop, "nowhere"),
    "who may not write there": lambda scene: (
        scene.phone,
        scene.deployment.room(scene.alice, scene.bob, post_rule="admins"),
    ),
    "in an archive": lambda scene: (scene.laptop, scene.deployment.room(scene.alice, scene.bob, archived_at=1)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_nobody_hears_it_of(deployment: FakeDeployment, name: str) -> None:
    scene = Scene(deployment)

    answer = types(*REFUSED[name](scene))

    assert answer == {}
    assert scene.heard() == []


@pytest.mark.parametrize("more", [0, 1])
def test_a_large_room_is_spared_it(deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    limits.limit(monkeypatch, connects=1000)
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop = alice.connects()
    room = deployment.room(alice, bob)
    devices = [bob.connects() for _ in range(MAX_TYPING_LISTENERS + more)]

    types(laptop, room)

    assert [bool(device.pushed("somebodyTypes")) for device in devices] == [more == 0] * len(devices)


def test_an_operator_may_turn_it_off(deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch) -> None:
    limits.setting(monkeypatch, "PARLEY_TYPING", "off")
    scene = Scene(deployment)

    types(scene.laptop, scene.room)

    assert scene.heard() == []


@pytest.mark.parametrize("fault", list(Fault), ids=lambda fault: fault.name)
def test_a_fault_costs_no_more_than_the_news(deployment: FakeDeployment, fault: Fault) -> None:
    scene = Scene(deployment)
    before = tables.everything()
    for moment in deployment.faults.every_moment():
        with moment.strike(fault):
            types(scene.laptop, scene.room)

        assert tables.everything() == before, moment
        assert list(deployment.queue) == [], moment


def test_beyond_the_limit_of_sends_nobody_hears_it(deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch) -> None:
    limits.standing_clock(monkeypatch)
    limits.limit(monkeypatch, sends=2)
    scene = Scene(deployment)  # which opens a direct room, and that counts

    for _ in range(3):
        types(scene.laptop, scene.room)

    assert len(scene.phone.pushed("somebodyTypes")) == 1
