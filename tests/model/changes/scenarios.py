"""What may happen in one search: as much at once as can be searched in seconds."""

from tests.model.changes.world import Command, World

OPEN, EARLIER = Command("open", "new"), Command("earlier", "old")


def edit(name: str, edit_id: str, base: int = 0) -> Command:
    """An edit of a message, with the text that it is based on."""
    return Command("edit", name, edit_id, base)


def react(name: str) -> Command:
    """A reaction to a message."""
    return Command("react", name)


def delete(name: str) -> Command:
    """A deletion."""
    return Command("delete", name)


def _world(*todo: Command, **fields: int) -> World:
    return World(tuple(sorted(todo)), **fields)  # type: ignore[arg-type]


SCENARIOS = {
    "two reactions while a room is opened, one of which dies": _world(OPEN, react("new"), react("old"), crashes=1),
    "an edit that is sent again, and another one after it": _world(
        OPEN, edit("new", "a"), edit("new", "a"), edit("new", "b", 1), crashes=1
    ),
    "an edit, a reaction and a deletion of one message": _world(
        edit("new", "a"), react("new"), delete("new"), crashes=1
    ),
    "scrolling back to a message that is changed": _world(OPEN, EARLIER, react("old"), edit("old", "a"), doubles=1),
    "a lost push, and a ping": _world(OPEN, EARLIER, react("old"), edit("old", "a"), losses=1, pings=1),
    "a lost push, another one twice, and a ping": _world(
        OPEN, react("new"), edit("new", "a"), losses=1, doubles=1, pings=1
    ),
}
