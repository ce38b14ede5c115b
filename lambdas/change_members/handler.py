"""Join and leave rooms, answer requests to join, and moderate members."""

from shared.edge.websocket import command, routes
from shared.features.memberships.changing import join, leave, update
from shared.features.memberships.wire import JoinRoom, LeaveRoom, UpdateMember

handler = routes(
    joinRoom=command(JoinRoom, join), leaveRoom=command(LeaveRoom, leave), updateMember=command(UpdateMember, update)
)
