"""Every state that can be reached, each visited once, and what is promised of each."""

from tests.model.changes.rules import Rules
from tests.model.changes.steps import steps
from tests.model.changes.world import World
from tests.model.search import Verdict, explore


def search(start: World, rules: Rules) -> Verdict:
    """The first broken promise, if there is one."""
    return explore(start, lambda world: steps(world, rules), lambda world: world.violation or violation_of(world))


def violation_of(world: World) -> str:
    """What is promised always, and what is promised once nothing is under way any more."""
    if [rev for rev, _ in world.log] != list(range(1, world.rev + 1)):
        return "the log is not numbered 1, 2, 3"
    last = {name: rev for rev, name in world.log}
    for name, message in world.stored:
        if message.rev != last.get(name, 0):
            return "a message is not as of its last change"
    for command, _ in world.acknowledged:
        message = world.message(command.name)
        if command.kind == "react" and not message.on and not message.deleted:
            return "an acknowledged reaction is lost"
    for name, message in world.client.held:
        seen = max((rev for rev, each in world.log if each == name and rev <= world.client.rev), default=0)
        if message.rev < seen:
            return "the client holds an old state and takes it for the present one"
    return _violation_at_rest(world) if world.is_quiet else ""


def _violation_at_rest(world: World) -> str:
    client = world.client
    if client.rev < 0 or (world.lost and not world.pings):
        return ""
    if any(rev > client.rev for _, rev in world.acknowledged):
        return "the client never learns of an acknowledged change"
    if any(message != world.message(name) for name, message in client.held):
        return "the client holds what is not stored"
    return ""
