"""Sending messages into a room, and waiting until everybody has them."""

import asyncio
import contextlib
import time
import uuid
from dataclasses import dataclass

from tools.load.fleet import Connection, Fleet, NoAnswer, Watch

TEXT = "Shall we meet at the usual place at seven, or is that too early for those who come by train?"
PATIENCE_SECONDS = 120.0
"""How long the last recipient may be waited for; who has nothing by then counts as missed."""


class Refused(Exception):
    """A send got an error, or no answer at all."""


@dataclass(frozen=True)
class Sent:
    """One message: seconds until its reply, seconds until its last recipient, and how many never got it."""

    acknowledged: float
    delivered: float
    missed: int


async def send(fleet: Fleet, sender: Connection, room_id: str, recipients: int) -> Sent:
    """Send one message, and wait for its reply and for all recipients. Raises Refused."""
    message_id = str(uuid.uuid4())
    watch = fleet.watches[message_id] = Watch(recipients, time.monotonic())
    try:
        reply = await sender.ask("sendMessage", roomId=room_id, message=TEXT, clientMessageId=message_id)
        acknowledged = time.monotonic() - watch.sent_at
        if reply.get("action") != "messageSent":
            raise Refused(str(reply))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_SECONDS):
                await watch.all_reached.wait()
    except NoAnswer as error:
        raise Refused(str(error)) from None
    finally:
        del fleet.watches[message_id]
    return Sent(acknowledged, watch.seconds, recipients - len(watch.reached))


async def send_for(
    fleet: Fleet, senders: list[Connection], room_id: str, recipients: int, seconds: float, *, at_least: int = 0
) -> list[Sent]:
    """Each sender sends one message after the other for some seconds, and at least so many."""
    until = time.monotonic() + seconds

    async def one(sender: Connection) -> list[Sent]:
        done: list[Sent] = []
        while time.monotonic() < until or len(done) < at_least:
            done.append(await send(fleet, sender, room_id, recipients))
        return done

    return [each for done in await asyncio.gather(*map(one, senders)) for each in done]


def percentile(values: list[float], share: float) -> float:
    """The smallest value that at least this share of all does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-int(len(ordered) * share * 1000) // 1000) - 1)]
