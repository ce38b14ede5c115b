"""Pinned messages of a room."""

__all__ = ["table", "wire"]
