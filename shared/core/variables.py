"""Variables of the environment, typed, and checked when the group that they belong to is first read.

This is not a pydantic model: the authorizer uses pydantic for nothing else, and importing it took two fifths of its
cold start, which is a part of every first handshake (docs/performance.md).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

_Value = TypeVar("_Value")


class SettingsError(RuntimeError):
    """A variable is missing or malformed; the text names it and says what it should look like."""


class Variable(Generic[_Value]):
    """One variable of the environment, as an attribute of a group.

    `parse` raises ValueError for what does not look as `description` says. Without a default the variable is required.
    """

    def __init__(self, name: str, description: str, parse: Callable[[str], _Value], *default: _Value) -> None:
        self.name = name
        self.description = description
        self._parse = parse
        self._default = default

    def read(self, environment: Mapping[str, str]) -> _Value:
        """The value. Raises SettingsError."""
        text = environment.get(self.name)
        if text is None and self._default:
            return self._default[0]
        try:
            if text is None:
                raise ValueError("is missing")  # noqa: TRY301
            return self._parse(text)
        except ValueError as fault:
            raise SettingsError(f"{self.name}: {fault}; it should be {self.description}") from None

    def __get__(self, group: "Group", _: type["Group"]) -> _Value:
        value: _Value = group.values[self.name]
        return value

    def __set__(self, group: "Group", value: _Value) -> None:
        raise AttributeError(f"{self.name} comes from the environment; settings are read-only")


class Group:
    """Some variables, all of them read when the group is made. Raises SettingsError, which names every fault."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.values: dict[str, Any] = {}
        faults = []
        for variable in self.variables():
            try:
                self.values[variable.name] = variable.read(environment)
            except SettingsError as fault:
                faults.append(str(fault))
        if faults:
            raise SettingsError("\n".join(faults))

    @classmethod
    def variables(cls) -> Iterator[Variable[Any]]:
        """The variables, in order."""
        return (variable for variable in vars(cls).values() if isinstance(variable, Variable))


def like(pattern: str) -> Callable[[str], str]:
    """Parse a text that must match the whole pattern."""

    def parse(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError("is malformed")
        return text

    return parse


def number(least: int, most: int) -> Callable[[str], int]:
    """Parse a whole number within these bounds."""

    def parse(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise ValueError(f"is no whole number from {least} to {most}")
        return int(text)

    return parse


URL = like(r"https?://[^/\s]\S*")
