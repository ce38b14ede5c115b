"""Promote, demote, remove, ban or unban a member."""

from shared.edge.websocket import command
from shared.features.memberships.changing import update
from shared.features.memberships.wire import UpdateMember

handler = command(UpdateMember, update)
