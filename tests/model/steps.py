"""Every step of every process: the calls of shared/chat and shared/delivery, one by one."""

from collections.abc import Iterator

from tests.model.rules import Rules
from tests.model.state import Device, Entry, Membership, Process, State

Step = tuple[str, State]
"""What happened, in words, and the world after it."""

BECOMES = {
    "approve": ({"pending"}, "approved"),
    "rejoin": ({"left", "rejected"}, "approved"),
    "leave": ({"approved", "pending", "rejected"}, "left"),
    "ban": ({"approved", "pending", "left"}, "banned"),
}
"""From which statuses an act leads to which. `rejoin` is a request in an open room."""


def steps(state: State, rules: Rules) -> Iterator[Step]:
    """Everything that may happen next."""
    for command in sorted(set(state.todo)):
        yield from _start(state, command, rules)
    for process in sorted(set(state.processes)):
        for label, after in _run(state.without(process), process, rules):
            yield f"{process.kind} {process.about}: {label}", after
        if state.crashes:
            yield f"{process.kind} {process.about}: dies before «{process.at}»", _crash(state, process)
    if state.stream:
        begun = state._replace(stream=state.stream - 1)
        yield "stream: a record", begun.running(Process("stream", "read membership"))
    for entry in sorted(set(state.queue)):
        yield from _take(state, entry)
    for event in sorted(set(state.air)):
        yield from _land(state, event, rules)


def _start(state: State, command: tuple[str, str], rules: Rules) -> Iterator[Step]:
    kind, about = command
    todo = list(state.todo)
    todo.remove(command)
    begun = state._replace(todo=tuple(todo))
    if kind in ("hello", "history", "disconnect") and state.devices[int(about)].phase == "gone":
        yield f"{kind} {about}: is gone", begun
        return
    first = {
        "send": "read" if rules.send_writes_before_it_looks_who_listens else "look who listens",
        "hello": "listen to user" if rules.hello_listens_before_it_reads else "read membership",
        "history": "listen to user",
        "change": "read",
        "disconnect": "close",
    }[kind]
    process = Process(kind, first, about, too_late=kind == "send" and state.shut)
    yield f"{kind} {about}: begins", begun.running(process)


def _crash(state: State, process: Process) -> State:
    """The Lambda dies. Who waits for an answer asks again; an admin may not; queue and stream deliver again."""
    after = state.without(process)._replace(crashes=state.crashes - 1)
    if process.kind == "stream":
        return after._replace(stream=after.stream + 1)
    if process.kind == "fan_out":
        return after._replace(queue=(*after.queue, Entry(process.seq, process.targets, process.too_late)))
    if process.kind == "send" and (process.about, process.seq) in state.acknowledged:
        return after
    if process.kind in ("send", "hello", "history"):
        return after._replace(todo=tuple(sorted((*after.todo, (process.kind, process.about)))))
    return after


def _take(state: State, entry: Entry) -> Iterator[Step]:
    queue = list(state.queue)
    queue.remove(entry)
    process = Process("fan_out", "look who listens", "", entry.seq, targets=entry.targets, too_late=entry.too_late)
    yield "queue: delivers", state._replace(queue=tuple(queue)).running(process)
    if state.redeliveries:
        again = state._replace(redeliveries=state.redeliveries - 1).running(process)
        yield "queue: delivers, and will again", again


def _land(state: State, event: tuple[int, Membership], rules: Rules) -> Iterator[Step]:
    number, membership = event
    air = list(state.air)
    air.remove(event)
    after = state._replace(air=tuple(air))
    device = state.devices[number]
    if device.phase != "gone" and (membership[1] > device.membership[1] or not rules.client_ignores_older_versions):
        after = after.with_device(number, device._replace(membership=membership))
        if device.phase == "welcomed" and membership[0] == "approved":
            after = _loads_the_room(after, number)
    yield f"device {number}: hears {membership[0]} (version {membership[1]})", after


def _loads_the_room(state: State, number: int) -> State:
    """What the app does as soon as it hears that it is in."""
    return state._replace(todo=tuple(sorted((*state.todo, ("history", str(number))))))


def _run(rest: State, process: Process, rules: Rules) -> Iterator[Step]:
    yield from {
        "send": _send,
        "hello": _hello,
        "history": _history,
        "change": _change,
        "stream": _stream,
        "fan_out": _fan_out,
        "disconnect": _disconnect,
    }[process.kind](rest, process, rules)


