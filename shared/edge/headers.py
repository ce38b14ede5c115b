"""Headers of a Lambda event, whose case varies from client to client."""

from collections.abc import Mapping
from typing import Any

from shared.protocol.limits import SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX


def header(event: Mapping[str, Any], name: str) -> str:
    """The value of a header, whatever its case; empty where there is none.

    A header that was sent in several lines has all of them in `multiValueHeaders`, and just one in `headers`.
    """
    for known, values in (event.get("multiValueHeaders") or {}).items():
        if known.lower() == name.lower():
            return ", ".join(map(str, values))
    for known, value in (event.get("headers") or {}).items():
        if known.lower() == name.lower():
            return str(value)
    return ""


def offered_subprotocols(event: Mapping[str, Any]) -> list[str]:
    """The subprotocols that the client offers, in its order."""
    return [offer.strip() for offer in header(event, "Sec-WebSocket-Protocol").split(",") if offer.strip()]


def chosen_subprotocol(event: Mapping[str, Any]) -> dict[str, str]:
    """The handshake's answer: without it a browser that offered any drops the connection."""
    return {"Sec-WebSocket-Protocol": SUBPROTOCOL} if SUBPROTOCOL in offered_subprotocols(event) else {}


def access_token(event: Mapping[str, Any]) -> str | None:
    """The token of a handshake: `bearer.<token>` among the subprotocols, or `Authorization: Bearer <token>`.

    Never from the URL: URLs are logged.
    """
    for offer in offered_subprotocols(event):
        if offer.startswith(TOKEN_SUBPROTOCOL_PREFIX):
            return offer.removeprefix(TOKEN_SUBPROTOCOL_PREFIX)
    scheme, _, token = header(event, "Authorization").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None
