"""What concerns a person: mentions of them, and reactions to what they wrote."""

__all__ = ["table"]
