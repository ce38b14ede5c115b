"""Reacting to a message with an emoji."""

from shared.core.errors import Conflict
from shared.db.transactions import Operation
from shared.features.activity.table import Activity
from shared.features.changes.changing import Planned, Target, change_message
from shared.features.changes.wire import React
from shared.identity.callers import Caller
from shared.protocol.limits import MAX_REACTION_EMOJI, MAX_REACTIONS
from shared.realtime.outcome import Outcome


def react(caller: Caller, command: React) -> Outcome:
    """Put one's reaction to a message, or take it back.

    Raises NotFound, RateLimited, or Conflict where the message was deleted or has too many reactions.
    """
    return change_message(caller, command.room_id, command.sort_key, lambda target: _plan(caller, command, target))


def _plan(caller: Caller, command: React, target: Target) -> Planned | None:
    message = target.message
    if message.deleted_at is not None:
        raise Conflict("the message was deleted", "messageDeleted", "sortKey")
    before = dict(message.reactions or [])
    users = list(before.get(command.emoji, []))
    if (caller.user_id in users) == command.on:
        return None
    if command.on:
        users.append(caller.user_id)
    else:
        users.remove(caller.user_id)
    after = {**before, command.emoji: users}
    if not users:
        del after[command.emoji]
    if command.on and (len(after) > MAX_REACTION_EMOJI or sum(map(len, after.values())) > MAX_REACTIONS):
        raise Conflict("the message has as many reactions as it can hold", "tooManyReactions", "emoji")
    besides: tuple[Operation, ...] = ()
    if command.on and message.user_id != caller.user_id:
        besides = (Activity.reaction(message.user_id, caller, message.room_id, message.sort_key, command.emoji),)
    return Planned("react", {"reactions": list(after.items()) or None}, besides=besides)
