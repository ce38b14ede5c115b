"""The command that opens a direct room."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from shared.protocol import limits
from shared.protocol.base import Command, Identifier


def _each_person_once(user_ids: list[str]) -> list[str]:
    if len(set(user_ids)) < len(user_ids):
        raise PydanticCustomError("twice", "must name each person once")
    return user_ids


class OpenDirect(Command):
    """Find or make the direct room of the caller and some others; of the caller alone, where it names nobody."""

    action: Literal["openDirect"]
    user_ids: Annotated[
        list[Identifier], Field(max_length=limits.MAX_DIRECT_PEOPLE - 1), AfterValidator(_each_person_once)
    ]
