"""Receipts: the first answer to a command that may be repeated."""

__all__ = ["table"]
