"""The same clientMessageId again: stored once, answered alike."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from shared.db.transactions import change, remove, write
from shared.features.messages.table import Message
from tests.support.fake_deployment import FakeDeployment
from tests.support.people import Frame

THREADS = 8


def test_a_repetition_gets_the_first_answer_and_is_delivered_as_it_was_stored(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    room = deployment.room(alice, bob)
    first = laptop.sends(room, "the first text", "id")

    # when it comes again, with the same text and with another one, and from another device
    again = laptop.sends(room, "the first text", "id")
    other_text = laptop.sends(room, "another text", "id")
    other_device = alice.connects().sends(room, "the first text", "id")

    # then
    assert first == again == other_text == other_device
    assert [each.message for each in deployment.history(room)] == ["the first text"]
    assert [frame["message"] for frame in phone.pushed("message")] == ["the first text"] * 4


def test_the_request_id_is_the_repetition_s_own(deployment: FakeDeployment) -> None:
    # given
    alice = deployment.person("alice")
    laptop = alice.connects()
    room = deployment.room(alice)
    first = laptop.call("sendMessage", roomId=room, message="hello", clientMessageId="id", requestId="1")

    # when
    again = laptop.call("sendMessage", roomId=room, message="hello", clientMessageId="id", requestId="2")

    # then
    assert (first.pop("requestId"), again.pop("requestId")) == ("1", "2")
    assert first == again


def test_the_same_id_of_another_person_or_in_another_room_is_another_message(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    room, other_room = deployment.room(alice, bob), deployment.room(alice, bob)

    # when
    answers = [laptop.sends(room, "a", "id"), phone.sends(room, "b", "id"), laptop.sends(other_room, "c", "id")]

    # then
    assert [answer["seq"] for answer in answers] == [1, 2, 1]
    assert len({answer["messageId"] for answer in answers}) == 3


@pytest.mark.parametrize("client_message_id", ["#", "a#b", "room#user#id", "\u00e9\U0001f600", "x" * 64, " "])
def test_any_characters_may_be_in_the_id(deployment: FakeDeployment, client_message_id: str) -> None:
    # given
    alice = deployment.person("alice")
    laptop = alice.connects()
    room = deployment.room(alice)

    # when
    answers = [laptop.sends(room, "hello", client_message_id) for _ in range(2)]

    # then
    assert answers[0] == answers[1]
    assert answers[0]["clientMessageId"] == client_message_id
    assert len(deployment.history(room)) == 1


def test_a_deleted_message_is_answered_and_not_delivered_again(deployment: FakeDeployment) -> None:
    # given a message that was deleted by its mark
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    room = deployment.room(alice, bob)
    first = laptop.sends(room, "hello", "id")
    key = Message.key(room, first["sortKey"])
    write(change(key, [Message.deleted_at.set(1), Message.message.set("")], Message.seq == 1))
    phone.frames.clear()

    # when
    again = laptop.sends(room, "hello", "id")

    # then
    assert again == first
    assert phone.frames == []


def test_a_message_whose_time_to_live_is_over_is_answered_and_not_delivered_again(deployment: FakeDeployment) -> None:
    # given a message that DynamoDB has removed
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    room = deployment.room(alice, bob)
    first = laptop.sends(room, "hello", "id")
    write(remove(Message.key(room, first["sortKey"])))
    phone.frames.clear()

    # when
    again = laptop.sends(room, "hello", "id")

    # then
    assert again == first
    assert phone.frames == []


def test_an_edited_message_is_delivered_again_as_it_is_now(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    room = deployment.room(alice, bob)
    first = laptop.sends(room, "hello", "id")
    edited = [Message.message.set("edited"), Message.edited_at.set(5)]
    write(change(Message.key(room, first["sortKey"]), edited, Message.seq == 1))

    # when
    again = laptop.sends(room, "hello", "id")

    # then
    assert again == first
    assert phone.pushed("message")[-1]["message"] == "edited"
    assert phone.pushed("message")[-1]["editedAt"] == 5


def test_somebody_who_is_no_member_any_more_gets_no_answer_to_a_repetition(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    laptop, phone = alice.connects(), bob.connects()
    room = deployment.room(alice, bob)
    phone.sends(room, "hello", "id")
    laptop.call("updateMember", roomId=room, targetUserId=bob.user_id, change="ban")

    # when
    again = phone.sends(room, "hello", "id")

    # then
    assert again["code"] == "notFound"


def test_concurrent_duplicates_from_several_devices_are_one_message(unhurried_deployment: FakeDeployment) -> None:
    # given
    deployment = unhurried_deployment
    alice, bob = deployment.person("alice"), deployment.person("bob")
    devices = [alice.connects() for _ in range(THREADS)]
    phone = bob.connects()
    room = deployment.room(alice, bob)
    together = Barrier(THREADS)

    def send(number: int) -> Frame:
        together.wait()
        return devices[number].sends(room, f"text {number}", "id")

    # when
    with ThreadPoolExecutor(THREADS) as threads:
        answers = list(threads.map(send, range(THREADS)))

    # then all have the answer of the one that is stored
    (stored,) = deployment.history(room)
    assert answers == [answers[0]] * THREADS
    assert answers[0]["messageId"] == stored.message_id
    assert {frame["message"] for frame in phone.pushed("message")} == {stored.message}
