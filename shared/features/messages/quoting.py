"""Quotes: a message names another one, and shows the beginning of it as it is now."""

from collections.abc import Sequence

from shared.db import reads
from shared.features.messages.table import Message
from shared.features.messages.wire import Quoted, StoredMessage
from shared.protocol.limits import MAX_EXCERPT_CHARACTERS


def with_quotes(messages: Sequence[StoredMessage]) -> list[StoredMessage]:
    """The messages with what they quote, read in one call where any of them quotes something."""
    keys = {
        (message.room_id, message.reply_to): Message.key(message.room_id, message.reply_to)
        for message in messages
        if message.reply_to is not None
    }
    if not keys:
        return list(messages)
    found = reads.read(*keys.values())
    return [
        with_quote(message, found[keys[message.room_id, message.reply_to]]) if message.reply_to is not None else message
        for message in messages
    ]


def with_quote(message: StoredMessage, original: Message | None) -> StoredMessage:
    """A message with the one that it quotes; without it where that has expired."""
    if original is None or original.has_expired:
        return message
    return message.model_copy(update={"quoted": _quoted(original)})


def _quoted(original: Message) -> Quoted:
    stored = original.stored()
    return Quoted(
        sort_key=stored.sort_key,
        seq=stored.seq,
        user_id=stored.user_id,
        username=stored.username,
        excerpt=stored.message[:MAX_EXCERPT_CHARACTERS],
        deleted_at=stored.deleted_at,
        rev=stored.rev,
    )
