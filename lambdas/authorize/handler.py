"""Allow a handshake that brings a valid Cognito access token."""

from shared.runtime.authorizer import authorize

handler = authorize
