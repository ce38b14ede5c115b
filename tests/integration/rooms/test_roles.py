"""Which role may do what: every command that roles matter for, for every role, under every rule."""

from collections.abc import Callable
from typing import Any, get_args

import pytest

from shared.protocol.vocabulary import Allowed, Role
from tests.support import tables
from tests.support.fake_deployment import FakeDeployment
from tests.support.people import Device, Frame, Person

ROLES: tuple[Role, ...] = get_args(Role)
RULES: tuple[Allowed, ...] = get_args(Allowed)
MAY: dict[Allowed, set[Role]] = {
    "everyone": {"member", "moderator", "admin"},
    "moderators": {"moderator", "admin"},
    "admins": {"admin"},
}


class Scene:
    """A room with an admin, somebody who acts in one role, and one person of each standing to act on."""

    def __init__(self, deployment: FakeDeployment, role: Role, **rules: Allowed) -> None:
        self.deployment = deployment
        self.owner, self.actor = deployment.person("owner"), deployment.person("actor")
        self.targets = {name: deployment.person(name) for name in ("member", "moderator", "admin", "pending", "banned")}
        co_admins = [self.targets["admin"], *([self.actor] if role == "admin" else [])]
        members = [self.targets["member"], self.targets["moderator"], *([] if role == "admin" else [self.actor])]
        self.room = deployment.room(self.owner, *members, co_admins=co_admins, **rules)
        for status in ("pending", "banned"):
            deployment.given_membership(self.targets[status], self.room, status)
        given_moderator(self.targets["moderator"], self.room)
        if role == "moderator":
            given_moderator(self.actor, self.room)
        self.sort_keys = {
            name: deployment.given_messages(self.room, self.targets[name], ["hello"])[0]
            for name in ("member", "moderator", "admin")
        }
        """Of a message by each."""
        self.device = self.actor.connects()


def given_moderator(person: Person, room: str) -> None:
    """Make a member a moderator."""
    row = person.membership(room)
    assert row is not None
    row.is_moderator = True
    tables.store([row])


def _on_member(action: str, field: str, value: str, target: str) -> Callable[[Scene], Frame]:
    def act(scene: Scene) -> Frame:
        target_id = scene.targets[target].user_id
        return scene.device.call(action, roomId=scene.room, targetUserId=target_id, **{field: value})

    return act


def _room(action: str, **fields: Any) -> Callable[[Scene], Frame]:
    return lambda scene: scene.device.call(action, roomId=scene.room, **fields)


def _deletes(author: str) -> Callable[[Scene], Frame]:
    def act(scene: Scene) -> Frame:
        return scene.device.call("deleteMessage", roomId=scene.room, sortKey=scene.sort_keys[author])

    return act


RULES_NOW = {"post": "everyone", "pin": "everyone", "mentionRoom": "everyone"}
TABLE: dict[str, tuple[Allowed, Callable[[Scene], Frame]]] = {
    "approve": ("moderators", _on_member("joinRoom", "subAction", "approve", "pending")),
    "reject": ("moderators", _on_member("joinRoom", "subAction", "reject", "pending")),
    "unban": ("moderators", _on_member("updateMember", "change", "unban", "banned")),
    "who is banned": ("moderators", _room("getMembers", status="banned")),
    "archive": ("admins", _room("archiveRoom", archived=True)),
    "name": ("admins", _room("updateRoom", roomName="Other")),
    "description": ("admins", _room("updateRoom", description="About")),
    "rules": ("admins", _room("updateRoom", rules=RULES_NOW)),
    "delete of a member": ("moderators", _deletes("member")),
    "delete of a moderator": ("admins", _deletes("moderator")),
    "delete of an admin": ("admins", _deletes("admin")),
    **{
        f"{change} a {target}": (
            "moderators" if target == "member" else "admins",
            _on_member("updateMember", "change", change, target),
        )
        for change in ("remove", "ban")
        for target in ("member", "moderator", "admin")
    },
    "promote": ("admins", _on_member("updateMember", "change", "promote", "member")),
    "demote": ("admins", _on_member("updateMember", "change", "demote", "admin")),
    "makeModerator": ("admins", _on_member("updateMember", "change", "makeModerator", "member")),
    "makeMember": ("admins", _on_member("updateMember", "change", "makeMember", "moderator")),
}
BY_RULE: dict[str, tuple[str, Callable[[Scene], Frame]]] = {
    "send": ("post_rule", _room("sendMessage", message="hello")),
    "mention everybody": ("mention_rule", _room("sendMessage", message="hello", mentionsRoom=True)),
    "pin": ("pin_rule", lambda s: s.device.call("pinMessage", roomId=s.room, sortKey=s.sort_keys["admin"], on=True)),
    "topic": ("pin_rule", _room("updateRoom", topic="Plans")),
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", TABLE)
def test_a_role_may_do_what_the_table_says(deployment: FakeDeployment, name: str, role: Role) -> None:
    allowed, act = TABLE[name]
    _judge(Scene(deployment, role), act, is_allowed=role in MAY[allowed])


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("name", BY_RULE)
def test_a_rooms_rule_says_who_may(deployment: FakeDeployment, name: str, rule: Allowed, role: Role) -> None:
    attribute, act = BY_RULE[name]
    rules: dict[str, Allowed] = {"mention_rule": "everyone", attribute: rule}
    _judge(Scene(deployment, role, **rules), act, is_allowed=role in MAY[rule])


def _judge(scene: Scene, act: Callable[[Scene], Frame], *, is_allowed: bool) -> None:
    before = tables.everything()
    answer = act(scene)
    if is_allowed:
        assert answer["action"] != "error", answer
    else:
        assert answer["code"] == "forbidden"
        assert answer["reason"] in ("adminsOnly", "moderatorsOnly", "authorsAndAdminsOnly")
        assert tables.everything() == before


def test_a_moderator_is_told_of_requests(deployment: FakeDeployment) -> None:
    # given
    scene = Scene(deployment, "moderator")
    newcomer: Device = deployment.person("newcomer").connects()

    # when
    newcomer.call("joinRoom", roomId=scene.room, subAction="request")

    # then
    (request,) = scene.device.pushed("joinRequest", scene.room)
    assert request["username"] == "newcomer"
    (summary,) = [each for each in scene.device.call("getRooms")["rooms"] if each["roomId"] == scene.room]
    assert (summary["isModerator"], summary["isAdmin"], summary["pendingCount"]) == (True, False, 2)


def test_a_role_ends_with_the_membership(deployment: FakeDeployment) -> None:
    scene = Scene(deployment, "moderator")
    owner = scene.owner.connects()

    told = owner.call("updateMember", roomId=scene.room, targetUserId=scene.actor.user_id, change="makeMember")
    assert (told["isModerator"], told["version"]) == (False, 2)
    owner.call("updateMember", roomId=scene.room, targetUserId=scene.actor.user_id, change="makeModerator")
    scene.device.call("leaveRoom", roomId=scene.room)

    row = scene.actor.membership(scene.room)
    assert row is not None
    assert (str(row.status), bool(row.is_moderator), int(row.version)) == ("left", False, 4)
