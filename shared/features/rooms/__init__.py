"""Rooms: creating and listing them."""

__all__ = ["listing", "table", "wire"]
