"""`python -m tools.cost.worst`: what one member can cost in an hour who does nothing but go to their limits.

The limits are the defaults of `shared/core/settings.py`; each line is somebody who does only that, for an hour on end.
"""

import dataclasses
import math
from collections.abc import Iterator
from dataclasses import dataclass

from shared.core.settings import LimitSettings
from shared.protocol.limits import (
    ARRIVAL_WINDOW_MS,
    FLOOD_MULTIPLIER,
    MAX_TYPING_LISTENERS,
    RESEND_MULTIPLIER,
    WINDOW_MS,
)
from tools.cost import compute, prices
from tools.cost.bill import GB, LOG_BYTES_OF_A_REQUEST, LOG_BYTES_OF_AN_INVOCATION
from tools.cost.commands import Command, between, measured
from tools.cost.usage import AUTHORIZE, SEGMENT, segment, send

HOUR_MS = 3_600_000
LARGE_ROOM = 1_000
CLOUDFRONT_RATE = 1_000
"""Requests a second that one visitor makes; CloudFront takes 250,000 a second. A web ACL stops it (`web_acl_arn`)."""
SIGN_UP_RATE = 50
"""Sign-ups a second that a user pool takes: https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html"""
API_RATE = 500
"""Requests a second that the whole API takes (infra/chat/variables.tf, `throttling`)."""


@dataclass(frozen=True)
class Excess:
    """What somebody does, how often in an hour, and what one time costs."""

    what: str
    times: float
    dollars_each: float

    @property
    def dollars(self) -> float:
        """An hour."""
        return self.times * self.dollars_each


def excesses() -> Iterator[Excess]:
    """Everything that is dear."""
    limits = LimitSettings({})
    per_window = HOUR_MS / WINDOW_MS
    arrivals = limits.connects * HOUR_MS / ARRIVAL_WINDOW_MS
    sends, commands = limits.sends * per_window, limits.commands * per_window
    known = measured()
    yield Excess("8 KB to 10 others", sends, price(known["send_message, 10 others, 8 KB"]))
    yield Excess(f"messages to {LARGE_ROOM:,} others", sends, _to_many(LARGE_ROOM))
    # A repetition stores nothing, which is the least of it.
    yield Excess(f"the same again, to {LARGE_ROOM:,} others", RESEND_MULTIPLIER * sends, _to_many(LARGE_ROOM))
    refused = Command(frames=2, database_calls=1, write_units=1, cpu_ms=1)
    yield Excess("messages that are refused", (FLOOD_MULTIPLIER - 1) * sends, price(refused))
    yield Excess("the largest page of history", commands, price(known["get_messages, the largest page"]))
    yield Excess("pings about 20 rooms", commands, price(known["ping, 20 rooms"]))
    hello = between("hello, 1 room", 1, "hello, 10 rooms", 10, limits.rooms)
    yield Excess(f"hello, in {limits.rooms:,} rooms", arrivals, price(hello))
    seen_writing = dataclasses.replace(known["typing, 10 others"], posts=MAX_TYPING_LISTENERS)
    yield Excess(f"being seen writing, by {MAX_TYPING_LISTENERS} others", sends, price(seen_writing))
    again = known["mark_read, read already"]
    yield Excess("the same mark again, to 10 devices", sends, price(dataclasses.replace(again, posts=10)))
    knock = Command(database_calls=1, write_units=1, cpu_ms=1)
    yield Excess("handshakes that are refused", API_RATE * HOUR_MS / 1000, price(AUTHORIZE) + price(knock))
    # By anybody, without an account.
    every_second = API_RATE * HOUR_MS / 1000
    yield Excess("GET /health", every_second, price(known["health"]) + prices.HTTP_REQUEST)
    yield Excess("CloudFront requests", CLOUDFRONT_RATE * HOUR_MS / 1000, prices.CLOUDFRONT_REQUEST)
    yield Excess("sign-ups beyond the free users (self_sign_up)", SIGN_UP_RATE * HOUR_MS / 1000, prices.COGNITO_USER)


def _to_many(listeners: int) -> float:
    segments = math.ceil(listeners / SEGMENT)
    return price(send(listeners)) + segments * price(segment(listeners / segments))


def price(command: Command) -> float:
    """One invocation with what belongs to it, in dollars."""
    logged = LOG_BYTES_OF_AN_INVOCATION + LOG_BYTES_OF_A_REQUEST
    return (
        (command.frames + command.posts) * prices.WEBSOCKET_MESSAGE
        + prices.LAMBDA_REQUEST
        + compute.gb_seconds(command) * prices.LAMBDA_GB_SECOND
        + command.read_units * prices.READ_UNIT
        + command.write_units * prices.WRITE_UNIT
        + command.queue_requests * prices.SQS_REQUEST
        + logged / GB * prices.LOG_GB
    )


def shown() -> str:
    """The table."""
    head = f"{'in an hour':<44} {'times':>10} {'$ per million':>14} {'dollars':>8}"
    rows = (
        f"{each.what:<44} {each.times:>10,.0f} {each.dollars_each * 1e6:>14,.2f} {each.dollars:>8.2f}"
        for each in excesses()
    )
    return "\n".join([head, *rows])


if __name__ == "__main__":
    print(shown())
