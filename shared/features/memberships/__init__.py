"""Memberships: joining, leaving, moderating, the member list, and which connections hear a room."""

__all__ = ["access", "current_room", "parts", "room_limit", "snapshot", "subscribing", "table", "wire"]
