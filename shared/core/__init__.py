"""Errors, time, identifiers, settings, pages. It imports nothing of ours but the protocol's words and limits."""
