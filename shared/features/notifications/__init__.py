"""What a person wants of a room for themselves: what may disturb them, and whether their list shows it."""

__all__ = ["setting"]
