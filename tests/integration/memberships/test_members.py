"""The member list of a room."""

import uuid

import pytest

from shared.features.memberships.table import Membership
from tests.support import tables
from tests.support.fake_deployment import FakeDeployment
from tests.support.people import Device, Frame


def _all_members(device: Device, room: str, **wish: str) -> list[Frame]:
    page = device.call("getMembers", roomId=room, **wish)
    found = list(page["participants"])
    while page["hasMore"]:
        page = device.call("getMembers", roomId=room, after=page["next"], **wish)
        assert page["action"] == "roomMembers", page
        found += page["participants"]
    assert "next" not in page
    return found


def _crowd(room: str, count: int, status: str) -> set[str]:
    user_ids = {str(uuid.uuid4()) for _ in range(count)}
    tables.store(Membership(user_id, room, username=f'"{user_id}"', status=status, version=1) for user_id in user_ids)
    return user_ids


def test_3000_members_are_listed_completely_a_page_at_a_time(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    room = deployment.room(alice, bob)
    members = _crowd(room, 2998, "approved") | {alice.user_id, bob.user_id}
    pending = _crowd(room, 130, "pending")
    _crowd(room, 5, "rejected")
    _crowd(room, 5, "banned")
    _crowd(room, 5, "left")

    # when
    for_admin, for_member = _all_members(laptop, room), _all_members(phone, room)

    # then the admin sees those who ask as well, after the members
    assert len(for_member) == 3000
    assert {each["userId"] for each in for_member} == members
    assert {each["status"] for each in for_member} == {"approved"}
    assert [each["userId"] for each in for_member if each["isAdmin"]] == [alice.user_id]
    assert for_admin[:3000] == for_member
    assert {each["userId"] for each in for_admin[3000:]} == pending
    assert {each["status"] for each in for_admin[3000:]} == {"pending"}


def test_admins_see_who_is_banned_a_page_at_a_time_and_nobody_else_does(deployment: FakeDeployment) -> None:
    # given
    alice, bob, eve = deployment.person("alice"), deployment.person("bob"), deployment.person("eve")
    laptop, phone, outside = alice.connects(), bob.connects(), eve.connects()
    room = deployment.room(alice, bob)
    banned = _crowd(room, 730, "banned")
    _crowd(room, 5, "rejected")

    # when
    listed = _all_members(laptop, room, status="banned")

    # then
    assert {each["userId"] for each in listed} == banned
    assert len(listed) == len(banned)
    assert {(each["status"], each["isAdmin"]) for each in listed} == {("banned", False)}
    assert phone.call("getMembers", roomId=room, status="banned")["code"] == "forbidden"
    assert outside.call("getMembers", roomId=room, status="banned")["code"] == "notFound"

    # and no other standing can be asked for
    assert laptop.call("getMembers", roomId=room, status="left")["code"] == "badRequest"
    assert laptop.call("getMembers", roomId=room, status="banned", after="approved#x")["code"] == "badRequest"


def test_a_cursor_that_is_none_is_refused(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    room = deployment.room(alice, bob)

    for device, cursor in [
        (laptop, "nonsense"),
        (laptop, "approved#"),
        (laptop, "#"),
        (laptop, "banned#x"),
        (phone, "pending#x"),
        (laptop, "approved"),
    ]:
        # when
        answer = device.call("getMembers", roomId=room, after=cursor)

        # then
        assert answer["code"] == "badRequest", cursor
        assert answer["message"].startswith("after:"), cursor


@pytest.mark.parametrize("by", ["the command", "the stream"])
def test_what_happens_to_somebody_who_only_asked_to_join_is_told_to_admins_alone(
    deployment: FakeDeployment, by: str
) -> None:
    # given
    alice, bob, carol = (deployment.person(name) for name in ("alice", "bob", "carol"))
    admin, member, applicant = alice.connects(), bob.connects(), carol.connects()
    room = deployment.room(alice, bob)
    applicant.call("joinRoom", roomId=room, subAction="request")
    deployment.work_off_stream()
    member.frames.clear()
    admin.frames.clear()

    # when
    for change in ("ban", "unban"):
        admin.call("updateMember", roomId=room, targetUserId=carol.user_id, change=change)
        if by == "the stream":
            admin.frames.clear()
            deployment.work_off_stream()

    # then
    assert member.pushed("memberChanged") == []
    assert [frame["status"] for frame in applicant.pushed("memberChanged")][-1] == "left"
    if by == "the stream":
        assert admin.pushed("memberChanged")[-1]["status"] == "left"


def test_a_member_who_is_banned_is_told_of_to_the_room(deployment: FakeDeployment) -> None:
    # given
    alice, bob, carol = (deployment.person(name) for name in ("alice", "bob", "carol"))
    admin, member = alice.connects(), bob.connects()
    room = deployment.room(alice, bob, carol)

    # when
    admin.call("updateMember", roomId=room, targetUserId=carol.user_id, change="ban")

    # then
    assert [frame["status"] for frame in member.pushed("memberChanged", room)] == ["banned"]
