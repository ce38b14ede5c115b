"""Sessions: a connection from its opening through hello and ping to its end."""
