"""How many rooms one person may be in."""

from shared.core.errors import Conflict
from shared.features.memberships.table import Membership
from shared.features.rate_limits import service as rate_limits


def require_place(user_id: str) -> None:
    """Raise Conflict where a person is in as many rooms as one may be, or has asked to join them.

    Two requests at once may both pass: the limit bounds what hello costs, and one room more does not matter.
    """
    most = rate_limits.most_rooms()
    if Membership.count_held_by(user_id) >= most:
        raise Conflict(f"limit of {most} rooms reached (memberships and pending requests)", "tooManyRooms")
