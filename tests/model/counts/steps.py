"""Every step: what is sent and changed, how the list is read, and what the app makes of what it hears."""

from collections.abc import Iterator

from tests.model.counts.rules import Rules
from tests.model.counts.world import Client, Event, State, World

Step = tuple[str, World]


def steps(world: World, rules: Rules) -> Iterator[Step]:
    """Everything that may happen next."""
    for kind, seq in sorted(set(world.todo)):
        if kind == "send" or seq <= len(world.messages):
            yield f"{kind} {seq}", _write(world, kind, seq)
    if world.client.asks and len(world.reading) + _lists_in_the_air(world) < world.lists:
        half = _half(world, Event("list"), "room" if rules.list_reads_the_room_first else "mentions")
        asked = world._replace(client=world.client._replace(asks=False))
        yield "the list: the first half is read", asked._replace(reading=tuple(sorted((*world.reading, half))))
    for half in sorted(set(world.reading)):
        rest = list(world.reading)
        rest.remove(half)
        whole = _half(world, half, "mentions" if rules.list_reads_the_room_first else "room")
        yield "the list: the other half is read", _sending(world._replace(reading=tuple(rest)), whole)
    for event in sorted(set(world.air)):
        yield from _land(world, event, rules)
    client = world.client
    if not world.todo and not world.air and client.seq >= 0 and (client.seq, client.rev) != _heads(world):
        yield "a ping", world._replace(client=client._replace(seq=len(world.messages), rev=world.rev, asks=True))


def _heads(world: World) -> tuple[int, int]:
    return len(world.messages), world.rev


def _lists_in_the_air(world: World) -> int:
    return sum(event.kind == "list" for event in world.air)


def _sending(world: World, event: Event) -> World:
    return world._replace(air=tuple(sorted((*world.air, event))))


def _write(world: World, kind: str, seq: int) -> World:
    todo = list(world.todo)
    todo.remove((kind, seq))
    rest = world._replace(todo=tuple(todo))
    if kind == "send":
        state = State(len(world.messages) + 1)
        return _sending(rest._replace(messages=(*world.messages, state)), Event("message", state))
    known = world.messages[seq - 1]
    if known.deleted:
        return rest
    rev = world.rev + 1
    state = State(seq, rev, mentions=False, deleted=kind == "delete")
    messages = (*world.messages[: seq - 1], state, *world.messages[seq:])
    return _sending(rest._replace(messages=messages, rev=rev), Event("changed", state, after=rev - 1))


def _half(world: World, event: Event, which: str) -> Event:
    if which == "mentions":
        return event._replace(mentions=world.mentions)
    return event._replace(seq=len(world.messages), rev=world.rev, gone=world.gone)


def _land(world: World, event: Event, rules: Rules) -> Iterator[Step]:
    air = list(world.air)
    air.remove(event)
    after = world._replace(air=tuple(air))
    client = _hear(world.client, event, rules)
    yield f"the client hears {event.kind}", after._replace(client=client)
    if event.kind != "list" and world.losses:
        yield f"{event.kind} is lost", after._replace(losses=world.losses - 1)
    if event.kind != "list" and world.doubles:
        yield f"the client hears {event.kind}, and will again", world._replace(doubles=0, client=client)


def _hear(client: Client, event: Event, rules: Rules) -> Client:
    if event.kind == "list":
        return _with_list(client, event, rules)
    if client.seq < 0:
        return client
    if event.kind == "message":
        asks = client.asks or (rules.hole_in_seq_asks and event.state.seq > client.seq + 1)
        told = _attend(client, event.state, rules)
        return told._replace(seq=max(client.seq, event.state.seq), asks=asks)
    asks = client.asks or (rules.hole_in_rev_asks and event.after > client.rev)
    return _attend(client, event.state, rules)._replace(rev=max(client.rev, event.state.rev), asks=asks)


def _attend(client: Client, state: State, rules: Rules) -> Client:
    is_listed = state.seq <= client.listed[0] and state.rev <= client.listed[1]
    if rules.listed_state_counts and is_listed:
        return client
    if rules.newest_state_counts and state.rev < client.heard_rev(state.seq):
        return client
    others = tuple(each for each in client.heard if each.seq != state.seq)
    mentions = client.mentions - {state.seq}
    return client._replace(
        heard=tuple(sorted((*others, state))),
        mentions=mentions | {state.seq} if state.mentions else mentions,
        gone=client.gone | {state.seq} if state.deleted else client.gone,
    )


def _with_list(client: Client, event: Event, rules: Rules) -> Client:
    listed = (event.seq, event.rev)
    if rules.older_list_is_ignored and (listed[0] < client.listed[0] or listed[1] < client.listed[1]):
        return client
    knows_better = {seq for seq in range(1, 10) if seq > event.seq}
    if rules.heard_state_survives_a_list:
        knows_better |= {state.seq for state in client.heard if state.rev > event.rev}
    return client._replace(
        seq=max(client.seq, event.seq),
        rev=max(client.rev, event.rev),
        mentions=(event.mentions - knows_better) | (client.mentions & knows_better),
        gone=client.gone | event.gone,
        listed=listed,
    )
