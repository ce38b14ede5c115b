"""Messages: sending exactly once, and reading history."""

__all__ = ["table", "wire"]
