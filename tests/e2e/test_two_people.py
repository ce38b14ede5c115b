"""Two people chat: what each sees, on every device, whatever the network does."""

import asyncio
import uuid

import pytest

from tests.e2e.client import Client, Door, Frame, make_room

pytestmark = [pytest.mark.anyio, pytest.mark.e2e]


async def _welcome(client: Client) -> Frame:
    return await client.ask("hello")


def _room(welcome: Frame, room_id: str) -> Frame:
    room: Frame = next(each for each in welcome["rooms"] if each["roomId"] == room_id)
    return room


async def test_a_message_reaches_everyone_once_and_the_sender_by_its_answer(door: Door) -> None:
    ann, ben, cat = await door.newcomer("ann"), await door.newcomer("ben"), await door.newcomer("cat")
    room_id = await make_room(ann, ben, cat)
    second_device = await door.open(ann.person)
    for client in (ann, ben, cat, second_device):
        await client.all_heard()

    sent = await ann.ask("sendMessage", roomId=room_id, message="to all", clientMessageId="one")

    assert sent["action"] == "messageSent"
    for listener in (ben, cat, second_device):
        heard = [frame for frame in await listener.all_heard() if frame["action"] == "message"]
        assert [(each["messageId"], each["message"], each["seq"]) for each in heard] == [
            (sent["messageId"], "to all", 1)
        ]
    assert not [frame for frame in await ann.all_heard() if frame["action"] == "message"]


async def test_a_send_that_is_repeated_is_stored_once_and_answered_the_same(door: Door) -> None:
    ann, ben = await door.newcomer("ann"), await door.newcomer("ben")
    room_id = await make_room(ann, ben)
    phone = await door.open(ann.person)

    name = str(uuid.uuid4())
    answers = [
        await ann.ask("sendMessage", roomId=room_id, message="first words", clientMessageId=name),
        await ann.ask("sendMessage", roomId=room_id, message="other words", clientMessageId=name),
        await phone.ask("sendMessage", roomId=room_id, message="first words", clientMessageId=name),
    ]

    for answer in answers:
        del answer["requestId"]
    assert answers[0] == answers[1] == answers[2]
    heard = [frame for frame in await ben.all_heard() if frame["action"] == "message"]
    assert {(each["messageId"], each["message"]) for each in heard} == {(answers[0]["messageId"], "first words")}
    history = await ben.ask("getMessages", roomId=room_id)
    assert [each["message"] for each in history["messages"]] == ["first words"]


async def test_repeated_at_the_same_moment_from_several_devices(door: Door) -> None:
    ann = await door.newcomer("ann")
    room_id = await make_room(ann)
    devices = [ann, *[await door.open(ann.person) for _ in range(3)]]

    answers = await asyncio.gather(
        *(each.ask("sendMessage", roomId=room_id, message="once", clientMessageId="same") for each in devices)
    )

    assert {answer["action"] for answer in answers} == {"messageSent"}
    assert len({answer["messageId"] for answer in answers}) == 1
    history = await ann.ask("getMessages", roomId=room_id)
    assert [each["seq"] for each in history["messages"]] == [1]


async def test_many_senders_at_once_make_one_order_without_holes(door: Door) -> None:
    ann, ben = await door.newcomer("ann"), await door.newcomer("ben")
    room_id = await make_room(ann, ben)

    answers = await asyncio.gather(
        *(
            sender.ask("sendMessage", roomId=room_id, message=f"{number}", clientMessageId=f"{number}")
            for number in range(5)
            for sender in (ann, ben)
        )
    )

    by_seq = sorted(answers, key=lambda answer: answer["seq"])
    assert [answer["seq"] for answer in by_seq] == list(range(1, 11))
    assert [answer["sortKey"] for answer in by_seq] == sorted(answer["sortKey"] for answer in answers)


async def test_hello_tells_what_was_missed_and_history_fills_it_in(door: Door) -> None:
    ann, ben = await door.newcomer("ann"), await door.newcomer("ben")
    room_id = await make_room(ann, ben)
    first = await ann.ask("sendMessage", roomId=room_id, message="one", clientMessageId="1")
    await ben.ask("markRead", rooms=[{"roomId": room_id, "seq": 1}])
    await ben.hang_up()
    for number in (2, 3):
        await ann.ask("sendMessage", roomId=room_id, message=f"{number}", clientMessageId=f"{number}")

    ben = await door.open(ben.person, hello=False)
    room = _room(await _welcome(ben), room_id)
    missed = await ben.ask("getMessages", roomId=room_id, after=first["sortKey"])

    assert (room["lastSeq"], room["lastReadSeq"], room["status"], room["isAdmin"]) == (3, 1, "approved", False)
    assert [each["seq"] for each in missed["messages"]] == [2, 3]
    assert missed["hasMore"] is False


