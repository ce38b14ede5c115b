"""What commands and events have in common: camelCase on the wire, snake_case in the code."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from shared.core.text import has_control_characters, hidden_character, in_words, is_visible
from shared.protocol import limits


class WireModel(BaseModel):
    """Anything inside a frame. Unknown fields are ignored, types are not coerced."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        extra="ignore",
        strict=True,
        frozen=True,
        defer_build=True,
    )

    def to_wire(self) -> dict[str, Any]:
        """The JSON object as a dict; fields that are None are left out."""
        return self.model_dump(by_alias=True, exclude_none=True)

    def encode(self) -> str:
        """The JSON text; fields that are None are left out."""
        return self.model_dump_json(by_alias=True, exclude_none=True)


def _too_large(reason: str) -> PydanticCustomError:
    return PydanticCustomError("too_large", "must be {reason}", {"reason": reason})


def _not_blank(text: str) -> str:
    if not is_visible(text):
        raise PydanticCustomError("blank", "must show something: it is empty, or only spaces and invisible characters")
    return text


def _without_control_characters(text: str) -> str:
    if has_control_characters(text, lines=True):
        raise PydanticCustomError("control_characters", "must not hold control characters but tabs and line breaks")
    return text


def _one_line(text: str) -> str:
    if has_control_characters(text, lines=False):
        raise PydanticCustomError("control_characters", "must not hold control characters or line breaks")
    return text


def _without_hidden_characters(text: str) -> str:
    hidden = hidden_character(text)
    if hidden is not None:
        named = {"character": in_words(hidden)}
        raise PydanticCustomError("hidden", "must not hold {character}, which is invisible", named)
    return text


def _at_most(most: int) -> AfterValidator:
    def within(text: str) -> str:
        if len(text.encode()) > most:
            raise _too_large(f"at most {most} bytes of UTF-8")
        return text

    return AfterValidator(within)


Identifier = Annotated[str, Field(min_length=1, max_length=limits.MAX_ID_CHARACTERS)]
ClientId = Annotated[str, Field(min_length=1, max_length=limits.MAX_CLIENT_ID_CHARACTERS)]
MessageText = Annotated[
    str,
    AfterValidator(_not_blank),
    _at_most(limits.MAX_MESSAGE_BYTES),
    AfterValidator(_without_control_characters),
]
RoomName = Annotated[
    str,
    Field(max_length=limits.MAX_ROOM_NAME_CHARACTERS),
    AfterValidator(_not_blank),
    AfterValidator(str.strip),
    AfterValidator(_one_line),
    AfterValidator(_without_hidden_characters),
]


Topic = Annotated[str, AfterValidator(str.strip), _at_most(limits.MAX_TOPIC_BYTES), AfterValidator(_one_line)]
Description = Annotated[
    str,
    AfterValidator(str.strip),
    _at_most(limits.MAX_DESCRIPTION_BYTES),
    AfterValidator(_without_control_characters),
]


class Person(WireModel):
    """Somebody, by the name that they had then."""

    user_id: str
    username: str


class Command(WireModel):
    """A frame from a client. The reply, or the error, carries the same `requestId`."""

    request_id: ClientId | None = None


class Event(WireModel):
    """A frame to a client."""

    request_id: str | None = None
