"""How much one person may do in a while, however many devices they do it from.

Counted exactly, in fixed windows of time. One plain update adds to the window's row and answers with the sum, before
anything else is read or written. So
- of a thousand commands at once, exactly as many pass as may: each learns another sum, and none waits for another. (A
  counter in the send's transaction would let all of them read the same sum, and would have them fight over it and over
  the room's head, at several times the price, while everybody else in the room waits.);
- what is refused has cost one write unit and disturbed nobody;
- who dies afterwards, or repeats the update because its answer was lost, has counted once too often, which costs a
  person a moment at most.

Windows are fixed because that is the one rule that an update without a read can keep. Around a window's end twice the
allowance may pass; so it may where the clocks of two Lambdas disagree about the end. Over a longer time the rate holds.

Who does not stop is not only refused but cut off: see `FLOOD`.
"""

import logging
from dataclasses import dataclass

from shared import clock, settings
from shared.delivery.posting import connections_api
from shared.errors import RateLimited
from shared.identity.callers import Caller
from shared.models import writes
from shared.models.allowances import KEPT_MS, Allowance

log = logging.getLogger(__name__)

WINDOW_MS = 10_000

FLOOD = 5
"""Somebody who asks for so many times their allowance does not listen to refusals: their connection is closed.

Not less, for an app that comes back with messages for fifty rooms asks for all of them before the first answer.
"""


@dataclass(frozen=True)
class Spent:
    """What was spent of an allowance, the latest included."""

    total: int
    limit: int
    resets_in_ms: int

    def require(self) -> None:
        """Raises RateLimited where it is more than the limit."""
        if self.total > self.limit:
            raise RateLimited("that is too much at once; nothing was stored", self.resets_in_ms)


def spend_send(caller: Caller) -> Spent:
    """Count one message, or one change of a room or of a membership: what others are told of.

    They share an allowance, for each is worth as much: a write, and a push to everybody in a room. Raises RateLimited
    to somebody who floods, and closes their connection.
    """
    limit = settings.load(settings.LimitSettings).sends
    spent = _spend("send", caller.user_id, limit)
    if spent.total > FLOOD * limit:
        cut_off(caller)
        spent.require()
    return spent


def cut_off(caller: Caller) -> None:
    """Close the calling connection. Its `$disconnect` follows; should this fail, the next command tries again."""
    log.warning("connection closed for flooding")
    connections_api().close([caller.connection_id])


def _spend(kind: str, user_id: str, limit: int, window_ms: int = WINDOW_MS) -> Spent:
    now = clock.now_ms()
    window, passed = divmod(now, window_ms)
    total = writes.add_up(Allowance.of(kind, user_id, window), "spent", 1, ttl=clock.as_ttl(now + KEPT_MS))
    return Spent(total, limit, window_ms - passed)
