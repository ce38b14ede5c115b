"""Allow a handshake that brings a valid Cognito access token."""

from shared.edge.authorizer import authorize

handler = authorize
