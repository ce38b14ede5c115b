"""Which connections listen to what, kept in line with who may.

The rule that nothing is missed rests on: whoever wants to hear first writes that it listens, then reads; whoever has
something to say first writes it, then reads who listens (docs/delivery.md). All reads here are consistent.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from shared.core import clock
from shared.core.errors import RateLimited
from shared.db import reads, transactions
from shared.db.conflicts import retry_on_conflict
from shared.db.reads import Found
from shared.db.table import Key
from shared.db.transactions import ConditionFailed, Operation
from shared.features.memberships.table import Membership
from shared.identity.callers import Caller
from shared.realtime.subscriptions import Listener, Subscription, room_topic, user_topic

ROOMS_PER_TRANSACTION = transactions.TRANSACTION_ITEMS // 2
"""Each room takes a check of the membership and a subscription."""

CONNECTIONS_PER_TRANSACTION = transactions.TRANSACTION_ITEMS - 1


class NotReconciled(Exception):
    """The membership is stored, but some connections are not in line with it yet: a repetition, or the stream, does it.

    It is not RateLimited, which says that nothing was stored.
    """


def _subscription(topic: str, listener: Listener) -> Operation:
    return transactions.put(
        Subscription(
            topic,
            listener.connection_id,
            user_id=listener.user_id,
            expires_at=listener.expires_at,
            ttl=clock.as_ttl(listener.expires_at),
        )
    )


def _as_listener(caller: Caller) -> Listener:
    return Listener(caller.connection_id, caller.user_id, caller.listens_until)


def subscribe_user(caller: Caller) -> None:
    """Subscribe the calling connection to everything that concerns its user."""
    transactions.write(_subscription(user_topic(caller.user_id), _as_listener(caller)))


def subscribe_rooms(caller: Caller, room_ids: Sequence[str]) -> set[str]:
    """Subscribe the calling connection to those of these rooms in which its user is approved; which these were."""
    subscribed: set[str] = set()
    rooms = iter(room_ids)
    while chunk := list(islice(rooms, ROOMS_PER_TRANSACTION)):
        subscribed |= retry_on_conflict(lambda chunk=chunk: _to_approved_of(caller, chunk))  # type: ignore[misc]
    return subscribed


def _to_approved_of(caller: Caller, room_ids: list[str]) -> set[str]:
    """One transaction for all; without those whose membership is found not to be approved."""
    remaining = list(room_ids)
    while remaining:
        operations = [
            operation
            for room_id in remaining
            for operation in (
                transactions.check(Membership.key(caller.user_id, room_id), Membership.approved()),
                _subscription(room_topic(room_id), _as_listener(caller)),
            )
        ]
        try:
            transactions.write(*operations)
        except ConditionFailed as refused:
            remaining = [room_id for place, room_id in enumerate(remaining) if 2 * place not in refused.failed]
        else:
            break
    return set(remaining)


def ensure_user_subscribed(caller: Caller) -> None:
    """Subscribe the calling connection to its user, unless it is."""
    key = _own_key(caller)
    if reads.read(key)[key] is None:
        subscribe_user(caller)


def read(caller: Caller, room_id: str, *more: Key[Any]) -> Found:
    """The caller's membership of a room, and more, as they are once the calling connection listens.

    It is subscribed to its user and, where the membership is approved, to the room, unless it is: before anything that
    is found here was read, so that what comes later is pushed to it.
    """
    to_user, to_room = _own_key(caller), Subscription.key(room_topic(room_id), caller.connection_id)
    membership_key = Membership.key(caller.user_id, room_id)
    wanted: list[Key[Any]] = [to_user, to_room, membership_key, *more]
    found = reads.read(*wanted)
    missing_user = found[to_user] is None
    if missing_user:
        subscribe_user(caller)
    membership = found[membership_key]
    missing_room = found[to_room] is None and membership is not None and membership.is_approved
    if missing_room:
        subscribe_rooms(caller, [room_id])
    return reads.read(*wanted) if missing_user or missing_room else found


def _own_key(caller: Caller) -> Key[Subscription]:
    return Subscription.key(user_topic(caller.user_id), caller.connection_id)


def reconcile(user_id: str, room_id: str) -> None:
    """Bring all connections of a user in line with their membership of a room, whatever it is by now.

    Safe to run at any time and any number of times: each write holds only while the membership is what was read.
    Raises NotReconciled when others do not stop writing.
    """
    try:
        retry_on_conflict(lambda: _reconcile_once(user_id, room_id))
    except RateLimited as disturbed:
        raise NotReconciled from disturbed


def _reconcile_once(user_id: str, room_id: str) -> None:
    key = Membership.key(user_id, room_id)
    membership = reads.read(key)[key]
    approved = membership is not None and membership.is_approved
    listeners = Subscription.listeners(user_topic(user_id))
    topic = room_topic(room_id)
    while chunk := list(islice(listeners, CONNECTIONS_PER_TRANSACTION)):
        if approved:
            check = transactions.check(key, Membership.approved())
            transactions.write(check, *(_subscription(topic, listener) for listener in chunk))
        else:
            check = transactions.check(key, Membership.not_approved())
            transactions.write(
                check, *(transactions.remove(Subscription.key(topic, each.connection_id)) for each in chunk)
            )


def topics_of(user_id: str) -> Iterator[str]:
    """Every topic that a connection of this user may be subscribed to."""
    yield user_topic(user_id)
    yield from (room_topic(membership.room_id) for membership in Membership.of_user(user_id) if membership.is_approved)
