"""How many rooms one person may be in."""

import pytest

from shared.features.memberships.table import Membership
from tests.support import tables
from tests.support.fake_deployment import FakeDeployment
from tests.support.limits import as_shipped, limit
from tests.support.people import Person

MOST = 3


@pytest.fixture(autouse=True)
def few(clean_tables: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit that is soon reached."""
    limit(monkeypatch, rooms=MOST)


def _is_in(deployment: FakeDeployment, person: Person, rooms: int) -> list[str]:
    return [deployment.room(person) for _ in range(rooms)]


def test_who_is_in_as_many_rooms_as_one_may_can_neither_make_nor_join_one(deployment: FakeDeployment) -> None:
    # given somebody in two rooms, who has asked to join a third
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop = alice.connects()
    _is_in(deployment, alice, MOST - 1)
    deployment.given_membership(alice, deployment.room(bob), "pending")
    closed, open_room = deployment.room(bob), deployment.room(bob, visibility="open")
    before = tables.everything()

    # when
    answers = [
        laptop.call("createRoom", roomName="One more"),
        laptop.call("joinRoom", roomId=closed, subAction="request"),
        laptop.call("joinRoom", roomId=open_room, subAction="request"),
    ]

    # then
    assert {answer["code"] for answer in answers} == {"conflict"}
    assert {answer["reason"] for answer in answers} == {"tooManyRooms"}
    assert tables.everything() == before


def test_rejected_requests_count_until_they_are_cleared(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop = alice.connects()
    _is_in(deployment, alice, MOST - 1)
    rejected = deployment.room(bob)
    deployment.given_membership(alice, rejected, "rejected")
    assert laptop.call("createRoom", roomName="One too many")["reason"] == "tooManyRooms"

    # when
    assert laptop.call("leaveRoom", roomId=rejected)["action"] == "roomLeft"

    # then
    assert rejected not in {room["roomId"] for room in laptop.call("getRooms")["rooms"]}
    assert laptop.call("createRoom", roomName="One more")["action"] == "roomCreated"


@pytest.mark.parametrize("status", ["left", "banned"])
def test_rooms_that_one_is_not_in_any_more_do_not_count(deployment: FakeDeployment, status: str) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop = alice.connects()
    _is_in(deployment, alice, MOST - 1)
    deployment.given_membership(alice, deployment.room(bob), status)

    # when, then
    assert laptop.call("createRoom", roomName="One more")["action"] == "roomCreated"
    assert laptop.call("createRoom", roomName="One too many")["code"] == "conflict"


def test_what_one_has_is_answered_again_at_the_limit(deployment: FakeDeployment) -> None:
    # given a room and a request that used it up
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop = alice.connects()
    _is_in(deployment, alice, MOST - 2)
    asked = deployment.room(bob)
    first = laptop.call("createRoom", roomName="Mine", clientRoomId="once")
    assert laptop.call("joinRoom", roomId=asked, subAction="request")["status"] == "pending"

    # when, then
    assert laptop.call("createRoom", roomName="Mine", clientRoomId="once") == first
    assert laptop.call("joinRoom", roomId=asked, subAction="request")["status"] == "pending"
    # and who was let ask is let in
    answer = bob.connects().call("joinRoom", roomId=asked, subAction="approve", targetUserId=alice.user_id)
    assert answer["status"] == "approved"


def test_who_leaves_a_room_may_join_another(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop = alice.connects()
    _is_in(deployment, alice, MOST - 1)
    left = deployment.room(bob, alice)

    # when
    laptop.call("leaveRoom", roomId=left)

    # then
    assert laptop.call("createRoom", roomName="Another")["action"] == "roomCreated"


def test_as_shipped_a_person_may_be_in_a_thousand_rooms(
    deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    as_shipped(monkeypatch, "rooms")
    alice = deployment.person("alice")
    held = (
        Membership(alice.user_id, f"room-{number}", username="alice", status="approved", version=1)
        for number in range(999)
    )
    tables.store(held)
    laptop = alice.opens()

    # when, then
    assert laptop.call("createRoom", roomName="The thousandth")["action"] == "roomCreated"
    assert laptop.call("createRoom", roomName="One too many")["code"] == "conflict"