def _send(rest: State, process: Process, rules: Rules) -> Iterator[Step]:  # noqa: PLR0912
    known = dict(rest.messages)
    match process.at:
        case "read":
            if rules.send_has_receipt and process.about in known:
                found = process._replace(seq=known[process.about])
                if not rules.retry_publishes_again:
                    yield "finds its receipt, answers", _acknowledge(rest, found)
                else:
                    yield "finds its receipt", rest.running(found._replace(at="look who listens"))
            else:
                yield "reads the head", rest.running(process._replace(at="write", seq=rest.last_seq + 1))
        case "write":
            stale = rules.send_checks_last_seq and process.seq != rest.last_seq + 1
            if stale or (rules.send_has_receipt and process.about in known):
                yield "loses the race", rest.running(process._replace(at="read"))
                return
            stored = rest._replace(
                last_seq=process.seq, messages=tuple(sorted((*rest.messages, (process.about, process.seq))))
            )
            if not rules.acknowledges_after_publishing:
                stored = stored._replace(acknowledged=stored.acknowledged | {(process.about, process.seq)})
            following = "look who listens" if rules.send_writes_before_it_looks_who_listens else "post"
            yield "stores", stored.running(process._replace(at=following))
        case "look who listens":
            looked = process._replace(targets=rest.listeners("room"))
            if not rules.send_writes_before_it_looks_who_listens and process.seq == 0:
                yield "looks who listens", rest.running(looked._replace(at="read"))
            elif rest.large:
                entry = Entry(process.seq, looked.targets, process.too_late)
                yield "queues", _acknowledge(rest._replace(queue=tuple(sorted((*rest.queue, entry)))), process)
            else:
                yield "looks who listens", rest.running(looked._replace(at="post"))
        case "post":
            yield from _post(rest, process, _acknowledge(rest, process))


def _acknowledge(rest: State, process: Process) -> State:
    return rest._replace(acknowledged=rest.acknowledged | {(process.about, process.seq)})


def _post(rest: State, process: Process, done: State) -> Iterator[Step]:
    """One post; then the next, or the end."""
    if not process.targets:
        yield "is done", done
        return
    number, *others = process.targets
    device = rest.devices[number]
    if device.phase == "gone":
        gone = {("user", number), ("room", number)}
        after = rest._replace(subscriptions=rest.subscriptions - gone)
        label = f"finds device {number} gone"
    else:
        after = rest.with_device(number, device._replace(head=max(device.head, process.seq)))
        if process.too_late and rest.membership[0] != "approved":
            after = after._replace(violation="somebody who had left heard what was said afterwards")
        label = f"posts to device {number}"
    yield label, after.running(process._replace(targets=tuple(others)))


def _fan_out(rest: State, process: Process, rules: Rules) -> Iterator[Step]:
    if process.at == "look who listens":
        targets = rest.listeners("room") if rules.fan_out_reads_listeners_anew else process.targets
        # Who enqueued it is long done: what counts as too late is what is posted to somebody who is out by now.
        late = process._replace(at="post", targets=targets, too_late=process.too_late or rest.shut)
        yield "looks who listens", rest.running(late)
    else:
        yield from _post(rest, process, rest)


def _subscribe(rest: State, number: int, rules: Rules) -> State | None:
    """The transaction: subscribe the device while the membership is approved. None where it is not."""
    if rules.subscribing_checks_membership and rest.membership[0] != "approved":
        return None
    return rest._replace(subscriptions=rest.subscriptions | {("room", number)})


def _hello(rest: State, process: Process, rules: Rules) -> Iterator[Step]:
    number = int(process.about)
    match process.at:
        case "listen to user":
            after = rest._replace(subscriptions=rest.subscriptions | {("user", number)})
            following = "read membership" if rules.hello_listens_before_it_reads else "subscribe"
            yield "listens to its user", after.running(process._replace(at=following))
        case "read membership":
            following = "subscribe" if rules.hello_listens_before_it_reads else "listen to user"
            seen = process._replace(at=following, membership=rest.membership, seq=rest.last_seq)
            yield "reads the membership", rest.running(seen)
        case "subscribe":
            following = "read again" if rules.hello_listens_before_it_reads else "welcome"
            if process.membership[0] != "approved" or process.subscribed == process.membership:
                yield "has nothing to subscribe to", rest.running(process._replace(at=following))
                return
            subscribed = _subscribe(rest, number, rules)
            if subscribed is None:
                yield "is refused the room", rest.running(process._replace(at=following))
            else:
                done = process._replace(at=following, subscribed=process.membership)
                yield "listens to the room", subscribed.running(done)
        case "read again":
            settled = rest.membership == process.membership and (
                rest.membership[0] != "approved" or process.subscribed == process.membership
            )
            if settled:
                yield "reads the same", rest.running(process._replace(at="welcome"))
            else:
                changed = process._replace(at="subscribe", membership=rest.membership)
                yield "reads something else", rest.running(changed)
        case "welcome":
            fresh = rules.hello_reads_the_head_after_subscribing and rules.hello_listens_before_it_reads
            head = rest.last_seq if fresh else process.seq
            device = rest.devices[number]
            if device.phase == "gone":
                yield "welcomes nobody", rest
                return
            newest = max(device.membership, process.membership, key=lambda each: each[1])
            known = max(device.head, head) if process.membership[0] == "approved" else device.head
            after = rest.with_device(number, Device("welcomed", newest, known))
            if newest != process.membership and newest[0] == "approved":
                # Events that came before the welcome are held back, and count after it.
                after = _loads_the_room(after, number)
            yield "welcomes", after


