"""A check of the whole deployment from outside, as a member would use it."""

__all__: list[str] = []