async def test_reading_on_one_device_is_told_to_the_other(door: Door) -> None:
    ann, ben = await door.newcomer("ann"), await door.newcomer("ben")
    room_id = await make_room(ann, ben)
    phone = await door.open(ben.person)
    for number in (1, 2):
        await ann.ask("sendMessage", roomId=room_id, message="x", clientMessageId=f"{number}")

    await ben.ask("markRead", rooms=[{"roomId": room_id, "seq": 2}])
    again = await ben.ask("markRead", rooms=[{"roomId": room_id, "seq": 1}])
    beyond = await ben.ask("markRead", rooms=[{"roomId": room_id, "seq": 3}])

    assert (await phone.hear("roomsRead"))["rooms"] == [{"roomId": room_id, "lastReadSeq": 2}]
    assert again["rooms"][0]["lastReadSeq"] == 2
    assert (beyond["code"], beyond["message"].partition(":")[0]) == ("badRequest", "rooms.0.seq")
    room = _room(await _welcome(phone), room_id)
    assert room["lastSeq"] - room["lastReadSeq"] == 0


async def test_history_is_read_in_both_directions(door: Door) -> None:
    ann = await door.newcomer("ann")
    room_id = await make_room(ann)
    keys = [
        (await ann.ask("sendMessage", roomId=room_id, message=f"{n}", clientMessageId=f"{n}"))["sortKey"]
        for n in range(5)
    ]

    latest = await ann.ask("getMessages", roomId=room_id, limit=2)
    before = await ann.ask("getMessages", roomId=room_id, limit=2, before=keys[3])
    after = await ann.ask("getMessages", roomId=room_id, limit=2, after=keys[0])
    end = await ann.ask("getMessages", roomId=room_id, limit=2, after=keys[2])

    assert [each["seq"] for each in latest["messages"]] == [4, 5]
    assert ([each["seq"] for each in before["messages"]], before["hasMore"]) == ([2, 3], True)
    assert ([each["seq"] for each in after["messages"]], after["hasMore"]) == ([2, 3], True)
    assert ([each["seq"] for each in end["messages"]], end["hasMore"]) == ([4, 5], False)


async def test_fifty_messages_of_eight_kilobytes_come_in_pages_that_fit_a_frame(door: Door) -> None:
    ann, ben = await door.newcomer("ann"), await door.newcomer("ben")
    room_id = await make_room(ann, ben)
    text = "ä" * 4096
    for number in range(25):
        for sender in (ann, ben):
            await sender.ask("sendMessage", roomId=room_id, message=text, clientMessageId=f"{number}")

    seqs: list[int] = []
    before: dict[str, str] = {}
    more = True
    while more:
        page = await ann.ask("getMessages", roomId=room_id, limit=50, **before)
        seqs = [each["seq"] for each in page["messages"]] + seqs
        more = page["hasMore"]
        before = {"before": page["messages"][0]["sortKey"]}

    assert seqs == list(range(1, 51))
    assert max(ann.sizes) <= 100_000


async def test_who_sends_too_fast_is_told_when_to_go_on_and_others_are_not_disturbed(door: Door) -> None:
    ann, ben = await door.newcomer("ann"), await door.newcomer("ben")
    room_id = await make_room(ann, ben)

    # Three allowances at once: however slow this deployment is, they fall into two windows at most.
    for number in range(90):
        await ann.tell("sendMessage", requestId=f"{number}", roomId=room_id, message="and", clientMessageId=f"{number}")
    answers = [await ann.hear(requestId=f"{number}") for number in range(90)]
    after = await ben.ask("sendMessage", roomId=room_id, message="May I?", clientMessageId="1")

    refused = [answer for answer in answers if answer["action"] == "error"]
    assert {answer["code"] for answer in refused} == {"rateLimited"}
    assert all(0 < answer["retryAfterMs"] <= 10_000 for answer in refused)
    assert after["seq"] == 90 - len(refused) + 1


