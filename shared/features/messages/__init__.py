"""Messages: sending exactly once, and reading history."""

__all__ = ["history_wire", "table", "wire"]
