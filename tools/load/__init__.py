"""What the whole of Parley does under load: `make load`, or `python -m tools.load` (docs/performance.md).

A tool of our own, for none that is kept up measures what matters here: the time from one client's send until the last
of thousands of others has it, with a token per handshake, a first frame, and replies told from pushes. Load tools for
WebSockets time a request and its answer on one connection.
"""
