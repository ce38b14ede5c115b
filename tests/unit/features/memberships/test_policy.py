"""What each act makes of a standing, in full."""

from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.core.errors import Conflict, Forbidden, NotFound, ParleyError
from shared.features.memberships.policy import MemberAction, MemberState, RoomRules, transition
from shared.protocol.limits import MAX_ADMINS
from shared.protocol.vocabulary import MemberStatus, Reason, Visibility

ACTS: tuple[MemberAction, ...] = get_args(MemberAction)
STATUSES: tuple[MemberStatus | None, ...] = (None, *get_args(MemberStatus))
OPEN = RoomRules("open", 1)
APPROVAL = RoomRules("approval", 1)

Expected = str | type[ParleyError]
ERRORS = (Conflict, Forbidden, NotFound)

# Of somebody who is no admin, in a room that wants approval. Columns in the order of `COLUMNS`.
COLUMNS: tuple[MemberStatus | None, ...] = (None, "pending", "approved", "rejected", "banned", "left")
TABLE: dict[MemberAction, tuple[Expected, ...]] = {
    "request": ("pending", "pending", "approved", "pending", Forbidden, "pending"),
    "approve": (NotFound, "approved", "approved", Conflict, Conflict, NotFound),
    "reject": (NotFound, "rejected", Conflict, "rejected", Conflict, NotFound),
    "leave": (NotFound, "left", "left", "left", NotFound, NotFound),
    "promote": (NotFound, NotFound, "approved admin", NotFound, NotFound, NotFound),
    "demote": (NotFound, NotFound, "approved", NotFound, NotFound, NotFound),
    "makeModerator": (NotFound, NotFound, "approved moderator", NotFound, NotFound, NotFound),
    "makeMember": (NotFound, NotFound, "approved", NotFound, NotFound, NotFound),
    "remove": (NotFound, NotFound, "left", NotFound, NotFound, "left"),
    "ban": (NotFound, "banned", "banned", "banned", "banned", "banned"),
    "unban": (NotFound, Conflict, Conflict, Conflict, "left", "left"),
}
OF_ONE_ADMIN_OF_SEVERAL: dict[MemberAction, Expected] = {
    "request": "approved admin",
    "approve": "approved admin",
    "reject": Conflict,
    "leave": "left",
    "promote": "approved admin",
    "demote": "approved",
    "makeModerator": Conflict,
    "makeMember": Conflict,
    "remove": "left",
    "ban": "banned",
    "unban": Conflict,
}
OF_A_MODERATOR: dict[MemberAction, Expected] = OF_ONE_ADMIN_OF_SEVERAL | {
    "request": "approved moderator",
    "approve": "approved moderator",
    "makeModerator": "approved moderator",
    "makeMember": "approved",
}
OF_THE_ONLY_ADMIN: dict[MemberAction, Expected] = OF_ONE_ADMIN_OF_SEVERAL | {
    "leave": Conflict,
    "demote": Conflict,
    "remove": Conflict,
    "ban": Conflict,
}


def _outcome(act: MemberAction, standing: MemberState, room: RoomRules) -> Expected:
    try:
        result = transition(act, standing, room)
    except ParleyError as error:
        return type(error)
    role = " admin" if result.is_admin else " moderator" if result.is_moderator else ""
    return f"{result.status}{role}"


def test_the_tables_cover_every_act_and_every_status() -> None:
    assert set(TABLE) == set(OF_ONE_ADMIN_OF_SEVERAL) == set(OF_THE_ONLY_ADMIN) == set(ACTS)
    assert set(COLUMNS) == set(STATUSES)


@pytest.mark.parametrize(("act", "status"), [*product(ACTS, COLUMNS)])
def test_what_an_act_makes_of_somebody_who_is_no_admin(act: MemberAction, status: MemberStatus | None) -> None:
    assert _outcome(act, MemberState(status), APPROVAL) == TABLE[act][COLUMNS.index(status)]


@pytest.mark.parametrize(("act", "status"), [*product(ACTS, COLUMNS)])
def test_visibility_matters_to_requests_only(act: MemberAction, status: MemberStatus | None) -> None:
    expected = TABLE[act][COLUMNS.index(status)]
    if act == "request" and status in (None, "rejected", "left"):
        expected = "approved"

    assert _outcome(act, MemberState(status), OPEN) == expected


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("visibility", get_args(Visibility))
def test_what_an_act_makes_of_the_only_admin(act: MemberAction, visibility: Visibility) -> None:
    admin = MemberState("approved", is_admin=True)

    assert _outcome(act, admin, RoomRules(visibility, 1)) == OF_THE_ONLY_ADMIN[act]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("admins", [2, MAX_ADMINS])
def test_what_an_act_makes_of_one_admin_among_several(act: MemberAction, admins: int) -> None:
    admin = MemberState("approved", is_admin=True)

    assert _outcome(act, admin, RoomRules("approval", admins)) == OF_ONE_ADMIN_OF_SEVERAL[act]


