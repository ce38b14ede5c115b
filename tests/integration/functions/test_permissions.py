"""Each `function.yaml` asks for exactly what its function does: nothing is refused in AWS, nothing granted idly."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from shared.aws.dynamodb import SignedConnection
from shared.aws.sqs import QueueSender
from shared.features.rate_limits import service as rate_limits
from shared.features.sessions.wire import Pong
from shared.protocol.operations import command_types
from shared.realtime.delivery_report import Result
from shared.realtime.segments import Segment
from shared.realtime.topics import room_topic
from tests.support.environment import TABLE_PREFIX
from tests.support.fake_deployment import FakeDeployment
from tests.support.limits import limit
from tests.support.people import Person
from tools import function_files

Needs = dict[str, set[str]]
"""Actions by table or index."""

_NEEDS = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"}
"""What a role must allow for each part of a transaction.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html"""


class Recorder:
    """What each function was seen to do."""

    def __init__(self) -> None:
        self.running: list[str] = []
        self.needs: dict[str, Needs] = defaultdict(lambda: defaultdict(set))
        self.posting: set[str] = set()
        self.closing: set[str] = set()
        self.queueing: set[str] = set()

    def database(self, operation: str, body: dict[str, Any]) -> None:
        if not self.running:
            return
        if operation == "TransactWriteItems":
            for part in body["TransactItems"]:
                for kind, arguments in part.items():
                    self._needs(arguments["TableName"], _NEEDS[kind])
        elif operation in ("BatchGetItem", "BatchWriteItem"):
            for table in body["RequestItems"]:
                self._needs(table, operation)
        else:
            index = body.get("IndexName")
            self._needs(body["TableName"] + (f"/{index}" if index else ""), operation)

    def _needs(self, resource: str, action: str) -> None:
        self.needs[self.running[-1]][resource.removeprefix(f"{TABLE_PREFIX}-")].add(action)


@pytest.fixture
def recorder(deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch) -> Iterator[Recorder]:
    """Records what the deployment's functions do."""
    recorder = Recorder()
    run, send, attempt, post, close = (
        FakeDeployment.run,
        SignedConnection.send,
        QueueSender._attempt,
        FakeDeployment.post,
        FakeDeployment.close,
    )

    def run_known(deployment: FakeDeployment, function: str, event: dict[str, Any]) -> Any:
        recorder.running.append(function)
        try:
            return run(deployment, function, event)
        finally:
            recorder.running.pop()

    def send_recorded(connection: SignedConnection, operation: str, body: bytes) -> dict[str, Any]:
        recorder.database(operation, json.loads(body))
        return send(connection, operation, body)

    def attempt_recorded(sender: QueueSender, pending: Any) -> Any:
        recorder.queueing.add(recorder.running[-1])
        return attempt(sender, pending)

    def post_recorded(deployment: FakeDeployment, connection_id: str, body: bytes) -> Result:
        recorder.posting.add(recorder.running[-1])
        return post(deployment, connection_id, body)

    def close_recorded(deployment: FakeDeployment, connection_id: str) -> Result:
        recorder.closing.add(recorder.running[-1])
        return close(deployment, connection_id)

    monkeypatch.setattr(FakeDeployment, "run", run_known)
    monkeypatch.setattr(SignedConnection, "send", send_recorded)
    monkeypatch.setattr(QueueSender, "_attempt", attempt_recorded)
    monkeypatch.setattr(FakeDeployment, "post", post_recorded)
    monkeypatch.setattr(FakeDeployment, "close", close_recorded)
    yield recorder
    monkeypatch.undo()


