"""What concerns a person, as far as it still holds."""

from itertools import islice

from shared.core.pages import fill
from shared.db import reads
from shared.db.reads import Found
from shared.features.activity.table import Activity
from shared.features.activity.wire import ActivityItem, ActivityList, GetActivity
from shared.features.memberships.table import Membership
from shared.features.messages.table import Message
from shared.identity.callers import Caller
from shared.realtime.outcome import Outcome

HAPPENINGS_PER_PAGE = 40
"""For each, a message is read, and a membership for each room."""


def get_activity(caller: Caller, command: GetActivity) -> Outcome:
    """A page of what concerned the caller, the latest first.

    Left out is what was deleted, edited away or taken back, and everything in rooms of which they are no member now.
    """
    size = HAPPENINGS_PER_PAGE
    found = list(islice(Activity.of_user(caller.user_id, before=command.before, page_size=size + 1), size + 1))
    page = found[:size]
    rooms = {each.room_id for each in page}
    items = reads.read(
        *(Membership.key(caller.user_id, room_id) for room_id in rooms),
        *(Message.key(each.room_id, each.sort_key) for each in page),
    )
    shown = [(each, item) for each in _once(page) if (item := _item(caller, each, items)) is not None]
    fitting, is_cut = fill((item for _, item in shown), size, ActivityItem.encode)
    following = shown[len(fitting) - 1][0].place if is_cut else page[-1].place if len(found) > size else None
    return Outcome(ActivityList(items=fitting, has_more=following is not None, next=following))


def _once(page: list[Activity]) -> list[Activity]:
    """Of what happened again, such as a reaction that was put, taken off and put, the latest."""
    latest: dict[tuple[str, ...], Activity] = {}
    for each in page:
        latest.setdefault((each.kind, each.room_id, each.sort_key, each.by_user_id, each.emoji or ""), each)
    return list(latest.values())


def _item(caller: Caller, each: Activity, items: Found) -> ActivityItem | None:
    membership = items[Membership.key(caller.user_id, each.room_id)]
    message = items[Message.key(each.room_id, each.sort_key)]
    if membership is None or not membership.is_approved or message is None or message.has_expired:
        return None
    if each.kind == "mention":
        holds = any(mention.user_id == caller.user_id for mention in message.mentions or ())
    else:
        holds = each.by_user_id in dict(message.reactions or ()).get(each.emoji or "", ())
    if not holds:
        return None
    return ActivityItem(
        kind=each.kind,
        at=each.at,
        by_user_id=each.by_user_id,
        by_username=each.by_username,
        emoji=each.emoji,
        message=message.stored(),
    )
