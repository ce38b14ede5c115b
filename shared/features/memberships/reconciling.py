"""Completing a change of a membership whose command may have died halfway."""

from shared.core.ids import is_direct
from shared.db.table import Raw
from shared.features.memberships import subscribing
from shared.features.memberships.announcing import announce
from shared.features.memberships.snapshot import membership_snapshot
from shared.features.memberships.table import Membership
from shared.realtime.publication import Publication
from shared.realtime.topics import user_topic


def membership_changed(old: Raw | None, new: Raw | None) -> tuple[Publication, ...]:
    """After a change in the table: update the subscriptions of the user's connections, and announce the membership.

    The command that made the change does the same. This function covers the case that the command died halfway, because
    a person who has left a room cannot repeat it, and announces the change to the same people. Twice is harmless:
    subscribing is idempotent, and a client ignores a version that it already has. markRead changes no version.
    """
    image = new or old
    if image is None or (old and new and Membership.image(old).version == Membership.image(new).version):
        return ()
    membership = Membership.image(image)
    subscribing.reconcile(membership.user_id, membership.room_id)
    snapshot = membership_snapshot(membership.user_id, membership.room_id)
    if snapshot is None:
        return ()
    event, admins = snapshot
    if is_direct(event.room_id):
        return (Publication(user_topic(membership.user_id), event),)
    was_member = old is not None and Membership.image(old).status == "approved"
    return (Publication(user_topic(membership.user_id), event), *announce(event, admins, was_member=was_member))
