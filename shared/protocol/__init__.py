"""The WebSocket protocol `parley.v1`: every command and event on the wire, and nothing else.

This package is the one source of the protocol: the TypeScript types of the app are generated from it.
"""