async def test_leaving_ends_hearing_at_once_and_rejoining_begins_it(door: Door) -> None:
    ann, ben = await door.newcomer("ann"), await door.newcomer("ben")
    room_id = await make_room(ann, ben)

    left = await ben.ask("leaveRoom", roomId=room_id)
    await ann.hear("memberChanged", userId=ben.user_id, status="left")
    await ann.ask("sendMessage", roomId=room_id, message="behind your back", clientMessageId="1")
    heard_while_away = [frame for frame in await ben.all_heard() if frame["action"] == "message"]
    await ben.ask("joinRoom", subAction="request", roomId=room_id)
    await ann.ask("sendMessage", roomId=room_id, message="hello again", clientMessageId="2")

    assert left["action"] == "roomLeft"
    assert heard_while_away == []
    assert (await ben.hear("message"))["message"] == "hello again"


async def test_an_admin_remains(door: Door) -> None:
    ann, ben = await door.newcomer("ann"), await door.newcomer("ben")
    room_id = await make_room(ann, ben)

    refused = await ann.ask("leaveRoom", roomId=room_id)
    promoted = await ann.ask("updateMember", roomId=room_id, targetUserId=ben.user_id, change="promote")
    told = await ben.hear("memberChanged", userId=ben.user_id, isAdmin=True)
    left = await ann.ask("leaveRoom", roomId=room_id)

    assert refused["code"] == "conflict"
    assert promoted["isAdmin"] is True
    assert told["version"] == promoted["version"]
    assert left["action"] == "roomLeft"


async def test_a_ban_holds_until_it_is_lifted(door: Door) -> None:
    ann, ben = await door.newcomer("ann"), await door.newcomer("ben")
    room_id = await make_room(ann, ben)

    for _ in range(2):
        banned = await ann.ask("updateMember", roomId=room_id, targetUserId=ben.user_id, change="ban")
        assert (banned["status"], banned["action"]) == ("banned", "memberChanged")
    send = await ben.ask("sendMessage", roomId=room_id, message="still here?", clientMessageId="1")
    ask = await ben.ask("joinRoom", subAction="request", roomId=room_id)
    await ann.ask("updateMember", roomId=room_id, targetUserId=ben.user_id, change="unban")
    again = await ben.ask("joinRoom", subAction="request", roomId=room_id)

    assert send["code"] == "notFound"
    assert ask["code"] == "forbidden"
    assert again["status"] == "approved"


async def test_every_change_of_a_membership_reaches_all_of_its_owners_devices(door: Door) -> None:
    ann, ben = await door.newcomer("ann"), await door.newcomer("ben")
    phone = await door.open(ben.person)
    room_id = await make_room(ann, ben, visibility="approval")

    seen = await phone.hear("memberChanged", userId=ben.user_id, status="approved")
    await ann.ask("sendMessage", roomId=room_id, message="for both", clientMessageId="1")

    assert seen["roomId"] == room_id
    for device in (ben, phone):
        assert (await device.hear("message"))["message"] == "for both"


async def test_creating_a_room_again_gives_the_same_room(door: Door) -> None:
    ann = await door.newcomer("ann")

    answers = await asyncio.gather(
        *(ann.ask("createRoom", roomName=f"Room {n}", clientRoomId="mine") for n in range(3))
    )

    assert len({(answer["roomId"], answer["roomName"]) for answer in answers}) == 1
    assert len((await _welcome(ann))["rooms"]) == 1


async def test_ping_tells_the_heads_of_ones_own_rooms_only(door: Door) -> None:
    ann, ben = await door.newcomer("ann"), await door.newcomer("ben")
    ours, theirs = await make_room(ann, ben), await make_room(ben)
    await ben.ask("sendMessage", roomId=ours, message="x", clientMessageId="1")
    await ben.ask("sendMessage", roomId=theirs, message="x", clientMessageId="1")

    pong = await ann.ask("ping", rooms=[ours, theirs, "no-such-room"])

    assert pong["heads"] == {ours: 1}


async def test_the_current_room_ends_with_the_membership(door: Door) -> None:
    ann, ben = await door.newcomer("ann"), await door.newcomer("ben")
    room_id = await make_room(ann, ben)

    first = await ben.ask("sendMessage", message="by the current room")
    await ann.ask("updateMember", roomId=room_id, targetUserId=ben.user_id, change="remove")
    then = await ben.ask("sendMessage", message="and now?")
    fresh = await door.open(ann.person)
    without = await fresh.ask("sendMessage", message="no room on a new connection")

    assert first["roomId"] == room_id
    for refused in (then, without):
        assert (refused["code"], refused["message"].partition(":")[0]) == ("badRequest", "roomId")
