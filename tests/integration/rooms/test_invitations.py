"""What an invite link shows before somebody joins."""

import uuid

import pytest

from shared.features.memberships.table import Membership
from shared.protocol.limits import MAX_COUNTED_MEMBERS
from tests.support import tables
from tests.support.fake_deployment import FakeDeployment


@pytest.mark.parametrize("visibility", ["approval", "open"])
def test_whoever_has_the_link_sees_what_it_leads_to(deployment: FakeDeployment, visibility: str) -> None:
    # given
    alice, bob, eve = deployment.person("alice"), deployment.person("bob"), deployment.person("eve")
    outside = eve.connects()
    room = deployment.room(alice, bob, visibility=visibility)
    before = tables.everything()

    # when
    shown = outside.call("getInvitation", roomId=room, requestId="1")

    # then
    assert shown == {
        "action": "invitation",
        "requestId": "1",
        "roomId": room,
        "roomName": shown["roomName"],
        "visibility": visibility,
        "memberCount": 2,
    }
    assert shown["roomName"]
    assert tables.everything() == before


@pytest.mark.parametrize("status", ["pending", "rejected", "left"])
def test_whoever_has_asked_before_sees_it_too(deployment: FakeDeployment, status: str) -> None:
    # given
    alice, eve = deployment.person("alice"), deployment.person("eve")
    outside = eve.connects()
    room = deployment.room(alice)
    deployment.given_membership(eve, room, status)

    # when, then
    assert outside.call("getInvitation", roomId=room)["memberCount"] == 1


def test_a_banned_person_sees_nothing_but_that(deployment: FakeDeployment) -> None:
    # given
    alice, eve = deployment.person("alice"), deployment.person("eve")
    outside = eve.connects()
    room = deployment.room(alice)
    deployment.given_membership(eve, room, "banned")

    # when
    refused = outside.call("getInvitation", roomId=room)

    # then
    assert (refused["code"], refused["reason"], refused["field"]) == ("forbidden", "banned", "roomId")
    assert "roomName" not in refused


@pytest.mark.parametrize("room_id", ["garbage", str(uuid.UUID(int=0))])
def test_a_link_to_nowhere_is_not_found(deployment: FakeDeployment, room_id: str) -> None:
    refused = deployment.person("eve").connects().call("getInvitation", roomId=room_id)

    assert (refused["code"], refused["reason"]) == ("notFound", "roomNotFound")


def test_members_are_counted_up_to_a_limit(deployment: FakeDeployment) -> None:
    # given
    alice, eve = deployment.person("alice"), deployment.person("eve")
    room = deployment.room(alice)
    tables.store(
        Membership(str(uuid.uuid4()), room, username="one", status="approved", version=1)
        for _ in range(MAX_COUNTED_MEMBERS + 5)
    )

    # when, then
    assert eve.connects().call("getInvitation", roomId=room)["memberCount"] == MAX_COUNTED_MEMBERS