@pytest.mark.parametrize("act", ACTS)
def test_what_an_act_makes_of_a_moderator(act: MemberAction) -> None:
    moderator = MemberState("approved", is_moderator=True)

    assert _outcome(act, moderator, APPROVAL) == OF_A_MODERATOR[act]


@pytest.mark.parametrize(("admins", "expected"), [(MAX_ADMINS - 1, "approved admin"), (MAX_ADMINS, Conflict)])
def test_a_room_has_at_most_so_many_admins(admins: int, expected: Expected) -> None:
    assert _outcome("promote", MemberState("approved"), RoomRules("approval", admins)) == expected


REFUSED = [(act, status) for act, row in TABLE.items() for status, to in zip(COLUMNS, row, strict=True) if to in ERRORS]


@pytest.mark.parametrize(("act", "status"), REFUSED)
def test_a_refusal_names_the_field_first(act: MemberAction, status: MemberStatus | None) -> None:
    with pytest.raises(ParleyError, match=r"^(roomId|targetUserId): "):
        transition(act, MemberState(status), APPROVAL)


@pytest.mark.parametrize(
    ("action", "state", "reason"),
    [
        ("request", MemberState("banned"), "banned"),
        ("approve", MemberState("banned"), "memberBanned"),
        ("approve", MemberState("rejected"), "memberRejected"),
        ("approve", MemberState(None), "requestNotFound"),
        ("reject", MemberState("approved"), "alreadyMember"),
        ("reject", MemberState("banned"), "memberBanned"),
        ("unban", MemberState("pending"), "notBanned"),
        ("unban", MemberState("approved"), "notBanned"),
        ("unban", MemberState("rejected"), "notBanned"),
        ("unban", MemberState(None), "memberNotFound"),
        ("leave", MemberState("approved", is_admin=True), "lastAdmin"),
        ("demote", MemberState("approved", is_admin=True), "lastAdmin"),
        ("promote", MemberState("pending"), "memberNotFound"),
        ("makeModerator", MemberState("approved", is_admin=True), "memberIsAdmin"),
    ],
)
def test_a_refusal_says_why(action: MemberAction, state: MemberState, reason: Reason) -> None:
    with pytest.raises(ParleyError) as refused:
        transition(action, state, APPROVAL)

    assert refused.value.reason == reason


def test_who_is_alone_in_a_room_may_leave_it() -> None:
    alone = RoomRules("approval", 1, is_alone=True)

    assert transition("leave", MemberState("approved", is_admin=True), alone) == MemberState("left")


a_room = st.builds(RoomRules, st.sampled_from(get_args(Visibility)), st.integers(1, MAX_ADMINS))
an_act = st.sampled_from(ACTS)
a_standing = st.one_of(
    st.builds(MemberState, st.sampled_from(STATUSES)),
    st.just(MemberState("approved", is_admin=True)),
)


@given(st.sampled_from(get_args(Visibility)), st.lists(st.tuples(st.integers(0, 3), an_act), max_size=40))
def test_whatever_is_done_an_admin_remains(visibility: Visibility, acts: list[tuple[int, MemberAction]]) -> None:
    # given a room of one admin and three strangers
    people = [MemberState("approved", is_admin=True), *[MemberState(None)] * 3]

    for person, act in acts:
        # when
        admins = sum(each.is_admin for each in people)
        try:
            people[person] = transition(act, people[person], RoomRules(visibility, admins))
        except ParleyError:
            continue

        # then
        assert any(each.is_admin for each in people)
        assert all(each.status == "approved" for each in people if each.is_admin)


@given(st.lists(st.tuples(an_act, a_room)))
def test_a_ban_ends_with_unban_only(acts: list[tuple[MemberAction, RoomRules]]) -> None:
    standing = MemberState("banned")
    for act, room in acts:
        if act == "unban":
            continue
        try:
            standing = transition(act, standing, room)
        except ParleyError:
            continue
        assert standing == MemberState("banned")


@given(an_act.filter(lambda act: act != "leave"), a_standing, a_room)
def test_repeating_an_act_changes_nothing_more(act: MemberAction, standing: MemberState, room: RoomRules) -> None:
    # given an act that went through
    try:
        once = transition(act, standing, room)
    except ParleyError:
        return
    admins = room.admin_count + once.is_admin - standing.is_admin

    # when, then
    assert transition(act, once, RoomRules(room.visibility, max(admins, 1))) == once


@given(an_act, a_standing, a_room)
def test_only_a_request_to_an_open_room_or_an_approval_makes_a_member(
    act: MemberAction, standing: MemberState, room: RoomRules
) -> None:
    try:
        result = transition(act, standing, room)
    except ParleyError:
        return
    if result.status == "approved" and standing.status != "approved":
        assert (act, standing.status) == ("approve", "pending") or (act, room.visibility) == ("request", "open")


@given(an_act, a_standing, a_room)
def test_only_promote_makes_an_admin(act: MemberAction, standing: MemberState, room: RoomRules) -> None:
    try:
        result = transition(act, standing, room)
    except ParleyError:
        return
    assert standing.is_admin or not result.is_admin or act == "promote"
