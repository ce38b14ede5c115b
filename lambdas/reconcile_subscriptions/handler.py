"""Finish what a command that changed a membership may have left half-done."""

from shared.chat.reconciling import membership_changed
from shared.runtime.streams import changes

handler = changes(membership_changed)
