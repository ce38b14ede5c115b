"""Direct rooms: one for each set of people, whoever opens it and however often, and nobody joins or leaves it."""

from typing import Any

import pytest

from shared.realtime.subscriptions import Subscription
from tests.support import limits, tables
from tests.support.fake_deployment import FakeDeployment
from tests.support.faults import Fault
from tests.support.people import Device, Frame, Person


class Scene:
    """alice, bob and carol, who share a room; dora shares none with them."""

    def __init__(self, deployment: FakeDeployment) -> None:
        self.deployment = deployment
        self.alice, self.bob, self.carol, self.dora = (deployment.person(n) for n in ("alice", "bob", "carol", "dora"))
        self.laptop, self.phone = self.alice.connects(), self.bob.connects()
        deployment.room(self.alice, self.bob, self.carol)
        deployment.room(self.dora)


def opens(device: Device, *others: Person) -> Frame:
    """openDirect with these people; the reply."""
    return device.call("openDirect", userIds=[person.user_id for person in others])


def listed(device: Device, room: str) -> Frame | None:
    """A room as the list has it."""
    return next((each for each in device.call("getRooms")["rooms"] if each["roomId"] == room), None)


def is_shown(device: Device, room: str) -> bool:
    """Whether a client shows the room."""
    found = listed(device, room)
    return found is not None and ("hiddenAtSeq" not in found or found["lastSeq"] > found["hiddenAtSeq"])


def refusal(answer: Frame) -> tuple[Any, ...]:
    """Code, reason and field of an error."""
    return answer.get("code"), answer.get("reason"), answer.get("field")


def _subscriptions(device: Device) -> int:
    return sum(row["connectionId"]["S"] == device.connection_id for row in tables.items(Subscription))


def test_it_is_there_for_all_and_shown_to_who_opened_it(deployment: FakeDeployment) -> None:
    # given
    scene = Scene(deployment)

    # when
    answer = opens(scene.laptop, scene.carol, scene.bob)

    # then
    room = answer["roomId"]
    people = [{"userId": person.user_id, "username": person.name} for person in (scene.alice, scene.bob, scene.carol)]
    assert answer == {
        "action": "roomCreated",
        "roomId": room,
        "roomName": "alice, bob, carol",
        "kind": "direct",
        "people": people,
        "visibility": "approval",
    }
    found = listed(scene.phone, room)
    assert found is not None
    assert (found["kind"], found["people"], found["isAdmin"]) == ("direct", people, False)
    assert is_shown(scene.laptop, room)
    assert not is_shown(scene.phone, room)
    (told,) = scene.phone.pushed("memberChanged", room)
    assert (told["userId"], told["status"]) == (scene.bob.user_id, "approved")


def test_a_message_shows_it_and_reaches_every_device(deployment: FakeDeployment) -> None:
    scene = Scene(deployment)
    tablet, stranger = scene.alice.connects(), scene.carol.connects()
    room = opens(scene.laptop, scene.bob)["roomId"]

    scene.laptop.sends(room, "only you", client_message_id="1")

    assert is_shown(scene.phone, room)
    for device in (scene.phone, tablet):
        assert [frame["message"] for frame in device.pushed("message", room)] == ["only you"]
    assert scene.laptop.pushed("message", room) == []
    assert stranger.frames == []


def test_whoever_opens_it_gets_the_same_room(deployment: FakeDeployment) -> None:
    scene = Scene(deployment)

    rooms = {
        opens(scene.laptop, scene.bob)["roomId"],
        opens(scene.laptop, scene.bob)["roomId"],
        opens(scene.phone, scene.alice)["roomId"],
    }

    assert len(rooms) == 1
    assert is_shown(scene.phone, *rooms)
    assert scene.bob.version(*rooms) == 1


def test_another_set_of_people_is_another_room(deployment: FakeDeployment) -> None:
    scene = Scene(deployment)

    rooms = [opens(scene.laptop, *others)["roomId"] for others in ([], [scene.bob], [scene.bob, scene.carol])]

    assert len(set(rooms)) == len(rooms)


def test_a_note_to_oneself(deployment: FakeDeployment) -> None:
    scene = Scene(deployment)
    tablet = scene.alice.connects()

    room = opens(scene.laptop)["roomId"]
    scene.laptop.sends(room, "milk", client_message_id="1")

    assert [frame["message"] for frame in tablet.pushed("message", room)] == ["milk"]
    assert scene.phone.pushed("message") == []


def test_two_who_open_it_at_once_get_one(deployment: FakeDeployment) -> None:
    for moment in deployment.faults.every_moment():
        # given
        scene = Scene(deployment)
        answers: list[Frame] = []

        # when
        with moment.meanwhile(lambda: answers.append(opens(scene.phone, scene.alice))):  # noqa: B023
            answers.append(opens(scene.laptop, scene.bob))

        # then
        assert len({answer["roomId"] for answer in answers}) == 1, moment
        room = answers[0]["roomId"]
        assert is_shown(scene.phone, room), moment
        assert is_shown(scene.laptop, room), moment
        assert (scene.alice.version(room), scene.bob.version(room)) == (1, 1), moment


