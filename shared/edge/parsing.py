"""From a frame's text to a command, or to the error that names the field and the reason."""

from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails, from_json

from shared.core.errors import BadRequest, ParleyError, TooLarge, UnknownAction
from shared.protocol import limits
from shared.protocol.base import Command
from shared.protocol.operations import COMMANDS

_Command = TypeVar("_Command", bound=Command)


def parse(model: type[_Command], body: str) -> _Command:
    """The command in a frame. Raises BadRequest or TooLarge; the words never quote what was sent."""
    if len(body) > limits.MAX_FRAME_BYTES or len(body.encode(errors="replace")) > limits.MAX_FRAME_BYTES:
        raise TooLarge("frame", f"must be at most {limits.MAX_FRAME_BYTES} bytes")
    try:
        return model.model_validate_json(body, by_alias=True, by_name=False)
    except ValidationError as error:
        raise _as_error(error.errors(include_input=False, include_url=False)[0]) from None


def _as_error(fault: ErrorDetails) -> BadRequest:
    if fault["type"] == "json_invalid":
        return BadRequest("frame", "is not JSON")
    if not fault["loc"]:
        # Our own model validators say "field: reason"; pydantic's say that it is no object.
        field, _, reason = fault["msg"].rpartition(": ")
        return BadRequest(field or "frame", reason)
    field = ".".join(str(part) for part in fault["loc"])
    kind = TooLarge if fault["type"] == "too_large" else BadRequest
    return kind(field, _reason(fault))


def _reason(fault: ErrorDetails) -> str:
    message = fault["msg"]
    return "is required" if fault["type"] == "missing" else message[:1].lower() + message[1:]


def request_id_of(body: str) -> str | None:
    """The requestId of a frame that may be malformed otherwise, for the error to carry it."""
    fields = _object(body)
    request_id = fields.get("requestId") if fields is not None else None
    if isinstance(request_id, str) and 0 < len(request_id) <= limits.MAX_CLIENT_ID_CHARACTERS:
        return request_id
    return None


def unroutable(body: str) -> ParleyError:
    """Why a frame reached no command's route."""
    fields = _object(body)
    if fields is None:
        return BadRequest("frame", "is not a JSON object")
    if "action" not in fields:
        return BadRequest("action", "is required")
    if not isinstance(fields["action"], str):
        return BadRequest("action", "must be a string")
    return UnknownAction(f"action: must be one of {', '.join(COMMANDS)}")


def _object(body: str) -> dict[str, Any] | None:
    try:
        fields = from_json(body)
    except (ValueError, TypeError):  # TypeError: half a surrogate pair, which is no UTF-8
        return None
    return fields if isinstance(fields, dict) else None
