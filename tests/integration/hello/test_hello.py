"""The first frame of a connection: everything is listened to, and the whole state is told."""

from shared.core import ids
from shared.db.reads import rows
from shared.features.memberships.table import Membership
from shared.features.rooms.table import Room
from shared.realtime.subscriptions import Subscription
from tests.support import tables
from tests.support.fake_deployment import FakeDeployment
from tests.support.people import Device, Frame, Person

MANY = 700


def _in_many_rooms(person: Person, count: int, status: str = "approved", name: str = "Room") -> list[str]:
    """The ids of rooms in which the person is an ordinary member, in order."""
    room_ids = sorted(ids.new_id() for _ in range(count))
    tables.store(
        Room(room_id, room_name=name, admin_user_ids={"somebody"}, visibility="open", created_at=1, last_seq=5)
        for room_id in room_ids
    )
    tables.store(
        Membership(person.user_id, room_id, username=person.name, status=status, version=1, last_read_seq=3)
        for room_id in room_ids
    )
    return room_ids


def _all_rooms(device: Device, first: Frame) -> list[Frame]:
    """The rooms of a page and of all that follow it."""
    found, page = list(first["rooms"]), first
    while page["hasMore"]:
        page = device.call("getRooms", after=page["next"])
        assert page["rooms"]
        found += page["rooms"]
    assert "next" not in page
    return found


def _subscribed(device: Device, room_ids: list[str]) -> set[str]:
    keys = Subscription.keys_of(device.connection_id, (f"room:{room_id}" for room_id in room_ids))
    from shared.db.reads import read

    wanted = list(keys)
    found = read(*wanted)
    return {key.hash_key.removeprefix("room:") for key in wanted if found[key] is not None}


def test_a_person_in_700_rooms(deployment: FakeDeployment) -> None:
    # given
    alice = deployment.person("alice")
    room_ids = _in_many_rooms(alice, MANY, name='"' * 80)
    laptop = alice.opens()

    # when
    welcome = laptop.call("hello", requestId="1")

    # then it listens to all, and all are told, a page at a time
    assert welcome["action"] == "welcome"
    assert welcome["userId"] == alice.user_id
    assert welcome["requestId"] == "1"
    found = _all_rooms(laptop, welcome)
    assert [room["roomId"] for room in found] == room_ids
    assert all(room["lastSeq"] - room["lastReadSeq"] == 2 for room in found)
    assert _subscribed(laptop, room_ids) == set(room_ids)
    assert _all_rooms(laptop, laptop.call("getRooms")) == found


def test_every_status_is_told_and_only_the_approved_rooms_are_listened_to(deployment: FakeDeployment) -> None:
    # given
    alice = deployment.person("alice")
    by_status = {
        status: _in_many_rooms(alice, 2, status) for status in ("approved", "pending", "rejected", "banned", "left")
    }
    laptop = alice.opens()

    # when
    welcome = laptop.call("hello")

    # then one's own end of a membership is no room any more; a room that one may not see tells no numbers
    told = {room["roomId"]: room for room in welcome["rooms"]}
    assert set(told) == {room_id for status in by_status if status != "left" for room_id in by_status[status]}
    for status, room_ids in by_status.items():
        for room_id in room_ids:
            assert laptop.subscriptions(f"room:{room_id}") == (status == "approved")
            if status not in ("left", "approved"):
                assert told[room_id]["status"] == status
                assert (told[room_id]["lastSeq"], told[room_id]["lastReadSeq"], told[room_id]["lastTimestamp"]) == (
                    0,
                ) * 3


def test_an_admin_sees_how_many_ask_to_join(deployment: FakeDeployment) -> None:
    # given
    alice, bob, carol = (deployment.person(name) for name in ("alice", "bob", "carol"))
    room = deployment.room(alice, bob)
    deployment.given_membership(carol, room, "pending")

    # when
    summaries = [device.call("hello")["rooms"][0] for device in (alice.opens(), bob.opens())]

    # then
    assert summaries[0]["isAdmin"]
    assert summaries[0]["pendingCount"] == 1
    assert not summaries[1]["isAdmin"]
    assert "pendingCount" not in summaries[1]