def _history(rest: State, process: Process, rules: Rules) -> Iterator[Step]:
    number = int(process.about)
    match process.at:
        case "listen to user":
            after = rest._replace(subscriptions=rest.subscriptions | {("user", number)})
            following = "subscribe" if rules.history_subscribes_before_it_reads else "read"
            yield "listens to its user", after.running(process._replace(at=following))
        case "subscribe":
            subscribed = _subscribe(rest, number, rules)
            if subscribed is None:
                yield "is refused: no such room", rest
            elif rules.history_subscribes_before_it_reads:
                yield "listens to the room", subscribed.running(process._replace(at="read"))
            else:
                yield "listens to the room, answers", _told(subscribed, number, process.seq)
        case "read":
            if not rules.history_subscribes_before_it_reads:
                yield "reads", rest.running(process._replace(at="subscribe", seq=rest.last_seq))
            else:
                yield "reads, answers", _told(rest, number, rest.last_seq)


def _told(rest: State, number: int, head: int) -> State:
    device = rest.devices[number]
    if device.phase == "gone":
        return rest
    phase = "welcomed" if device.phase == "welcomed" else "other"
    return rest.with_device(number, device._replace(phase=phase, head=max(device.head, head)))


def _change(rest: State, process: Process, rules: Rules) -> Iterator[Step]:
    act = process.about
    befores, becomes = BECOMES[act]
    match process.at:
        case "read":
            if rest.membership[0] in befores:
                yield "reads", rest.running(process._replace(at="write", membership=rest.membership))
            elif rest.membership[0] == becomes:
                yield "has nothing to change", rest.running(process._replace(at="read membership"))
            else:
                yield "is refused", rest
        case "write":
            if rest.membership != process.membership:
                yield "loses the race", rest.running(process._replace(at="read"))
                return
            membership = (becomes, rest.membership[1] + 1)
            after = rest._replace(
                membership=membership, stream=rest.stream + 1, shut=rest.shut and becomes != "approved"
            )
            following = "read membership" if rules.change_reconciles else "publish"
            yield f"writes {becomes}", after.running(process._replace(at=following, membership=membership))
        case _:
            shut = rest.membership[0] in ("left", "banned") and becomes in ("left", "banned")
            yield from _reconcile(rest, process, rules, rest._replace(shut=rest.shut or shut))


def _stream(rest: State, process: Process, rules: Rules) -> Iterator[Step]:
    if rules.stream_reconciles:
        yield from _reconcile(rest, process, rules, rest)
    else:
        yield "does nothing", rest


def _reconcile(rest: State, process: Process, rules: Rules, done: State) -> Iterator[Step]:
    match process.at:
        case "read membership":
            seen = process._replace(at="read devices", membership=rest.membership)
            yield "reads the membership", rest.running(seen)
        case "read devices":
            seen = process._replace(at="bring in line", targets=rest.listeners("user"))
            yield "reads the devices", rest.running(seen)
        case "bring in line":
            yield from _bring_in_line(rest, process, rules)
        case "publish":
            told = tuple((number, rest.membership) for number in rest.listeners("user"))
            yield "tells the devices", done._replace(air=tuple(sorted(set(done.air) | set(told))))


def _bring_in_line(rest: State, process: Process, rules: Rules) -> Iterator[Step]:
    approved = process.membership[0] == "approved"
    checked = rules.subscribing_checks_membership if approved else rules.unsubscribing_checks_membership
    if process.targets and checked and (rest.membership[0] == "approved") != approved:
        yield "is overtaken", rest.running(process._replace(at="read membership", targets=()))
        return
    rooms = {("room", number) for number in process.targets}
    subscriptions = rest.subscriptions | rooms if approved else rest.subscriptions - rooms
    after = rest._replace(subscriptions=subscriptions)
    yield "brings the devices in line", after.running(process._replace(at="publish", targets=()))


def _disconnect(rest: State, process: Process, _rules: Rules) -> Iterator[Step]:
    number = int(process.about)
    if process.at == "close":
        closed = rest.with_device(number, Device("gone"))
        yield "is closed", closed.running(process._replace(at="forget"))
    else:
        yield "is forgotten", rest._replace(subscriptions=rest.subscriptions - {("user", number), ("room", number)})