@pytest.mark.parametrize("fault", list(Fault), ids=lambda fault: fault.name)
def test_it_may_fail_anywhere_and_be_repeated(deployment: FakeDeployment, fault: Fault) -> None:
    for moment in deployment.faults.every_moment():
        # given
        scene = Scene(deployment)

        # when
        with moment.strike(fault):
            opens(scene.laptop, scene.bob)
        room = opens(scene.laptop, scene.bob)["roomId"]
        deployment.work_off_queue()
        deployment.work_off_stream(scene.alice, scene.bob)
        deployment.work_off_queue()

        # then
        assert (scene.alice.status(room), scene.bob.status(room)) == ("approved", "approved"), moment
        assert (scene.alice.version(room), scene.bob.version(room)) == (1, 1), moment
        assert is_shown(scene.laptop, room), moment
        assert [frame["userId"] for frame in scene.phone.pushed("memberChanged", room)][:1] == [scene.bob.user_id]


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        (["alice"], ("badRequest", "invalid", "userIds")),
        (["bob", "alice"], ("badRequest", "invalid", "userIds")),
        (["bob", "bob"], ("badRequest", "invalid", "userIds")),
        (["nobody"], ("notFound", "personNotFound", "userIds")),
        (["dora"], ("notFound", "personNotFound", "userIds")),
        (["bob", "dora"], ("notFound", "personNotFound", "userIds")),
        ([f"person {number}" for number in range(9)], ("badRequest", "invalid", "userIds")),
        ([""], ("badRequest", "invalid", "userIds.0")),
    ],
    ids=str,
)
def test_a_set_that_cannot_be(deployment: FakeDeployment, others: list[str], expected: tuple[str, ...]) -> None:
    # given
    scene = Scene(deployment)
    known = {person.name: person.user_id for person in (scene.alice, scene.bob, scene.dora)}
    before = tables.everything()

    # when
    answer = scene.laptop.call("openDirect", userIds=[known.get(name, name) for name in others])

    # then
    assert refusal(answer) == expected
    assert tables.everything() == before


def test_who_shares_no_room_looks_like_nobody(deployment: FakeDeployment) -> None:
    scene = Scene(deployment)

    answers = [
        scene.laptop.call("openDirect", userIds=[user_id], requestId="1") for user_id in (scene.dora.user_id, "x")
    ]

    assert answers[0] == answers[1]


def test_who_has_left_the_shared_room_may_not_be_written_to_anew(deployment: FakeDeployment) -> None:
    scene = Scene(deployment)
    deployment.room(scene.dora, scene.alice)
    shared = deployment.room(scene.bob, scene.dora)
    room = opens(scene.phone, scene.dora)["roomId"]

    scene.phone.call("updateMember", roomId=shared, targetUserId=scene.dora.user_id, change="remove")

    # A conversation that there is goes on; a new one does not begin.
    assert opens(scene.phone, scene.dora)["roomId"] == room
    assert refusal(opens(scene.phone, scene.dora, scene.carol)) == ("notFound", "personNotFound", "userIds")


def test_an_operator_may_let_everybody_write_to_everybody(
    deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits.setting(monkeypatch, "PARLEY_DIRECT_REACH", "everyone")
    scene = Scene(deployment)

    assert opens(scene.laptop, scene.dora)["roomName"] == "alice, dora"
    assert refusal(scene.laptop.call("openDirect", userIds=["nobody"])) == ("notFound", "personNotFound", "userIds")


def test_nobody_joins_leaves_or_moderates_it(deployment: FakeDeployment) -> None:
    # given
    scene = Scene(deployment)
    room = opens(scene.laptop, scene.bob)["roomId"]
    stranger = scene.carol.connects()
    scene.laptop.sends(room)
    before = tables.everything()
    acts: list[tuple[str, dict[str, str]]] = [
        ("leaveRoom", {}),
        ("joinRoom", {"subAction": "request"}),
        ("joinRoom", {"subAction": "approve", "targetUserId": scene.carol.user_id}),
        *(("updateMember", {"change": change, "targetUserId": scene.bob.user_id}) for change in ("ban", "promote")),
    ]

    for action, fields in acts:
        # when, then
        assert refusal(scene.laptop.call(action, roomId=room, **fields)) == ("forbidden", "directRoom", "roomId")
        assert refusal(stranger.call(action, roomId=room, **fields)) == ("notFound", "roomNotFound", "roomId"), action
    assert refusal(stranger.call("getInvitation", roomId=room)) == ("notFound", "roomNotFound", "roomId")
    assert tables.everything() == before


def test_changes_reach_everybody_and_only_authors_delete(deployment: FakeDeployment) -> None:
    scene = Scene(deployment)
    room = opens(scene.laptop, scene.bob)["roomId"]
    sort_key = scene.laptop.sends(room, client_message_id="1")["sortKey"]

    scene.phone.call("react", roomId=room, sortKey=sort_key, emoji="👍", on=True)
    refused = scene.phone.call("deleteMessage", roomId=room, sortKey=sort_key)

    (changed,) = scene.laptop.pushed("changed", room)
    assert changed["messages"][0]["reactions"] == [{"emoji": "👍", "users": [scene.bob.user_id]}]
    assert refusal(refused) == ("forbidden", "authorsAndAdminsOnly", "sortKey")


def test_they_cost_hello_nothing_and_do_not_count_as_rooms(
    deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    limits.limit(monkeypatch, rooms=3)
    scene = Scene(deployment)
    for others in ([], [scene.bob], [scene.carol]):
        opens(scene.laptop, *others)

    # when
    tablet = scene.alice.connects()

    # then
    assert _subscriptions(tablet) == 2
    assert refusal(opens(scene.laptop, scene.bob, scene.carol)) == ("conflict", "tooManyRooms", None)
    assert scene.laptop.call("createRoom", roomName="One more")["action"] == "roomCreated"
    tablet.disconnects()
    assert _subscriptions(tablet) == 0
