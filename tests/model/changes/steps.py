"""Every step of every process: the calls of shared/features/changes, and what the app does with what it hears."""

from collections.abc import Iterator

from tests.model.changes.rules import Rules
from tests.model.changes.world import Client, Command, Event, Message, Process, World

Step = tuple[str, World]
READ_CHANGES = Command("changes", "")
PAGES = {"open": "new", "earlier": "old"}


def steps(world: World, rules: Rules) -> Iterator[Step]:
    """Everything that may happen next."""
    for command in sorted(set(world.todo)):
        if command.kind == "earlier" and world.client.rev < 0:
            continue
        todo = list(world.todo)
        todo.remove(command)
        yield (
            f"{command.kind} {command.name}: begins",
            world._replace(todo=tuple(todo)).running(Process("read", command)),
        )
    for process in sorted(set(world.processes)):
        rest = world.without(process)
        for label, after in _run(rest, process, rules):
            yield f"{process.command.kind} {process.command.name}: {label}", after
        if world.crashes and process.command.kind in ("edit", "delete", "react"):
            yield f"{process.command.kind}: dies before «{process.at}»", _crash(rest, process)
    for event in sorted(set(world.air)):
        yield from _land(world, event, rules)
    if world.client.is_behind and not _is_asking(world):
        asks = Process("read", READ_CHANGES, upto=world.client.rev)
        yield "the client asks for changes", world.running(asks)
    if world.pings and not world.is_busy and world.client.rev >= 0 and world.client.head < world.rev:
        yield "a ping", world._replace(client=world.client._replace(head=world.rev))


def _is_asking(world: World) -> bool:
    return any(process.command == READ_CHANGES for process in world.processes) or any(
        event.kind == "changes" for event in world.air
    )


def _crash(rest: World, process: Process) -> World:
    """The Lambda dies; who was not answered asks again."""
    after = rest._replace(crashes=rest.crashes - 1)
    if any(command == process.command for command, _ in rest.acknowledged):
        return after
    return after._replace(todo=tuple(sorted((*after.todo, process.command))))


def _run(rest: World, process: Process, rules: Rules) -> Iterator[Step]:
    kind = process.command.kind
    if kind in PAGES:
        yield from _page(rest, process, rules)
    elif kind == "changes":
        yield from _changes(rest, process, rules)
    else:
        yield from _change(rest, process, rules)


def _page(rest: World, process: Process, rules: Rules) -> Iterator[Step]:
    """A page of history: the rev, then the messages."""
    name = PAGES[process.command.kind]
    first, second = ("rev", "messages") if rules.page_reads_the_rev_first else ("messages", "rev")
    if process.at == "read":
        yield f"reads the {first}", rest.running(_with(rest, process, first, name)._replace(at=second))
    else:
        done = _with(rest, process, second, name)
        yield f"reads the {second}", rest.sending(Event(process.command.kind, 0, done.rev, done.messages))


def _with(rest: World, process: Process, what: str, name: str) -> Process:
    if what == "rev":
        return process._replace(rev=rest.rev)
    return process._replace(messages=((name, rest.message(name)),))


def _changes(rest: World, process: Process, rules: Rules) -> Iterator[Step]:
    """The rev, then the log, then the messages. `upto` is the client's rev."""
    if process.at == "read" and rules.get_changes_reads_the_rev_first:
        yield "reads the rev", rest.running(process._replace(at="log", rev=rest.rev))
    elif process.at in ("read", "log"):
        names = sorted(
            {name for rev, name in rest.log if rev > process.upto and (process.rev < 0 or rev <= process.rev)}
        )
        found = process._replace(at="messages", messages=tuple((name, Message()) for name in names))
        yield "reads the log", rest.running(found)
    elif process.at == "messages":
        now = tuple((name, rest.message(name)) for name, _ in process.messages)
        if process.rev < 0:
            yield "reads the messages", rest.running(process._replace(at="rev", messages=now))
        else:
            yield "reads the messages", rest.sending(Event("changes", process.upto, process.rev, now))
    else:
        yield "reads the rev", rest.sending(Event("changes", process.upto, rest.rev, process.messages))


def _change(rest: World, process: Process, rules: Rules) -> Iterator[Step]:
    name = process.command.name
    match process.at:
        case "read":
            # One batch read is no snapshot: the room may be older than the message, or newer.
            yield "reads the room", rest.running(process._replace(at="read message", rev=rest.rev))
            yield "reads the message", rest.running(_with(rest, process, "messages", name)._replace(at="read room"))
        case "read message":
            yield from _decide(rest, _with(rest, process, "messages", name), rules)
        case "read room":
            yield from _decide(rest, process._replace(rev=rest.rev), rules)
        case "write":
            yield from _write(rest, process, rules)
        case "publish":
            told = rest.sending(Event("changed", process.upto - 1, process.upto, process.messages))
            yield "publishes", told.running(process._replace(at="reply")) if rules.replies_after_publishing else told
        case "reply":
            after = rest._replace(acknowledged=(*rest.acknowledged, (process.command, process.upto)))
            yield "replies", after if rules.replies_after_publishing else after.running(process._replace(at="publish"))


