"""Direct rooms and typing, over real sockets: one room for two who open it at once, told to every device."""

import asyncio

import pytest

from tests.e2e.client import Client, Door, make_room

pytestmark = [pytest.mark.anyio, pytest.mark.e2e]


async def _devices(door: Door) -> tuple[list[Client], list[Client]]:
    """Three connections each of ann and ben, who share a room."""
    ann, ben = await door.newcomer("ann"), await door.newcomer("ben")
    await make_room(ann, ben)
    of_ann = [ann, *[await door.open(ann.person) for _ in range(2)]]
    of_ben = [ben, *[await door.open(ben.person) for _ in range(2)]]
    return of_ann, of_ben


async def test_two_who_open_it_at_once_get_one_and_write_in_it(door: Door) -> None:
    # given
    of_ann, of_ben = await _devices(door)
    ann, ben = of_ann[0], of_ben[0]

    # when
    opened = await asyncio.gather(
        *(client.ask("openDirect", userIds=[ben.user_id]) for client in of_ann for _ in range(2)),
        *(client.ask("openDirect", userIds=[ann.user_id]) for client in of_ben for _ in range(2)),
    )

    # then
    (room_id,) = {each["roomId"] for each in opened}
    assert {person["userId"] for person in opened[0]["people"]} == {ann.user_id, ben.user_id}
    for client in (*of_ann, *of_ben):
        await client.all_heard()

    # when
    sent = await ann.ask("sendMessage", roomId=room_id, message="only you", clientMessageId="1")

    # then
    for client in (*of_ann[1:], *of_ben):
        heard = [frame for frame in await client.all_heard() if frame["action"] == "message"]
        assert [frame["messageId"] for frame in heard] == [sent["messageId"]]
    assert [frame for frame in await ann.all_heard() if frame["action"] == "message"] == []


async def test_others_hear_who_is_writing_and_nothing_answers(door: Door) -> None:
    of_ann, of_ben = await _devices(door)
    room_id = (await of_ann[0].ask("openDirect", userIds=[of_ben[0].user_id]))["roomId"]
    for client in (*of_ann, *of_ben):
        await client.all_heard()

    await of_ann[0].tell("typing", roomId=room_id, requestId="1")

    for client in of_ben:
        heard = await client.hear("somebodyTypes")
        assert (heard["roomId"], heard["userId"]) == (room_id, of_ann[0].user_id)
    for client in of_ann:
        heard_by_ann = await client.all_heard()
        assert not [each for each in heard_by_ann if each["action"] == "somebodyTypes" or each.get("requestId") == "1"]
