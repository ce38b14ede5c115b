"""A ping: the heads of rooms, for members only."""

from tests.support.fake_deployment import FakeDeployment


def test_it_tells_of_ones_own_rooms_only(deployment: FakeDeployment) -> None:
    # given
    alice, bob = deployment.person("alice"), deployment.person("bob")
    phone = bob.connects()
    own, foreign, pending = deployment.room(alice, bob), deployment.room(alice), deployment.room(alice)
    deployment.given_membership(bob, pending, "pending")
    for room in (own, foreign, pending):
        deployment.given_messages(room, alice, ["a", "b"])

    # when
    pong = phone.call("ping", rooms=[own, foreign, pending, "missing"])

    # then
    assert pong["heads"] == {own: 2}
    assert pong["revs"] == {own: 0}
