"""Answer a frame that is no known command with an error."""

from shared.edge.websocket import unknown_action

handler = unknown_action()
