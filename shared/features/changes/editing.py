"""Editing one's own message."""

from collections.abc import Iterator

from shared.core import clock, settings
from shared.core.errors import Conflict, Forbidden
from shared.core.settings import EditSettings
from shared.db.table import Key
from shared.db.transactions import Operation
from shared.features.activity.table import Activity
from shared.features.changes.changing import Planned, Target, change_message
from shared.features.changes.wire import EditMessage
from shared.features.memberships.table import Membership
from shared.features.messages import mentioning
from shared.features.versions.table import Edit
from shared.identity.callers import Caller
from shared.realtime.outcome import Outcome

REMEMBERED_EDITS = 4
"""So many ids of the latest edits stay on a message, to know a retry by; only its author's devices edit it."""

_Mentioned = dict[str, Key[Membership]]


def edit(caller: Caller, command: EditMessage) -> Outcome:
    """Replace the text of one's own message, unless somebody's other device has replaced it since.

    Whom it mentions now and did not before finds that noted, and the other way round. The earlier text is kept, if the
    operator keeps them. Raises NotFound, Forbidden, RateLimited, or Conflict where the message was edited since, or
    deleted.
    """
    mentioned = mentioning.keys_of(command.mentions, command.room_id)

    def decide(target: Target) -> Planned | None:
        return _plan(caller, command, target, mentioned)

    return change_message(caller, command.room_id, command.sort_key, decide, *mentioned.values())


def _plan(caller: Caller, command: EditMessage, target: Target, mentioned: _Mentioned) -> Planned | None:
    message = target.message
    if message.user_id != caller.user_id:
        raise Forbidden("only who wrote a message may edit it", "authorsOnly", "sortKey")
    if message.deleted_at is not None:
        raise Conflict("the message was deleted", "messageDeleted", "sortKey")
    edit_ids = list(message.edit_ids or [])
    if command.client_edit_id in edit_ids:
        return None
    minutes = settings.load(EditSettings).minutes
    if minutes and clock.now_ms() > message.timestamp + minutes * 60_000:
        raise Forbidden(f"a message may be edited for {minutes} minutes", "editTimeOver", "sortKey")
    if int(message.text_rev or 0) != command.based_on:
        raise Conflict("the message was edited since", "editedSince", "basedOn")
    members = mentioning.members_of(mentioned, target.found)
    mentions = mentioning.as_mentions(members)
    if message.message == command.message and message.mentions == mentions:
        return None
    keeps_history = settings.load(EditSettings).history != "off"
    besides = [*_differences(caller, target, members)]
    if keeps_history:
        besides.append(Edit.of(message).store())
    attributes = {
        "message": command.message,
        "mentions": mentions,
        "edited_at": clock.now_ms(),
        "text_rev": target.next_rev,
        "edit_ids": [*edit_ids, command.client_edit_id][-REMEMBERED_EDITS:],
        **({"edits": int(message.edits or 0) + 1} if keeps_history else {}),
    }
    return Planned("edit", attributes, besides=tuple(besides))


def _differences(caller: Caller, target: Target, members: list[Membership]) -> Iterator[Operation]:
    """For whom the mention comes, and for whom it goes; oneself is mentioned without being told."""
    message = target.message
    before = {mention.user_id for mention in message.mentions or ()} - {message.user_id}
    now = {member.user_id: member for member in members if member.user_id != message.user_id}
    for user_id, member in now.items():
        if user_id not in before:
            yield member.mention(int(message.seq))
            yield Activity.mention(user_id, caller, message.room_id, message.sort_key)
    for user_id in sorted(before - now.keys()):
        yield Membership.unmention(user_id, message.room_id, int(message.seq))
