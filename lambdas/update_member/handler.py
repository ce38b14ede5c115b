"""Promote, demote, remove, ban or unban a member."""

from shared.chat import membership
from shared.protocol.commands import UpdateMember
from shared.runtime.websocket import command

handler = command(UpdateMember, membership.update)
