"""Finishing what a command that changed a membership may have left half-done."""

from shared.db.reads import number, text
from shared.db.table import Raw
from shared.features.memberships import subscribing
from shared.features.memberships.changing import announce
from shared.features.memberships.snapshot import membership_snapshot
from shared.realtime.publication import Publication
from shared.realtime.subscriptions import user_topic


def membership_changed(old: Raw | None, new: Raw | None) -> tuple[Publication, ...]:
    """After a change in the table: bring the user's connections in line, and tell how the membership now stands.

    Whoever made the change does the same; this is for the case that it died on the way, for who has ended their own
    membership cannot repeat that. It tells all whom the command tells. Twice is harmless: subscribing is idempotent,
    and a client ignores a version that it has. Reading further (markRead) changes no version.
    """
    image = new or old
    if image is None or _version(old) == _version(new):
        return ()
    user_id, room_id = text(image, "userId"), text(image, "roomId")
    subscribing.reconcile(user_id, room_id)
    standing = membership_snapshot(user_id, room_id)
    if standing is None:
        return ()
    event, admins = standing
    return (Publication(user_topic(user_id), event), *announce(event, admins))


def _version(image: Raw | None) -> int | None:
    return number(image, "version") if image else None
