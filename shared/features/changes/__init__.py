"""Changes to messages: editing, deleting and reacting, in an order of their own that every client can follow."""

__all__ = ["table", "wire"]
