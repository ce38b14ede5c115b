"""Rate limits: how much one person may do and hold."""

__all__ = ["service"]