def test_one_room_among_many_that_ends_meanwhile(deployment: FakeDeployment) -> None:
    # given more rooms than one transaction takes, and another device of the same person
    alice = deployment.person("alice")
    room_ids = _in_many_rooms(alice, 60)
    other = alice.connects()
    for moment, ended in zip(deployment.faults.every_moment(), room_ids[::4], strict=False):
        laptop = alice.opens()

        # when the device leaves one of them at some step of the hello
        with moment.meanwhile(lambda: other.call("leaveRoom", roomId=ended)):  # noqa: B023
            welcome = laptop.call("hello")

        # then all others are listened to, and that one is not, whatever the welcome still said of it
        remaining = {row["roomId"]["S"] for row in rows(Membership, alice.user_id) if row["status"]["S"] == "approved"}
        assert ended not in remaining
        assert _subscribed(laptop, room_ids) == remaining, moment
        told = {room["roomId"] for room in welcome["rooms"]}
        assert told >= remaining, moment
        assert told - remaining <= {ended}, moment
        laptop.vanishes()


def test_a_membership_that_ends_and_begins_anew_meanwhile(deployment: FakeDeployment) -> None:
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop = alice.connects()
    for moment in deployment.faults.every_moment():
        # given
        room = deployment.room(alice, bob)
        tablet, phone = bob.opens(), bob.opens()

        def end_and_begin() -> None:
            tablet.call("leaveRoom", roomId=room)  # noqa: B023
            tablet.call("joinRoom", roomId=room, subAction="request")  # noqa: B023
            laptop.call("joinRoom", roomId=room, subAction="approve", targetUserId=bob.user_id)  # noqa: B023

        # when
        with moment.meanwhile(end_and_begin):
            phone.call("hello")

        # then
        assert phone.subscriptions(f"room:{room}"), moment
        laptop.sends(room)
        assert phone.heard(room) == {1}, moment
        tablet.vanishes()
        phone.vanishes()


def test_what_the_welcome_tells_is_listened_to_even_if_the_approval_dies_half_way(deployment: FakeDeployment) -> None:
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop = alice.connects()
    for moment in deployment.faults.every_moment():
        # given
        room = deployment.room(alice)
        deployment.given_membership(bob, room, "pending")
        phone = bob.opens()

        # when only the membership is written, at some step of the hello
        with moment.meanwhile(lambda: deployment.given_membership(bob, room, "approved", 2)):  # noqa: B023
            welcome = phone.call("hello")

        # then
        told = next(each["status"] for each in welcome["rooms"] if each["roomId"] == room)
        assert phone.subscriptions(f"room:{room}") or told == "pending", moment
        laptop.sends(room)
        assert phone.heard(room) == {1} or told == "pending", moment
        phone.vanishes()


def test_hello_again_is_harmless(deployment: FakeDeployment) -> None:
    # given
    alice = deployment.person("alice")
    laptop = alice.connects()
    room = deployment.room(alice)

    # when
    first, second = laptop.call("hello"), laptop.call("hello")

    # then
    assert first == second
    assert laptop.subscriptions(f"room:{room}")


def test_it_is_never_answered_with_a_part(deployment: FakeDeployment) -> None:
    # given a database that fails from some step on
    from tests.support.faults import Fault

    alice = deployment.person("alice")
    room_ids = _in_many_rooms(alice, 55)
    for moment in deployment.faults.every_moment():
        laptop = alice.opens()

        # when
        answers: list[Frame] = []
        with moment.strike(Fault.DOWN):
            answers.append(laptop.call("hello"))

        # then it is the whole or an error
        if answers[0]["action"] == "welcome":
            assert _subscribed(laptop, room_ids) == set(room_ids), moment
            assert len(_all_rooms(laptop, answers[0])) == len(room_ids), moment
        else:
            assert answers[0]["code"] == "internal", moment
        laptop.vanishes()


def test_a_connection_that_goes_leaves_no_subscriptions(deployment: FakeDeployment) -> None:
    # given
    alice = deployment.person("alice")
    laptop = alice.connects()
    rooms = [deployment.room(alice) for _ in range(30)]
    laptop.call("hello")
    assert _subscribed(laptop, rooms) == set(rooms)

    # when
    laptop.disconnects()

    # then
    assert _subscribed(laptop, rooms) == set()
    assert not laptop.subscriptions(alice.topic)
