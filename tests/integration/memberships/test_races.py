"""Two acts on the same room at the same time: one runs in the middle of the other, at each of its steps."""

import json
from typing import Any

import pytest

from shared.aws.dynamodb import SignedConnection
from shared.db.reads import rows
from shared.db.table import Raw
from shared.features.memberships.table import Membership
from tests.support.acts import Act, carry_out, scene
from tests.support.fake_deployment import FakeDeployment
from tests.support.people import Person


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
    deployment: FakeDeployment, begin: str, outer: str, inner: str
) -> None:
    for moment in deployment.faults.every_moment():
        # given
        given = scene(deployment, Act(outer, begin, ""))
        version = given.target.version(given.room)

        # when
        with moment.meanwhile(lambda given=given: given.do(inner)):  # type: ignore[misc]
            given.do(outer)

        # then no stream is needed: both have finished
        approved = given.target.status(given.room) == "approved"
        assert given.target.is_heard_in(given.room) == {approved}, moment
        assert given.target.version(given.room) >= version
        assert approved or given.target.user_id not in deployment.admins(given.room), moment
        assert deployment.admins(given.room), moment


def _memberships(person: Person) -> list[Raw]:
    return list(rows(Membership, person.user_id))


@pytest.fixture
def torn_reads(deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch read sees the rooms first and everything else later: DynamoDB does not promise that it is a snapshot.

    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-isolation
    """
    send = SignedConnection.send

    def send_torn(connection: SignedConnection, operation_name: str, body: bytes) -> dict[str, Any]:
        if operation_name != "BatchGetItem":
            return send(connection, operation_name, body)
        found: dict[str, Any] = {}
        request = json.loads(body)["RequestItems"]
        for table in sorted(request, key=lambda table: not table.endswith("-rooms")):
            part = json.dumps({"RequestItems": {table: request[table]}}).encode()
            found.update(send(connection, operation_name, part)["Responses"])
        return {"Responses": found}

    monkeypatch.setattr(SignedConnection, "send", send_torn)


@pytest.mark.parametrize("inner", ["promote", "demote"])
@pytest.mark.parametrize("outer", ["leave", "remove", "ban", "approve"])
@pytest.mark.usefixtures("torn_reads")
def test_whether_one_is_an_admin_is_never_older_than_the_membership(
    deployment: FakeDeployment, outer: str, inner: str
) -> None:
    for moment in deployment.faults.every_moment():
        # given
        given = scene(deployment, Act(outer, "approved", "", target_is_admin=inner == "demote"))

        # when
        with moment.meanwhile(lambda given=given: given.do(inner)):  # type: ignore[misc]
            given.do(outer)

        # then who is no member any more is no admin either
        is_admin = given.target.user_id in deployment.admins(given.room)
        assert not is_admin or given.target.status(given.room) == "approved", moment
        # and whoever was told of the last version was told the truth
        for device in (given.admin, *given.target.devices):
            last = [frame for frame in device.pushed("memberChanged", given.room) if frame["version"] == 2]
            assert given.target.version(given.room) != 2 or all(each["isAdmin"] == is_admin for each in last), moment


@pytest.mark.parametrize("change", ["promote", "demote"])
@pytest.mark.usefixtures("torn_reads")
def test_the_stream_tells_of_no_admin_that_is_older_than_the_version(deployment: FakeDeployment, change: str) -> None:
    for moment in deployment.faults.every_moment():
        # given a change of which the stream tells late
        given = scene(deployment, Act(change, "approved", "", target_is_admin=change == "demote"))
        late = [{"dynamodb": {"NewImage": row, "SequenceNumber": "1"}} for row in _memberships(given.target)]

        # when
        with moment.meanwhile(lambda given=given: given.do(change)):  # type: ignore[misc]
            deployment.reconcile(late)

        # then
        told = [frame for frame in given.device.pushed("memberChanged", given.room) if frame["version"] == 2]
        assert told, moment
        assert all(frame["isAdmin"] == (change == "promote") for frame in told), moment


@pytest.mark.parametrize("follow", [["request", "approve"], ["unban", "request", "approve", "leave"]])
@pytest.mark.parametrize("outer", ["leave", "ban", "remove"])
def test_a_whole_way_back_in_the_middle_of_an_end(deployment: FakeDeployment, outer: str, follow: list[str]) -> None:
    for moment in deployment.faults.every_moment():
        # given
        given = scene(deployment, Act(outer, "approved", ""))

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
def test_two_admins_cannot_end_each_other_so_that_none_remains(
    deployment: FakeDeployment, outer: str, inner: str
) -> None:
    for moment in deployment.faults.every_moment():
        # given two admins
        alice, bob = deployment.person("alice"), deployment.person("bob")
        laptop, phone = alice.connects(), bob.connects()
        room = deployment.room(alice, co_admins=[bob])

        # when one act ends the first as an admin, and the other one the second
        with moment.meanwhile(lambda: carry_out(inner, room, phone, laptop)):  # noqa: B023
            carry_out(outer, room, laptop, phone)

        # then an admin remains, or the second to leave has ended the room
        if deployment.has_ended(room):
            assert {alice.status(room), bob.status(room)} <= {"left", "banned"}, moment
            continue
        admins = deployment.admins(room)
        assert admins, moment
        for person in (alice, bob):
            assert person.user_id not in admins or person.status(room) == "approved", moment
            assert person.is_heard_in(room) == {person.status(room) == "approved"}, moment


def test_many_join_an_open_room_at_once(unhurried_deployment: FakeDeployment) -> None:
    # given
    from concurrent.futures import ThreadPoolExecutor

    deployment = unhurried_deployment
    alice = deployment.person("alice")
    laptop = alice.connects()
    room = deployment.room(alice, visibility="open")
    guests = [deployment.person(f"guest{number}") for number in range(12)]
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
