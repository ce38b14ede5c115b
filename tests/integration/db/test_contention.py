"""Another transaction on the same item: a write that meets one is tried again, and nobody is told.

DynamoDB refuses a write, also a plain one, while a transaction works on its item.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling
"""

from typing import Any

import pytest

from shared.db.transactions import Contended
from shared.features.memberships import subscribing
from tests.support.acts import ACTS, Act, scene
from tests.support.fake_deployment import FakeDeployment
from tests.support.faults import Fault

COMMANDS: dict[str, dict[str, Any]] = {
    "hello": {},
    "createRoom": {"roomName": "Room", "clientRoomId": "id"},
    "getMessages": {},
    "sendMessage": {"message": "hello"},
    "markRead": {},
    "ping": {},
}


@pytest.mark.parametrize("action", COMMANDS)
def test_a_command_that_meets_another_writer(deployment: FakeDeployment, action: str) -> None:
    for moment in deployment.faults.every_moment():
        # given a connection that listens to nothing yet, so that it has most to write
        alice = deployment.person("alice")
        room = deployment.room(alice)
        deployment.given_messages(room, alice, ["hello"])
        laptop = alice.opens()
        mark = {"rooms": [{"roomId": room, "seq": 1}]} if action == "markRead" else {}
        fields = COMMANDS[action] | mark | ({} if action in ("hello", "createRoom", "ping") else {"roomId": room})

        # when
        with moment.strike(Fault.CONTENDED):
            answer = laptop.call(action, **fields)

        # then
        assert answer["action"] != "error", moment


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_an_act_that_meets_another_writer(deployment: FakeDeployment, act: Act) -> None:
    for moment in deployment.faults.every_moment():
        # given
        given = scene(deployment, act)

        # when
        with moment.strike(Fault.CONTENDED):
            answer = given.do(act.name)

        # then
        assert answer["action"] != "error", moment
        assert given.target.status(given.room) == act.after
        assert given.target.is_heard_in(given.room) == {act.after == "approved"}, moment


def test_a_connection_that_comes_or_goes_and_meets_another_writer(deployment: FakeDeployment) -> None:
    for moment in deployment.faults.every_moment():
        # given
        alice = deployment.person("alice")
        laptop = alice.connects()

        # when, then nothing is raised
        with moment.strike(Fault.CONTENDED):
            alice.opens()
            laptop.disconnects()


def test_what_is_stored_but_not_in_line_is_not_called_not_stored(
    deployment: FakeDeployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given others who never stop writing to the subscriptions of the one who asks
    given = scene(deployment, Act("approve", "pending", "approved"))

    def disturbed(_user_id: str, _room_id: str) -> None:
        raise Contended

    # when
    with monkeypatch.context() as patch:
        patch.setattr(subscribing, "_reconcile_once", disturbed)
        answer = given.do("approve")

    # then
    assert given.target.status(given.room) == "approved"
    assert answer["code"] == "internal"
    # and a repetition finishes it
    assert given.do("approve")["action"] == "memberChanged"
    assert given.target.is_heard_in(given.room) == {True}
