"""How much one person may do and hold, however many devices they use.

What is done over time is counted in fixed windows. One plain update adds to the window's row and returns the sum,
before anything else is read or written. So
- of a thousand sends at once, exactly as many pass as may: each learns another sum, and none waits for another. (A
  counter in the send's transaction would let all of them read the same sum, and would have them fight over it and over
  the room's head, at several times the price, while everybody else in the room waits.);
- a refusal costs one write unit and disturbs nobody;
- a function that dies afterwards, or repeats the update because its answer was lost, has counted once too often, which
  costs a person a moment at most.

Windows are fixed because a fixed window needs one update and no read. Around the end of a window a person may reach
twice the limit, and also where the clocks of two Lambdas disagree about that end. Over a longer time the rate holds.

Persistent flooders are disconnected and may not reconnect until the minute ends: a flood that came right back would
cost everybody around it a handshake and a hello for every few of its messages. This module decides it; the edge closes
the connection.
"""

import zlib
from typing import Literal, NamedTuple

from shared.core import clock, settings
from shared.core.errors import RateLimited
from shared.features.rate_limits.table import KEPT_FOR_MS, Allowance
from shared.identity.callers import Caller
from shared.protocol.limits import ARRIVAL_WINDOW_MS, FLOOD_MULTIPLIER, WINDOW_MS

SAMPLE = 20
"""One command in this many is counted, and stands for all of them: counting costs a twentieth of a write unit each."""


class Usage(NamedTuple):
    """How much of a limit is used in the present window, the latest command included."""

    total: int
    limit: int
    resets_in_ms: int

    def require(self, *, times: int = 1, disconnect: bool = False) -> None:
        """Raise RateLimited where it is more than so many times the limit."""
        if self.total > times * self.limit:
            raise RateLimited("too many commands at once; nothing was stored", self.resets_in_ms, disconnect=disconnect)


def consume_send(caller: Caller) -> Usage:
    """Count one message, or one change of a room or of a membership: what others are told about.

    They share a limit, for each costs the same: a write, and a push to everybody in a room. Raises RateLimited, with
    `disconnect`, to somebody who floods.
    """
    usage = _consume("send", caller.user_id, _limits().sends)
    if usage.total > FLOOD_MULTIPLIER * usage.limit:
        _use_up_arrivals(caller)
        usage.require(disconnect=True)
    return usage


def consume_arrival(caller: Caller, kind: Literal["connect", "hello"]) -> None:
    """Count a connection that is opened, or a hello, separately; a hello writes once for each room of the person.

    Raises RateLimited.
    """
    _consume(kind, caller.user_id, _limits().connects, ARRIVAL_WINDOW_MS).require()


def count_sampled(caller: Caller, request_id: str) -> None:
    """Count one command in `SAMPLE`, of any kind; API Gateway's id of the request decides which.

    The count is an estimate: at a limit of 300 commands, two floods out of three are stopped after 240 to 400. Raises
    RateLimited, with `disconnect`, when the caller is over the limit.
    """
    if not is_sampled(request_id):
        return
    usage = _consume("command", caller.user_id, _limits().commands, amount=SAMPLE)
    if usage.total > usage.limit:
        _use_up_arrivals(caller)
        usage.require(disconnect=True)


def is_sampled(request_id: str) -> bool:
    """Whether this request is counted."""
    return zlib.crc32(request_id.encode()) % SAMPLE == 0


def most_rooms() -> int:
    """How many rooms one person may be in, or ask to join."""
    return _limits().rooms


def most_connections() -> int:
    """How many connections one person may have open."""
    return _limits().connections


def _use_up_arrivals(caller: Caller) -> None:
    """Use up the connections that the person may still open in this minute, so that no flood comes right back."""
    connects = _limits().connects
    _consume("connect", caller.user_id, connects, ARRIVAL_WINDOW_MS, amount=connects)


def _limits() -> settings.LimitSettings:
    limits: settings.LimitSettings = settings.load(settings.LimitSettings)
    return limits


def _consume(kind: str, user_id: str, limit: int, window_ms: int = WINDOW_MS, *, amount: int = 1) -> Usage:
    now = clock.now_ms()
    window, passed = divmod(now, window_ms)
    total = Allowance.consume(kind, user_id, window, amount, ttl=clock.as_ttl(now + KEPT_FOR_MS))
    return Usage(total, limit, window_ms - passed)
