"""Quotes, and the messages around one."""

import pytest

from shared.protocol.limits import MAX_EXCERPT_CHARACTERS
from tests.support import tables
from tests.support.fake_deployment import FakeDeployment
from tests.support.people import Frame


def test_a_quote_shows_the_original_as_it_is_now(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    room = deployment.room(alice, bob)
    (key,) = deployment.given_messages(room, bob, ["ä" * 300])

    # when
    laptop.call("sendMessage", roomId=room, message="indeed", replyTo=key, clientMessageId="1")

    # then the push and history show the beginning of it
    (pushed,) = phone.pushed("message")
    expected = {
        "sortKey": key,
        "seq": 1,
        "userId": bob.user_id,
        "username": bob.name,
        "excerpt": "ä" * MAX_EXCERPT_CHARACTERS,
    }
    assert pushed["quoted"] == expected
    assert phone.call("getMessages", roomId=room)["messages"][1]["quoted"] == expected
    assert "ä" * 10 not in str([row for row in tables.everything()["parley-test-messages"] if "indeed" in row])

    # when the original changes
    phone.call("editMessage", roomId=room, sortKey=key, message="new", basedOn=0, clientEditId="e")
    laptop.call("react", roomId=room, sortKey=pushed["sortKey"], emoji="👍", on=True)

    # then whatever shows the quote shows that
    told = phone.pushed("changed")[-1]["messages"][0]["quoted"]
    assert (told["excerpt"], told["rev"]) == ("new", 1)
    caught_up = laptop.call("getChanges", roomId=room, after=0)["messages"]
    assert [message.get("quoted", {}).get("excerpt") for message in caught_up] == [None, "new"]

    # when it is deleted
    phone.call("deleteMessage", roomId=room, sortKey=key)
    laptop.call("sendMessage", roomId=room, message="indeed", replyTo=key, clientMessageId="1")

    # then so is what is shown of it
    quoted = phone.call("getMessages", roomId=room)["messages"][1]["quoted"]
    assert quoted["excerpt"] == ""
    assert quoted["deletedAt"] > 0
    assert phone.pushed("message")[-1]["quoted"] == quoted


@pytest.mark.parametrize("which", ["nowhere", "another room", "expired"])
def test_what_is_not_there_cannot_be_quoted(deployment: FakeDeployment, which: str) -> None:
    # given
    alice = deployment.person("alice")
    laptop = alice.connects()
    room, other = deployment.room(alice), deployment.room(alice)
    (expired,) = deployment.given_messages(room, alice, ["a"], ttl=1)
    (elsewhere,) = deployment.given_messages(other, alice, ["b"])
    key = {"nowhere": "1700000000001#x", "another room": elsewhere, "expired": expired}[which]
    before = tables.everything()

    # when
    answer = laptop.call("sendMessage", roomId=room, message="hello", replyTo=key)

    # then
    assert (answer["code"], answer["reason"], answer["field"]) == ("notFound", "messageNotFound", "replyTo")
    assert tables.everything() == before


def _seqs(page: Frame) -> list[int]:
    return [message["seq"] for message in page["messages"]]


@pytest.mark.parametrize(
    ("seq", "limit", "expected", "has_before", "has_after"),
    [
        (5, 4, [4, 5, 6, 7], True, True),
        (1, 4, [1, 2, 3, 4], False, True),
        (9, 4, [8, 9], True, False),
        (5, 100, [1, 2, 3, 4, 5, 6, 7, 8, 9], False, False),
        (5, 1, [5, 6], True, True),
    ],
)
def test_messages_around_one(
    deployment: FakeDeployment, seq: int, limit: int, expected: list[int], has_before: bool, has_after: bool
) -> None:
    alice = deployment.person("alice")
    laptop = alice.connects()
    room = deployment.room(alice)
    keys = deployment.given_messages(room, alice, "abcdefghi")

    page = laptop.call("getMessages", roomId=room, around=keys[seq - 1], limit=limit)

    assert (_seqs(page), page["hasMore"], page["hasAfter"]) == (expected, has_before, has_after)
    assert page["rev"] == 0


def test_messages_around_one_that_is_not_there(deployment: FakeDeployment) -> None:
    alice = deployment.person("alice")
    laptop = alice.connects()
    room = deployment.room(alice)
    keys = deployment.given_messages(room, alice, "abc")

    assert _seqs(laptop.call("getMessages", roomId=room, around=keys[1] + "x", limit=2)) == [2, 3]
    assert _seqs(laptop.call("getMessages", roomId=room, around="nonsense", limit=2)) == [3]


def test_the_largest_messages_around_one_fit_into_a_frame(deployment: FakeDeployment) -> None:
    alice = deployment.person("alice")
    laptop = alice.connects()
    room = deployment.room(alice)
    keys = deployment.given_messages(room, alice, ["x" * 8192] * 30)

    page = laptop.call("getMessages", roomId=room, around=keys[15], limit=30)

    assert 16 in _seqs(page)
    assert min(_seqs(page)) < 15
    assert max(_seqs(page)) > 17
    assert (page["hasMore"], page["hasAfter"]) == (True, True)
