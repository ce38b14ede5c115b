"""Who is told about a change of a membership."""

from collections.abc import Iterable

from shared.features.memberships.table import Membership
from shared.features.memberships.wire import JoinRequest, MemberChanged
from shared.realtime.publication import Publication
from shared.realtime.topics import room_topic, user_topic


def announce(
    event: MemberChanged, admins: Iterable[str], *, was_member: bool, skip_connection: str | None = None
) -> tuple[Publication, ...]:
    """To everybody who may know of the change, except one connection.

    The whole room learns who becomes a member and what happens to one. Of people who are none, and were none before,
    only admins and moderators learn: who asks to join, is rejected, or is banned while asking. (The person is told
    separately.)
    """
    if was_member or event.status == "approved":
        return (Publication(room_topic(event.room_id), event, skip_connection),)
    notice: MemberChanged | JoinRequest = event
    if event.status == "pending":
        notice = JoinRequest(
            room_id=event.room_id, user_id=event.user_id, username=event.username, version=event.version
        )
    staff = sorted({*admins, *Membership.moderators_of(event.room_id)})
    return tuple(Publication(user_topic(user_id), notice, skip_connection) for user_id in staff)
