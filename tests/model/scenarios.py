"""What may happen in one search: as much at once as can be searched in seconds."""

from tests.model.state import Device, State

APPROVED = ("approved", 1)
PENDING = ("pending", 1)

LISTENING = frozenset({("user", 0), ("room", 0)})
"""The subscriptions of device 0 after its hello."""


def _todo(*commands: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((kind, about) for kind, _, about in (command.partition(" ") for command in commands)))


SCENARIOS = {
    "two sends, and one of them again from another device, while a device says hello": State(
        APPROVED, (Device(),), _todo("send a", "send a", "send b", "hello 0"), crashes=1
    ),
    "an approval while a device says hello and somebody sends": State(
        PENDING, (Device(),), _todo("change approve", "hello 0", "send a"), crashes=1
    ),
    "an approval and a ban in quick succession while a device says hello": State(
        PENDING, (Device(),), _todo("change approve", "change ban", "hello 0"), crashes=1
    ),
    "a request is withdrawn while it is approved and a device says hello": State(
        PENDING, (Device(),), _todo("change approve", "change leave", "hello 0"), crashes=1
    ),
    "leaving and coming again while somebody sends": State(
        APPROVED,
        (Device("welcomed", APPROVED),),
        _todo("change leave", "change rejoin", "send a"),
        crashes=1,
        subscriptions=LISTENING,
    ),
    "leaving and coming again while a device says hello": State(
        APPROVED, (Device(),), _todo("change leave", "change rejoin", "hello 0"), crashes=1
    ),
    "a client that says no hello asks for the history": State(
        PENDING, (Device(),), _todo("change approve", "history 0", "send a", "send b"), crashes=1
    ),
    "a large room that somebody leaves": State(
        APPROVED,
        (Device("welcomed", APPROVED),),
        _todo("change leave", "send a", "send b"),
        redeliveries=1,
        large=True,
        subscriptions=LISTENING,
    ),
    "a connection ends while another one begins": State(
        APPROVED,
        (Device("welcomed", APPROVED), Device()),
        _todo("disconnect 0", "hello 1", "send a", "send b"),
        crashes=1,
        subscriptions=LISTENING,
    ),
    "banned while saying hello and being sent to": State(
        APPROVED,
        (Device("welcomed", APPROVED), Device()),
        _todo("change ban", "hello 1", "send a"),
        crashes=1,
        subscriptions=LISTENING,
    ),
}
