"""Reading back: complete, in order, and never in a frame that is too large."""

import pytest

from shared.core import clock
from shared.features.messages.table import Message
from tests.support import environment
from tests.support.fake_deployment import FakeDeployment
from tests.support.people import Device, Frame

TEXTS = {
    "plain": "x" * 8192,
    "escaped once": '"' * 8192,
    "line ends": "\n" * 8191 + "x",
    "two bytes": "\u00e9" * 4096,
    "four bytes": "\U0001f600" * 2048,
    "separators": "\u2028" * 2729 + "x",
}


def _backwards(device: Device, limit: int | None = None, **fields: str) -> list[Frame]:
    """All messages, page by page from the end to the beginning."""
    found: list[Frame] = []
    more = {"limit": limit} if limit else {}
    while True:
        cursor = {"before": found[0]["sortKey"]} if found else {}
        page = device.call("getMessages", **fields, **cursor, **more)
        assert page["action"] == "messageHistory", page
        assert page["messages"] or not page["hasMore"]
        found = page["messages"] + found
        if not page["hasMore"]:
            return found


def _forwards(device: Device, room: str, limit: int, after: str = "0") -> list[Frame]:
    found: list[Frame] = []
    while True:
        page = device.call("getMessages", roomId=room, limit=limit, after=found[-1]["sortKey"] if found else after)
        assert page["messages"] or not page["hasMore"]
        found += page["messages"]
        if not page["hasMore"]:
            return found


@pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))
def test_fifty_messages_of_8_kb_in_both_directions(deployment: FakeDeployment, text: str) -> None:
    # given
    alice = deployment.person("alice")
    laptop = alice.connects()
    room = deployment.room(alice)
    deployment.given_messages(room, alice, [text] * 49)
    assert laptop.sends(room, text)["seq"] == 50

    # when
    backwards, forwards = _backwards(laptop, roomId=room), _forwards(laptop, room, 50)

    # then
    assert [message["seq"] for message in backwards] == list(range(1, 51))
    assert backwards == forwards
    assert {message["message"] for message in backwards} == {text}
    assert laptop.pushed("message")[0]["message"] == text


def test_messages_from_before_control_characters_were_refused_are_still_read(deployment: FakeDeployment) -> None:
    # given
    text = "\x01" * 8192
    alice = deployment.person("alice")
    laptop = alice.connects()
    room = deployment.room(alice)
    deployment.given_messages(room, alice, [text] * 50)

    # when
    backwards, forwards = _backwards(laptop, roomId=room), _forwards(laptop, room, 50)

    # then
    assert [message["seq"] for message in backwards] == list(range(1, 51))
    assert backwards == forwards
    assert {message["message"] for message in backwards} == {text}


@pytest.mark.parametrize("limit", [1, 3, 7, 20, 100])
def test_pages_of_any_size_fit_together(deployment: FakeDeployment, limit: int) -> None:
    # given
    alice = deployment.person("alice")
    laptop = alice.connects()
    room = deployment.room(alice)
    keys = deployment.given_messages(room, alice, map(str, range(20)))

    # when
    backwards, forwards = _backwards(laptop, limit, roomId=room), _forwards(laptop, room, limit, keys[4])

    # then
    assert [message["sortKey"] for message in backwards] == keys
    assert [message["sortKey"] for message in forwards] == keys[5:]


def test_the_shape_is_that_of_the_push(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    room = deployment.room(alice, bob)
    laptop.sends(room, "hello", "id")

    # when
    (listed,) = phone.call("getMessages", roomId=room)["messages"]

    # then
    (pushed,) = phone.pushed("message")
    assert pushed == {"action": "message", **listed}


def test_no_messages_are_an_empty_page(deployment: FakeDeployment) -> None:
    # given
    alice = deployment.person("alice")
    laptop = alice.connects()
    room = deployment.room(alice)

    # when
    page = laptop.call("getMessages", roomId=room)

    # then
    assert page == {"action": "messageHistory", "roomId": room, "messages": [], "hasMore": False, "rev": 0}


def test_what_is_past_its_time_is_passed_over_before_dynamodb_deletes_it(deployment: FakeDeployment) -> None:
    # given more messages past their time than a page reads, among some that are alive
    alice = deployment.person("alice")
    laptop = alice.connects()
    room = deployment.room(alice)
    now = clock.now_ms() // 1000
    deployment.given_messages(room, alice, map(str, range(30)), ttl=now - 10)
    alive = deployment.given_messages(room, alice, ["a", "b"])
    deployment.given_messages(room, alice, map(str, range(30)), ttl=now - 1)
    alive += deployment.given_messages(room, alice, ["c", "d"], ttl=now + 1000)
    deployment.given_messages(room, alice, map(str, range(30)), ttl=now - 1)

    # when
    backwards, forwards = _backwards(laptop, 1, roomId=room), _forwards(laptop, room, 2)
    own = _backwards(laptop, 3, userId=alice.user_id)

    # then
    assert [message["sortKey"] for message in backwards] == alive
    assert forwards == backwards
    assert own == backwards
    assert not laptop.call("getMessages", roomId=room, limit=4)["hasMore"]


def test_a_room_with_a_retention_gives_its_messages_a_time_to_live(
    deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    monkeypatch.setenv("PARLEY_RETENTION_DAYS", "30")
    environment.forget()
    try:
        alice = deployment.person("alice")
        laptop = alice.connects()
        room = laptop.call("createRoom", roomName="Room")["roomId"]

        # when
        answer = laptop.sends(room)
    finally:
        monkeypatch.delenv("PARLEY_RETENTION_DAYS")
        environment.forget()

    # then
    stored = Message.get(room, answer["sortKey"])
    assert stored.ttl is not None
    assert 0 <= stored.ttl - 30 * 86_400 - answer["timestamp"] / 1000 < 1
    assert [message["seq"] for message in laptop.call("getMessages", roomId=room)["messages"]] == [1]


def test_ones_own_messages_over_all_rooms(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop = alice.connects()
    room, other = deployment.room(alice, bob), deployment.room(alice)
    own = deployment.given_messages(room, alice, map(str, range(15))) + deployment.given_messages(
        other, alice, map(str, range(15))
    )
    deployment.given_messages(room, bob, ["not mine"])

    # when
    listed = _backwards(laptop, 4, userId=alice.user_id)

    # then
    assert [message["sortKey"] for message in listed] == sorted(own)
    assert {message["userId"] for message in listed} == {alice.user_id}


def test_ones_own_messages_of_8_kb_are_paged(deployment: FakeDeployment) -> None:
    # given
    alice = deployment.person("alice")
    laptop = alice.connects()
    room = deployment.room(alice)
    own = deployment.given_messages(room, alice, ['"' * 8192] * 20)

    # when
    page = laptop.call("getMessages", userId=alice.user_id)
    listed = _backwards(laptop, userId=alice.user_id)

    # then
    assert page["hasMore"]
    assert "roomId" not in page
    assert [message["sortKey"] for message in listed] == own


def test_others_messages_are_nobodys_list(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    deployment.room(alice, bob)

    # when
    answer = bob.connects().call("getMessages", userId=alice.user_id)

    # then
    assert answer["code"] == "forbidden"
