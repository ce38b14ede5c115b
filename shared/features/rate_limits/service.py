"""How much one person may do and hold, however many devices they do it from.

What is done in a while is counted in fixed windows of time. One plain update adds to the window's row and answers with
the sum, before anything else is read or written. So
- of a thousand sends at once, exactly as many pass as may: each learns another sum, and none waits for another. (A
  counter in the send's transaction would let all of them read the same sum, and would have them fight over it and over
  the room's head, at several times the price, while everybody else in the room waits.);
- what is refused has cost one write unit and disturbed nobody;
- who dies afterwards, or repeats the update because its answer was lost, has counted once too often, which costs a
  person a moment at most.

Windows are fixed because that is the one rule that an update without a read can keep. Around a window's end twice the
allowance may pass; so it may where the clocks of two Lambdas disagree about the end. Over a longer time the rate holds.

Who does not stop is not only refused but cut off, and let in again when the minute is over: a flood that came right
back would cost everybody around it a handshake and a hello for each few of its messages.
"""

import logging
import zlib
from dataclasses import dataclass
from typing import Literal

from shared.core import clock, settings
from shared.core.errors import Conflict, RateLimited
from shared.db import transactions
from shared.features.memberships.table import Membership
from shared.features.rate_limits.table import KEPT_MS, Allowance
from shared.identity.callers import Caller
from shared.protocol.limits import ARRIVAL_WINDOW_MS, FLOOD_MULTIPLIER, WINDOW_MS
from shared.realtime.posting import connections_api

log = logging.getLogger(__name__)

SAMPLE = 20
"""Of so many commands one is counted, for all of them: what each should cost is a twentieth of a write unit."""


@dataclass(frozen=True)
class Usage:
    """What was spent of an allowance, the latest included."""

    total: int
    limit: int
    resets_in_ms: int

    def require(self, *, times: int = 1) -> None:
        """Raises RateLimited where it is more than so many times the limit."""
        if self.total > times * self.limit:
            raise RateLimited("that is too much at once; nothing was stored", self.resets_in_ms)


def consume_send(caller: Caller) -> Usage:
    """Count one message, or one change of a room or of a membership: what others are told of.

    They share an allowance, for each is worth as much: a write, and a push to everybody in a room. Raises RateLimited
    to somebody who floods, and closes their connection.
    """
    spent = _consume("send", caller.user_id, _limits().sends)
    if spent.total > FLOOD_MULTIPLIER * spent.limit:
        _cut_off(caller)
        spent.require()
    return spent


def consume_arrival(caller: Caller, kind: Literal["connect", "hello"]) -> None:
    """Count a connection that is opened, or a hello, each for itself; a hello writes for each room that one is in.

    Raises RateLimited.
    """
    _consume(kind, caller.user_id, _limits().connects, ARRIVAL_WINDOW_MS).require()


def count_sampled(caller: Caller, request_id: str) -> None:
    """Count one command of any kind, by one in `SAMPLE`, chosen by API Gateway's id of the request.

    The sum is about right: at a limit of 300, two floods of three end after 240 to 400 commands. Raises RateLimited to
    somebody who is beyond it, and closes their connection.
    """
    if not is_sampled(request_id):
        return
    spent = _consume("command", caller.user_id, _limits().commands, amount=SAMPLE)
    if spent.total > spent.limit:
        _cut_off(caller)
        spent.require()


def is_sampled(request_id: str) -> bool:
    """Whether this request is counted, for others too."""
    return zlib.crc32(request_id.encode()) % SAMPLE == 0


def require_place_for_a_room(user_id: str) -> None:
    """Raises Conflict to somebody who is in as many rooms as one may, or has asked to join them.

    Two requests at once may both pass: the limit is there for what hello costs, and a room more is no matter.
    """
    most = _limits().rooms
    if Membership.count_held_by(user_id) >= most:
        raise Conflict(f"you are in {most} rooms or have asked to join them, the most that one person may: leave one")


def most_connections() -> int:
    """How many connections one person may have open."""
    return _limits().connections


def _cut_off(caller: Caller) -> None:
    """Spend what the person had left of arrivals, so that no flood comes right back, and close the calling connection.

    Its `$disconnect` follows; should this fail, the next command tries again.
    """
    log.warning("connection closed for flooding", extra={"userId": caller.user_id})
    connects = _limits().connects
    _consume("connect", caller.user_id, connects, ARRIVAL_WINDOW_MS, amount=connects)
    connections_api().close([caller.connection_id])


def _limits() -> settings.LimitSettings:
    limits: settings.LimitSettings = settings.load(settings.LimitSettings)
    return limits


def _consume(kind: str, user_id: str, limit: int, window_ms: int = WINDOW_MS, *, amount: int = 1) -> Usage:
    now = clock.now_ms()
    window, passed = divmod(now, window_ms)
    total = transactions.add_up(Allowance.of(kind, user_id, window), "spent", amount, ttl=clock.as_ttl(now + KEPT_MS))
    return Usage(total, limit, window_ms - passed)
