"""Memberships: joining, leaving, moderating, the member list, and which connections hear a room."""

__all__ = ["current_room", "snapshot", "subscribing", "table", "wire"]