def _decide(rest: World, process: Process, rules: Rules) -> Iterator[Step]:
    kind, _, edit_id, base = process.command
    ((_, message),) = process.messages
    if rules.refuses_deleted and message.deleted and kind != "delete":
        # An edit that was made before the deletion is told so: nothing is left of it.
        yield "is refused: deleted", rest
    elif kind == "edit" and edit_id in message.edits:
        yield "was made before", _again(rest, process, message, rules)
    elif kind == "edit" and rules.edit_checks_its_base and message.text_rev != base:
        broken = "a stored edit was answered as refused" if edit_id in rest.made else ""
        yield "is refused: edited since", rest._replace(violation=broken)
    elif (kind == "react" and message.on) or (kind == "delete" and message.deleted and rules.refuses_deleted):
        yield "was made before", _again(rest, process, message, rules)
    else:
        yield "goes on", rest.running(process._replace(at="write"))


def _again(rest: World, process: Process, message: Message, rules: Rules) -> World:
    known = process._replace(upto=message.rev, at=_told_first(rules))
    return rest.running(known if rules.retry_publishes_again else known._replace(at="reply"))


def _told_first(rules: Rules) -> str:
    return "publish" if rules.replies_after_publishing else "reply"


def _write(rest: World, process: Process, rules: Rules) -> Iterator[Step]:
    kind, name, edit_id, _ = process.command
    ((_, read),) = process.messages
    now = rest.message(name)
    changed_room = rules.change_checks_the_room and rest.rev != process.rev
    changed_message = rules.change_checks_the_message and now != read
    if changed_room or changed_message:
        yield "finds that something has changed", rest.running(Process("read", process.command))
        return
    rev = process.rev + 1
    if kind == "delete":
        after = Message(rev, rev, deleted=True)
    elif kind == "react":
        after = read._replace(rev=rev, on=True)
    else:
        edits = (*read.edits, edit_id) if rules.edit_leaves_its_id else ()
        after = read._replace(rev=rev, text_rev=rev, text=edit_id, edits=edits)
    violation = ""
    if now.deleted:
        violation = "a deleted message was changed"
    elif kind == "edit" and edit_id in rest.made:
        violation = "an edit was made twice"
    elif kind == "edit" and now.text_rev != process.command.base:
        violation = "an edit was made on a text that it does not name"
    stored = rest._replace(
        rev=rev,
        log=(*rest.log, (rev, name)),
        stored=tuple(sorted({**dict(rest.stored), name: after}.items())),
        made=(*rest.made, edit_id) if kind == "edit" else rest.made,
        violation=violation,
    )
    yield "writes", stored.running(process._replace(at=_told_first(rules), messages=((name, after),), upto=rev))


def _land(world: World, event: Event, rules: Rules) -> Iterator[Step]:
    air = list(world.air)
    air.remove(event)
    after = world._replace(air=tuple(air))
    label = f"the client hears {event.kind} ({event.after}, {event.rev}]"
    yield label, after._replace(client=_hear(world.client, event, rules))
    if event.kind == "changed" and world.losses:
        yield f"{event.kind} up to {event.rev} is lost", after._replace(losses=world.losses - 1, lost=True)
    if event.kind == "changed" and world.doubles:
        twice = world._replace(doubles=world.doubles - 1, client=_hear(world.client, event, rules))
        yield f"{label}, and will again", twice


def _hear(client: Client, event: Event, rules: Rules) -> Client:
    """What the app makes of it (frontend/src/features/messages/history/window.ts)."""
    if event.kind == "open":
        return Client(event.messages, event.rev, head=max(client.head, event.rev))
    if client.rev < 0:
        noted = rules.heads_are_noted_before_the_room_is_open
        return client._replace(head=max(client.head, event.rev)) if noted else client
    if event.kind == "earlier":
        page = client.merged(event.messages, rules, only_held=False)
        if rules.later_page_lowers_the_rev:
            page = page._replace(rev=min(page.rev, event.rev))
        return page._replace(ahead=()) if rules.later_page_forgets_what_was_heard_ahead else page
    taken = client.merged(event.messages, rules, only_held=True)
    return taken.heard(event.after, event.rev, rules)._replace(head=max(client.head, event.rev))
