"""Finishing what a command that changed a membership may have left half-done."""

from shared.chat import listening
from shared.chat.rooms import member_changed
from shared.delivery.publication import Publication
from shared.models import reads
from shared.models.base import Raw
from shared.models.memberships import Membership
from shared.models.reads import number, text
from shared.models.rooms import Room
from shared.models.subscriptions import user_topic


def membership_changed(old: Raw | None, new: Raw | None) -> tuple[Publication, ...]:
    """After a change in the table: bring the user's connections in line, and tell them how the membership now stands.

    Whoever made the change does the same; this is for the case that it died on the way. Twice is harmless: subscribing
    is idempotent, and a client ignores a version that it has. Reading further (markRead) changes no version.
    """
    image = new or old
    if image is None or _version(old) == _version(new):
        return ()
    user_id, room_id = text(image, "userId"), text(image, "roomId")
    listening.reconcile(user_id, room_id)
    membership_key, room_key = Membership.key(user_id, room_id), Room.key(room_id)
    found = reads.read(membership_key, room_key)
    membership, room = found[membership_key], found[room_key]
    if membership is None or room is None:
        return ()
    return (Publication(user_topic(user_id), member_changed(membership, room)),)


def _version(image: Raw | None) -> int | None:
    return number(image, "version") if image else None
