"""The member list of a room."""

import uuid

from shared.models import Membership
from tests.support import tables
from tests.support.world import Device, Frame, World


def _all_members(device: Device, room: str) -> list[Frame]:
    page = device.call("getMembers", roomId=room)
    found = list(page["participants"])
    while page["hasMore"]:
        page = device.call("getMembers", roomId=room, after=page["next"])
        assert page["action"] == "roomMembers", page
        found += page["participants"]
    assert "next" not in page
    return found


def _crowd(room: str, count: int, status: str) -> set[str]:
    user_ids = {str(uuid.uuid4()) for _ in range(count)}
    tables.store(Membership(user_id, room, username=f'"{user_id}"', status=status, version=1) for user_id in user_ids)
    return user_ids


def test_3000_members_are_listed_completely_a_page_at_a_time(world: World) -> None:
    # given
    alice, bob = world.person("alice"), world.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    room = world.room(alice, bob)
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


def test_a_cursor_that_is_none_is_refused(world: World) -> None:
    # given
    alice, bob = world.person("alice"), world.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    room = world.room(alice, bob)

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
