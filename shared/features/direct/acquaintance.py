"""Who may be written to."""

from collections.abc import Iterable

from shared.core import settings
from shared.core.errors import NotFound
from shared.core.ids import is_direct
from shared.features.memberships.table import Membership


def names_of(own: Iterable[Membership], user_ids: Iterable[str]) -> dict[str, str]:
    """The usernames of people whom somebody with these memberships may write to.

    By default these are people who share a room with them that is not direct; the operator may allow everybody who is
    in any room. Raises NotFound for others, as for an id that nobody has.
    """
    rooms = {membership.room_id for membership in own if _counts(membership)}
    everyone = settings.load(settings.DirectSettings).reach == "everyone"
    names: dict[str, str] = {}
    for user_id in user_ids:
        theirs = filter(_counts, Membership.of_user(user_id))
        known = [membership for membership in theirs if everyone or membership.room_id in rooms]
        if not known:
            raise NotFound("you share no room with such a person", "personNotFound", "userIds")
        names[user_id] = known[0].username
    return names


def _counts(membership: Membership) -> bool:
    return membership.is_approved and not is_direct(membership.room_id)
