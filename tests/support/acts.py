"""The acts on a membership, as one person or another carries them out through their device."""

from dataclasses import dataclass

from tests.support.fake_deployment import FakeDeployment
from tests.support.people import Device, Frame, Person


@dataclass(frozen=True)
class Act:
    """`before` and `after` are the target's statuses; None: no membership yet."""

    name: str
    before: str | None
    after: str
    target_is_admin: bool = False
    visibility: str = "approval"

    def __str__(self) -> str:
        return self.name if self.visibility == "approval" else f"{self.name}, open room"


ACTS = [
    Act("request", None, "pending"),
    Act("request", None, "approved", visibility="open"),
    Act("request", "left", "pending"),
    Act("approve", "pending", "approved"),
    Act("reject", "pending", "rejected"),
    Act("leave", "approved", "left"),
    Act("leave", "approved", "left", target_is_admin=True),
    Act("promote", "approved", "approved"),
    Act("demote", "approved", "approved", target_is_admin=True),
    Act("remove", "approved", "left"),
    Act("remove", "approved", "left", target_is_admin=True),
    Act("ban", "approved", "banned"),
    Act("ban", "approved", "banned", target_is_admin=True),
    Act("ban", "pending", "banned"),
    Act("unban", "banned", "left"),
]


@dataclass(frozen=True)
class Scene:
    """A room with an admin, and a target with two devices who stands in it as an act needs."""

    deployment: FakeDeployment
    room: str
    admin: Device
    target: Person
    device: Device

    def do(self, name: str) -> Frame:
        """Carry out an act; the reply."""
        return carry_out(name, self.room, self.admin, self.device)


def scene(deployment: FakeDeployment, act: Act) -> Scene:
    """What must be there before the act."""
    alice, bob = deployment.person("alice"), deployment.person("bob")
    admin, device, _ = alice.connects(), bob.connects(), bob.connects()
    members = [bob] if act.before == "approved" and not act.target_is_admin else []
    room = deployment.room(alice, *members, co_admins=[bob] if act.target_is_admin else [], visibility=act.visibility)
    if act.before not in (None, "approved"):
        assert act.before is not None
        deployment.given_membership(bob, room, act.before)
    deployment.work_off_stream(bob)
    return Scene(deployment, room, admin, bob, device)


def carry_out(name: str, room: str, admin: Device, target: Device) -> Frame:
    """One act on the person whose device `target` is; the reply."""
    target_user_id = target.person.user_id
    match name:
        case "request":
            return target.call("joinRoom", roomId=room, subAction="request")
        case "leave":
            return target.call("leaveRoom", roomId=room)
        case "approve" | "reject":
            return admin.call("joinRoom", roomId=room, subAction=name, targetUserId=target_user_id)
        case _:
            return admin.call("updateMember", roomId=room, targetUserId=target_user_id, change=name)
