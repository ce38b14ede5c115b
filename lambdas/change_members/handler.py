"""Join and leave rooms, answer requests to join, and moderate members."""

from shared.edge.outcomes import finish
from shared.edge.websocket import command, routes
from shared.features.memberships.changing import join, leave, update
from shared.features.memberships.wire import JoinRoom, LeaveRoom, UpdateMember

handler = routes(
    joinRoom=command(JoinRoom, join, finish),
    leaveRoom=command(LeaveRoom, leave, finish),
    updateMember=command(UpdateMember, update, finish),
)
