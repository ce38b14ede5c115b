"""Memberships: joining, leaving, moderating, the member list, and which connections hear a room."""

__all__ = ["current_room", "room_limit", "snapshot", "subscribing", "table", "wire"]
