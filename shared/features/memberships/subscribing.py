"""Which connections listen to what, kept in line with who may.

Nothing is missed because of one rule: whoever wants to hear first writes that it listens, then reads; whoever has
something to say first writes it, then reads who listens (docs/delivery.md). All reads here are consistent.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from shared.core.errors import RateLimited
from shared.core.ids import is_direct
from shared.db import reads, transactions
from shared.db.conflicts import retry_on_conflict
from shared.db.reads import Found
from shared.db.table import Key
from shared.db.transactions import ConditionFailed
from shared.features.memberships.table import Membership
from shared.identity.callers import Caller
from shared.realtime.subscriptions import Subscription
from shared.realtime.topics import Listener, room_topic, user_topic

ROOMS_PER_TRANSACTION = transactions.TRANSACTION_ITEMS // 2
"""Each room takes a check of the membership and a subscription."""

CONNECTIONS_PER_TRANSACTION = transactions.TRANSACTION_ITEMS - 1


class NotReconciled(Exception):
    """The membership is stored, but some connections are not in line with it yet: a repetition, or the stream, does it.

    It is not RateLimited, which says that nothing was stored.
    """


def _as_listener(caller: Caller) -> Listener:
    return Listener(caller.connection_id, caller.user_id, caller.listens_until)


def subscribe_user(caller: Caller) -> None:
    """Subscribe the calling connection to everything that concerns its user."""
    transactions.write(Subscription.store(user_topic(caller.user_id), _as_listener(caller)))


def subscribe_rooms(caller: Caller, room_ids: Sequence[str]) -> set[str]:
    """Subscribe the calling connection to those of these rooms in which its user is approved, and return which.

    Direct rooms need no subscription: what happens in them is told to the topics of their people.
    """
    subscribed = {room_id for room_id in room_ids if is_direct(room_id)}
    remaining = (room_id for room_id in room_ids if not is_direct(room_id))
    while chunk := list(islice(remaining, ROOMS_PER_TRANSACTION)):
        subscribed |= retry_on_conflict(lambda chunk=chunk: _subscribe_approved(caller, chunk))  # type: ignore[misc]
    return subscribed


def _subscribe_approved(caller: Caller, room_ids: list[str]) -> set[str]:
    """One transaction for all of them; those whose membership turns out not to be approved are left out."""
    remaining = list(room_ids)
    while remaining:
        operations = [
            operation
            for room_id in remaining
            for operation in (
                Membership.require_approved(caller.user_id, room_id),
                Subscription.store(room_topic(room_id), _as_listener(caller)),
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
    if reads.get(_own_key(caller)) is None:
        subscribe_user(caller)


def ensure_subscribed(caller: Caller, room_id: str) -> None:
    """Subscribe the calling connection to its user and, where the membership is approved, to the room, unless it is."""
    subscribe_and_read(caller, room_id)


def subscribe_and_read(caller: Caller, room_id: str, *more: Key[Any]) -> Found:
    """`ensure_subscribed`, and the caller's membership of the room and `more` as they are from then on.

    Everything that is returned was read after the connection began to listen, so that what comes later is pushed to it.
    Where it listens already, this is one call.
    """
    to_user, to_room = _own_key(caller), Subscription.key(room_topic(room_id), caller.connection_id)
    membership_key = Membership.key(caller.user_id, room_id)
    keys: list[Key[Any]] = [to_user, to_room, membership_key, *more]
    found = reads.read(*keys)
    missing_user = found[to_user] is None
    if missing_user:
        subscribe_user(caller)
    membership = found[membership_key]
    is_member = membership is not None and membership.is_approved
    missing_room = is_member and found[to_room] is None and not is_direct(room_id)
    if missing_room:
        subscribe_rooms(caller, [room_id])
    return reads.read(*keys) if missing_user or missing_room else found


def _own_key(caller: Caller) -> Key[Subscription]:
    return Subscription.key(user_topic(caller.user_id), caller.connection_id)


def reconcile(user_id: str, room_id: str) -> None:
    """Bring all connections of a user in line with their present membership of a room, whatever it is.

    Safe to run at any time and any number of times: each write holds only while the membership is what was read.
    Raises NotReconciled when others do not stop writing.
    """
    if is_direct(room_id):
        return
    try:
        retry_on_conflict(lambda: _reconcile_once(user_id, room_id))
    except RateLimited as contention:
        raise NotReconciled from contention


def _reconcile_once(user_id: str, room_id: str) -> None:
    membership = reads.get(Membership.key(user_id, room_id))
    approved = membership is not None and membership.is_approved
    listeners = Subscription.listeners(user_topic(user_id))
    topic = room_topic(room_id)
    while chunk := list(islice(listeners, CONNECTIONS_PER_TRANSACTION)):
        if approved:
            require = Membership.require_approved(user_id, room_id)
            transactions.write(require, *(Subscription.store(topic, listener) for listener in chunk))
        else:
            require = Membership.require_not_approved(user_id, room_id)
            keys = (Subscription.key(topic, listener.connection_id) for listener in chunk)
            transactions.write(require, *(transactions.remove(key) for key in keys))


def topics_of(user_id: str) -> Iterator[str]:
    """Every topic that a connection of this user may be subscribed to."""
    yield user_topic(user_id)
    for membership in Membership.of_user(user_id):
        if membership.is_approved and not is_direct(membership.room_id):
            yield room_topic(membership.room_id)
