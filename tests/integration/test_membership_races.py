"""Two acts on the same room at the same time: one runs in the middle of the other, at each of its steps."""

import pytest

from tests.support.acts import Act, carry_out, scene
from tests.support.world import World


@pytest.mark.parametrize(
    ("begin", "outer", "inner"),
    [
        ("pending", "approve", "ban"),
        ("pending", "approve", "reject"),
        ("pending", "reject", "approve"),
        ("approved", "ban", "leave"),
        ("approved", "leave", "ban"),
        ("approved", "promote", "leave"),
        ("approved", "promote", "ban"),
        ("approved", "ban", "promote"),
        ("banned", "unban", "ban"),
        ("left", "request", "ban"),
    ],
)
def test_two_acts_on_one_person_leave_everything_in_line_by_themselves(
    world: World, begin: str, outer: str, inner: str
) -> None:
    for moment in world.faults.every_moment():
        # given
        given = scene(world, Act(outer, begin, ""))
        version = given.target.version(given.room)

        # when
        with moment.meanwhile(lambda given=given: given.do(inner)):  # type: ignore[misc]
            given.do(outer)

        # then no stream is needed: both have finished
        approved = given.target.status(given.room) == "approved"
        assert given.target.is_heard_in(given.room) == {approved}, moment
        assert given.target.version(given.room) >= version
        assert approved or given.target.user_id not in world.admins(given.room), moment
        assert world.admins(given.room), moment


@pytest.mark.parametrize("follow", [["request", "approve"], ["unban", "request", "approve", "leave"]])
@pytest.mark.parametrize("outer", ["leave", "ban", "remove"])
def test_a_whole_way_back_in_the_middle_of_an_end(world: World, outer: str, follow: list[str]) -> None:
    for moment in world.faults.every_moment():
        # given
        given = scene(world, Act(outer, "approved", ""))

        def the_way_back() -> None:
            for name in follow:
                given.do(name)  # noqa: B023

        # when
        with moment.meanwhile(the_way_back):
            given.do(outer)

        # then
        approved = given.target.status(given.room) == "approved"
        assert given.target.is_heard_in(given.room) == {approved}, moment


@pytest.mark.parametrize("inner", ["leave", "demote", "remove", "ban"])
@pytest.mark.parametrize("outer", ["leave", "demote", "remove", "ban"])
def test_two_admins_cannot_end_each_other_so_that_none_remains(world: World, outer: str, inner: str) -> None:
    for moment in world.faults.every_moment():
        # given two admins
        alice, bob = world.person("alice"), world.person("bob")
        laptop, phone = alice.connects(), bob.connects()
        room = world.room(alice, co_admins=[bob])

        # when one act ends the first as an admin, and the other one the second
        with moment.meanwhile(lambda: carry_out(inner, room, phone, laptop)):  # noqa: B023
            carry_out(outer, room, laptop, phone)

        # then
        admins = world.admins(room)
        assert admins, moment
        for person in (alice, bob):
            assert person.user_id not in admins or person.status(room) == "approved", moment
            assert person.is_heard_in(room) == {person.status(room) == "approved"}, moment


def test_many_join_an_open_room_at_once(unhurried_world: World) -> None:
    # given
    from concurrent.futures import ThreadPoolExecutor

    world = unhurried_world
    alice = world.person("alice")
    laptop = alice.connects()
    room = world.room(alice, visibility="open")
    guests = [world.person(f"guest{number}") for number in range(12)]
    devices = [guest.connects() for guest in guests]

    # when
    with ThreadPoolExecutor(6) as threads:
        replies = list(threads.map(lambda device: device.call("joinRoom", roomId=room, subAction="request"), devices))

    # then no join was in the way of another
    assert {reply["status"] for reply in replies} == {"approved"}
    members = laptop.call("getMembers", roomId=room)["participants"]
    assert {member["userId"] for member in members} == {alice.user_id, *(guest.user_id for guest in guests)}
    assert laptop.sends(room)["seq"] == 1
    assert all(device.heard(room) == {1} for device in devices)
