"""getChanges: everything that was changed after a rev, as it is now, in any number of pages."""

from collections.abc import Iterator

import pytest

from shared.db import transactions
from shared.features.changes import catching_up
from shared.features.changes.table import Change
from tests.support.fake_deployment import FakeDeployment
from tests.support.people import Device, Frame


def _pages(device: Device, room: str, after: int = 0) -> Iterator[Frame]:
    while True:
        page = device.call("getChanges", roomId=room, after=after)
        assert page["action"] == "changes"
        yield page
        if not page["hasMore"]:
            return
        assert page["rev"] > after
        after = page["rev"]


def _room(deployment: FakeDeployment, count: int, text: str = "x") -> tuple[Device, str, list[str]]:
    alice = deployment.person("alice")
    room = deployment.room(alice)
    return alice.connects(), room, deployment.given_messages(room, alice, [text] * count)


def _react(device: Device, room: str, sort_key: str, emoji: str = "👍", on: bool = True) -> None:
    assert device.call("react", roomId=room, sortKey=sort_key, emoji=emoji, on=on)["action"] == "changed"


def test_each_changed_message_once_as_it_is_now(deployment: FakeDeployment) -> None:
    # given
    alice, room, keys = _room(deployment, 3)
    for key, emoji in ((keys[2], "👍"), (keys[0], "👍"), (keys[2], "🎉")):
        _react(alice, room, key, emoji)

    # when
    (page,) = _pages(alice, room)

    # then
    assert (page["fromRev"], page["rev"]) == (0, 3)
    assert {message["sortKey"]: message["rev"] for message in page["messages"]} == {keys[2]: 3, keys[0]: 2}

    # and after the second change only what came then
    (page,) = _pages(alice, room, after=2)
    assert [message["sortKey"] for message in page["messages"]] == [keys[2]]
    assert next(_pages(alice, room, after=3))["messages"] == []


def test_large_and_many_messages_come_in_pages(deployment: FakeDeployment) -> None:
    # given more messages than a page holds, and more bytes than a frame
    alice, room, keys = _room(deployment, 25, "ä" * 4_000)
    for key in (*keys, keys[0]):
        _react(alice, room, key)
        _react(alice, room, key, "🎉")
    head = alice.call("ping", rooms=[room])["revs"][room]

    # when
    pages = list(_pages(alice, room))

    # then every message is in its newest state in one of them
    assert len(pages) > 1
    newest = {message["sortKey"]: message for page in pages for message in page["messages"]}
    stored = alice.call("getMessages", roomId=room)["messages"]
    assert stored
    assert all(newest[message["sortKey"]] == message for message in stored)
    assert set(newest) == set(keys)
    assert pages[-1]["rev"] == head


@pytest.mark.parametrize("after", [0, 5])
def test_too_many_changes_and_lost_ones_mean_to_read_afresh(
    deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    alice, room, (key,) = _room(deployment, 1)
    for number in range(8):
        _react(alice, room, key, on=number % 2 == 0)

    if after:  # an entry that is needed has expired
        transactions.write(transactions.remove(Change.key(room, Change.range_key_of(after + 1))))
    else:
        monkeypatch.setattr(catching_up, "MAX_CHANGES", 7)
    (page,) = _pages(alice, room, after=after)

    assert (page["reset"], page["rev"], page["messages"]) == (True, 8, [])


def test_who_knows_more_changes_than_there_are_reads_afresh(deployment: FakeDeployment) -> None:
    alice, room, _ = _room(deployment, 1)

    (page,) = _pages(alice, room, after=9)

    assert (page["reset"], page["rev"]) == (True, 0)


@pytest.mark.parametrize("after", [-1, "0", None, 1.5])
def test_bad_revs(deployment: FakeDeployment, after: object) -> None:
    alice, room, _ = _room(deployment, 1)

    answer = alice.call("getChanges", roomId=room, after=after)

    assert (answer["code"], answer["field"]) == ("badRequest", "after")


def test_every_list_says_how_many_changes_there_are(deployment: FakeDeployment) -> None:
    alice, room, (key,) = _room(deployment, 1)
    _react(alice, room, key)

    assert alice.call("getMessages", roomId=room)["rev"] == 1
    assert alice.call("ping", rooms=[room])["revs"] == {room: 1}
    assert [each["rev"] for each in alice.call("getRooms")["rooms"]] == [1]


def test_a_page_of_history_that_meets_a_change_names_the_rev_before(deployment: FakeDeployment) -> None:
    # given
    alice, room, (key,) = _room(deployment, 1)
    for moment in deployment.faults.every_moment():
        before = alice.call("ping", rooms=[room])["revs"][room]

        # when a reaction comes at any moment of the reading
        with moment.meanwhile(lambda: _react(alice, room, key, on=before % 2 == 0)):  # noqa: B023
            page = alice.call("getMessages", roomId=room)

        # then what the page holds is at least as new as its rev says
        (message,) = page["messages"]
        assert message.get("rev", 0) >= page["rev"], moment
