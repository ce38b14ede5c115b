"""Cold starts: what importing a handler and its first invocation cost."""
