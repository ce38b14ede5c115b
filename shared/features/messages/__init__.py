"""Messages: sending exactly once, and reading history."""

__all__ = ["history_wire", "mentioning", "quoting", "table", "wire"]
