"""Finish what a command that changed a membership may have left half-done."""

from shared.edge.stream import changes
from shared.features.memberships.reconciling import membership_changed

handler = changes(membership_changed)
