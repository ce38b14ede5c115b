"""Deleting connections that are gone, and closing those that may not stay."""

import logging
from collections.abc import Iterable

from botocore.exceptions import ClientError

from shared.aws.dynamodb import DynamoDbUnavailable
from shared.aws.http_channel import HTTP_ERRORS
from shared.db.table import Key
from shared.db.transactions import remove_all
from shared.realtime.connections import Connection
from shared.realtime.posting import connections_api
from shared.realtime.subscriptions import Subscription
from shared.realtime.topics import Listener, user_topic

log = logging.getLogger(__name__)


def delete_stale(topic: str, listeners: Iterable[Listener]) -> None:
    """Remove gone connections and what they listened to here. The rest goes with a later 410 or with its ttl.

    A failure here must not fail the delivery that found them: a connection that cannot be deleted now is found again.
    """
    keys: list[Key[Connection] | Key[Subscription]] = []
    for listener in listeners:
        topics = {topic, user_topic(listener.user_id)}
        keys.append(Connection.key(listener.connection_id))
        keys.extend(Subscription.key(subscribed, listener.connection_id) for subscribed in sorted(topics))
    try:
        remove_all(keys)
    except (DynamoDbUnavailable, ClientError, *HTTP_ERRORS) as error:
        log.warning("gone connections could not be deleted", extra={"count": len(keys), "reason": type(error).__name__})


def disconnect(topic: str, listeners: list[Listener]) -> set[str]:
    """Close connections that may not listen any more, or that do not keep up, and delete them.

    The connectionIds of those that could not be closed now. They are not deleted: an open connection that nobody
    posts to would miss everything and never know.
    """
    unclosed = set(connections_api().close([listener.connection_id for listener in listeners]).unserved)
    delete_stale(topic, [listener for listener in listeners if listener.connection_id not in unclosed])
    return unclosed
