"""What all the plain handlers have in common: from the event to the caller and the command, and the reply."""

import json
import logging
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel

log = logging.getLogger(__name__)
Event = dict[str, Any]

_Command = TypeVar("_Command", bound=BaseModel)


@dataclass(frozen=True)
class Caller:
    """The person and the connection."""

    user_id: str
    username: str
    expires_at: int
    connection_id: str

    @property
    def ttl(self) -> int:
        """When what is stored for the connection may go, in seconds since 1970."""
        return -(-(self.expires_at + 5 * 60_000) // 1000)


def caller_of(event: Event) -> Caller:
    """As the authorizer told API Gateway."""
    context = event["requestContext"]
    person = context["authorizer"]
    return Caller(person["userId"], person["username"], int(person["expiresAt"]), context["connectionId"])


def parsed(model: type[_Command], event: Event) -> _Command:
    """The command in the frame."""
    return model.model_validate_json(event["body"])


def require(holds: bool) -> None:
    """Refuse the command."""
    if not holds:
        raise PermissionError


def reply(answer: Event) -> Event:
    """The response with its frame."""
    logged()
    return {"statusCode": 200, "body": json.dumps(answer)}


def logged() -> None:
    """The line of a command that was carried out."""
    log.info(json.dumps({"level": "INFO", "message": "command", "outcome": "done"}))
