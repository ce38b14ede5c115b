"""What the health check answers."""

from typing import Literal

from shared.protocol.base import WireModel


class Health(WireModel):
    """The API and its functions answer; nothing is said about the tables."""

    status: Literal["ok"] = "ok"
    version: str