def test_a_function_may_do_what_it_does_and_nothing_else(
    deployment: FakeDeployment, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    # when
    _everything(deployment)
    _too_much(deployment, monkeypatch)

    # then
    files = function_files.read_all()
    for name, file in files.items():
        granted: Needs = {table: set(actions) for table, actions in file.all_tables.items()}
        granted.update({index: set(actions) for index, actions in file.indexes.items()})
        assert recorder.needs.get(name, {}) == granted, name
    assert recorder.posting == {name for name, file in files.items() if file.connections == "post"}
    may_close = {name for name, file in files.items() if file.may_close}
    assert recorder.closing <= may_close
    assert recorder.closing >= may_close - recorder.posting
    assert recorder.queueing == {name for name, file in files.items() if "fan-out" in file.sends_to}


def _everything(deployment: FakeDeployment) -> None:
    """Every command, by connections that said no hello; each tells people of whom one device is gone and one slow."""
    alice, bob, carol = deployment.person("alice"), deployment.person("bob"), deployment.person("carol")

    def told(*people: Person) -> None:
        for person in people:
            gone, slow = person.connects(), person.connects()
            gone.vanishes()
            deployment.answers[slow.connection_id] = [Result.THROTTLED] * 4

    # rooms: made, and made again by one who is no member any more
    told(alice)
    made = {"roomName": "Room", "clientRoomId": "once"}
    alice.opens().call("createRoom", **made)
    first = alice.opens().call("createRoom", **made)["roomId"]
    deployment.given_membership(bob, first, "approved")
    alice.opens().call("updateMember", roomId=first, targetUserId=bob.user_id, change="promote")
    alice.opens().call("leaveRoom", roomId=first)
    alice.opens().call("createRoom", **made)

    # memberships
    room = deployment.room(alice, visibility="approval")
    open_room = deployment.room(alice, visibility="open")
    admin = alice.opens()
    for act in ("reject", "approve"):
        told(alice)
        bob.opens().call("joinRoom", roomId=room, subAction="request")
        told(bob)
        admin.call("joinRoom", roomId=room, subAction=act, targetUserId=bob.user_id)
    for change in ("promote", "demote", "remove", "ban", "unban"):
        told(alice, bob)
        admin.call("updateMember", roomId=room, targetUserId=bob.user_id, change=change)
    deployment.given_membership(carol, room, "pending")
    phone = carol.connects()
    for moment in deployment.faults.every_moment():
        phone.call("joinRoom", roomId=open_room, subAction="request")
        told(alice)
        with moment.meanwhile(lambda: phone.call("joinRoom", roomId=open_room, subAction="request")):
            carol.devices[-1].call("leaveRoom", roomId=open_room)
    told(carol)
    deployment.work_off_stream()

    # messages, and the current room
    alice, carol = deployment.person("alice"), deployment.person("carol")
    hall = deployment.room(alice, visibility="open")
    newcomer = carol.opens()
    newcomer.call("joinRoom", roomId=hall, subAction="request")
    carol.opens().sends(hall)
    told(alice)
    newcomer.call("sendMessage", message="hello")
    for _ in range(2):
        newcomer.sends(hall, "hello", "id")
    carol.opens().call("getMessages", roomId=hall)
    carol.opens().call("getMessages", userId=carol.user_id)
    told(alice)
    changed = {"roomId": hall, "sortKey": newcomer.call("getMessages", roomId=hall)["messages"][-1]["sortKey"]}
    carol.opens().call("react", **changed, emoji="👍", on=True)
    edit = {"message": "changed", "basedOn": 0, "clientEditId": "1", "mentions": [alice.user_id]}
    newcomer.call("editMessage", **changed, **edit)
    newcomer.call("pinMessage", **changed, on=True)
    newcomer.call("getChanges", roomId=hall, after=0)
    newcomer.call("getPins", roomId=hall)
    newcomer.call("getEdits", **changed)
    alice.opens().call("getActivity")
    newcomer.call("deleteMessage", **changed)
    newcomer.call("sendMessage", roomId=hall, message="hello", mentions=[alice.user_id], replyTo=changed["sortKey"])
    told(carol)
    newcomer.call("setNotifications", roomId=hall, level="mentions")
    told(carol)
    newcomer.call("markRead", rooms=[{"roomId": hall, "seq": 1}])
    told(carol)
    alice.opens().call("updateRoom", roomId=hall, topic="Plans")
    direct = newcomer.call("openDirect", userIds=[alice.user_id])["roomId"]
    newcomer.call("hideRoom", roomId=direct, seq=0)
    newcomer.call("openDirect", userIds=[alice.user_id])
    newcomer.sends(direct)

    # hello, beside devices that are gone or slow
    dave = deployment.person("dave")
    told(dave)
    dave.connects()

    # the queue: what could not be served, and a segment of a large room
    told(alice)
    deployment.queue.append(Segment(topic=room_topic(hall), event=Pong(time=1, heads={}, revs={}).encode()).entry())
    deployment.work_off_queue()

    # the rest
    admin = alice.opens()
    admin.call("getRooms")
    admin.call("getMembers", roomId=hall)
    admin.call("getInvitation", roomId=hall)
    admin.call("leaveRoom", roomId=admin.call("createRoom", roomName="Short")["roomId"])
    admin.call("ping", rooms=[hall])
    admin.call("typing", roomId=hall)
    admin.call("no such command")
    admin.disconnects()


def _too_much(deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command by somebody who floods, and one connection too many."""
    monkeypatch.setattr(rate_limits, "is_sampled", lambda _: True)
    limit(monkeypatch, commands=1, connections=1)
    alice = deployment.person("alice")
    alice.opens()
    alice.opens()
    for action in (*command_types(), "no such command"):
        deployment.person("mallory").opens().call(action)
