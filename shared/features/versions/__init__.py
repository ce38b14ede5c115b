"""Earlier texts of edited messages."""

__all__ = ["table"]
