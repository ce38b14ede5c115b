"""What is deleted is gone: its text, its earlier texts, its pin and what it counts."""

import json
import uuid

from shared.protocol.limits import MAX_VERSIONS
from tests.support import tables
from tests.support.fake_deployment import FakeDeployment


def test_what_is_deleted_is_gone_from_every_table(deployment: FakeDeployment) -> None:
    # given a message that was edited more often than texts are kept, and pinned, and that mentions somebody
    secret = f"the surprise is on {uuid.uuid4()}"
    alice, bob, carol = (deployment.person(name) for name in ("alice", "bob", "carol"))
    laptop, phone, tablet = alice.connects(), bob.connects(), carol.connects()
    room = deployment.room(alice, bob, carol)
    (key,) = deployment.given_messages(room, bob, [secret])
    named = {"roomId": room, "sortKey": key}
    for number in range(MAX_VERSIONS + 2):
        edit = {"basedOn": number, "clientEditId": f"e{number}", "mentions": [carol.user_id]}
        phone.call("editMessage", **named, message=f"{secret}, at {number}", **edit)
    laptop.call("pinMessage", **named, on=True)
    before = json.dumps(tables.everything())
    assert before.count(secret) == 1 + MAX_VERSIONS  # the message and its earlier texts

    # when
    deleted = phone.call("deleteMessage", **named)

    # then
    assert deleted["action"] == "changed"
    assert secret not in json.dumps(tables.everything())
    assert laptop.call("getPins", roomId=room)["messages"] == []
    (summary,) = tablet.call("getRooms")["rooms"]
    assert summary.get("mentions") is None
    assert summary["gone"] == [1]
