"""From a frame's text to a command, or to the error that names the field and the reason."""

import re
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails, from_json

from shared.core.errors import BadRequest, ParleyError, TooLarge, UnknownAction
from shared.protocol import limits
from shared.protocol.base import Command
from shared.protocol.operations import COMMANDS
from shared.protocol.vocabulary import Reason

REQUIRED = frozenset({"missing_target", "missing_room", "one_list"})
"""The types of our own validators' errors that ask for a field."""

_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\],:]', re.DOTALL)

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
    message = fault["msg"][:1].lower() + fault["msg"][1:]
    if not fault["loc"]:
        # Our own model validators say "field: problem"; pydantic's say that it is no object.
        field, _, problem = fault["msg"].rpartition(": ")
        reason: Reason = "required" if fault["type"] in REQUIRED else "invalid"
        return BadRequest(field or "frame", problem, reason)
    field = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "too_large":
        return TooLarge(field, message)
    return BadRequest(field, "is required", "required") if fault["type"] == "missing" else BadRequest(field, message)


def request_id_of(body: str) -> str | None:
    """The requestId of a frame that may be malformed or cut off otherwise, for the error to carry it.

    Only the frame's own one, never one from within a nested object. Where there are several, the last, as in JSON.
    """
    found: str | None = None
    depth, key, expects_key = 0, None, False
    for token in _TOKENS.finditer(body):
        mark = token[0]
        if mark in "{[":
            depth += 1
            expects_key = mark == "{" and depth == 1
            key = None
        elif mark in "}]":
            depth -= 1
        elif depth != 1:
            continue
        elif mark == ",":
            expects_key, key = True, None
        elif mark == ":":
            expects_key = False
        elif expects_key:
            key = _text(mark)
        elif key == "requestId":
            found = _text(mark)
    return found if found is not None and 0 < len(found) <= limits.MAX_CLIENT_ID_CHARACTERS else None


def _text(literal: str) -> str | None:
    try:
        text: str = from_json(literal)
    except (ValueError, TypeError):
        return None
    return text


def unroutable(body: str) -> ParleyError:
    """Why a frame reached no command's route."""
    fields = _object(body)
    if fields is None:
        return BadRequest("frame", "is not a JSON object")
    if "action" not in fields:
        return BadRequest("action", "is required", "required")
    if not isinstance(fields["action"], str):
        return BadRequest("action", "must be a string")
    return UnknownAction(f"must be one of {', '.join(COMMANDS)}")


def _object(body: str) -> dict[str, Any] | None:
    try:
        fields = from_json(body)
    except (ValueError, TypeError):  # TypeError: half a surrogate pair, which is no UTF-8
        return None
    return fields if isinstance(fields, dict) else None
