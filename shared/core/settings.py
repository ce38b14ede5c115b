"""The settings that a function reads from its environment, typed, and checked at the first use.

Each group below is what one kind of work needs; a function gets the groups that its `function.yaml` names.

This is not a pydantic model: the authorizer uses pydantic for nothing else, and importing it took two fifths of its
cold start, which is a part of every first handshake (docs/performance.md).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from shared.core import services

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

    def __get__(self, group: "_Group", _: type["_Group"]) -> _Value:
        value: _Value = group.values[self.name]
        return value

    def __set__(self, group: "_Group", value: _Value) -> None:
        raise AttributeError(f"{self.name} comes from the environment; settings are read-only")


class _Group:
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


def _like(pattern: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError("is malformed")
        return text

    return parse


def _number(least: int, most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise ValueError(f"is no whole number from {least} to {most}")
        return int(text)

    return parse


_URL = _like(r"https?://[^/\s]\S*")


class AwsSettings(_Group):
    """Where AWS is."""

    region = Variable("AWS_REGION", "such as eu-west-1", _like(r"[a-z]{2}(-[a-z]+)+-\d"))
    dynamodb_endpoint = Variable[str | None](
        "DYNAMODB_ENDPOINT", "a URL; leave it out to use DynamoDB in the region", _URL, None
    )


class TableSettings(_Group):
    """Which tables are ours."""

    table_prefix = Variable(
        "PARLEY_TABLE_PREFIX", "project and environment, such as parley-dev", _like(r"[a-z][a-z0-9-]{0,60}")
    )


class ChatSettings(_Group):
    """What rooms are given when they are made."""

    retention_days = Variable("PARLEY_RETENTION_DAYS", "days a message is kept; 0 keeps it", _number(0, 3650), 0)


class LimitSettings(_Group):
    """How much one person may do, on all their devices together."""

    sends = Variable(
        "PARLEY_LIMIT_SENDS",
        "messages, and changes of rooms and memberships, that one person may make in 10 s",
        _number(1, 1_000_000),
        30,
    )
    commands = Variable(
        "PARLEY_LIMIT_COMMANDS", "commands of any kind that one person may send in 10 s", _number(1, 1_000_000), 300
    )
    connects = Variable(
        "PARLEY_LIMIT_CONNECTS",
        "connections that one person may open in a minute, and hellos that they may say",
        _number(1, 1_000_000),
        30,
    )
    connections = Variable(
        "PARLEY_LIMIT_CONNECTIONS", "connections that one person may have open", _number(1, 1_000_000), 50
    )
    rooms = Variable(
        "PARLEY_LIMIT_ROOMS", "rooms that one person may be in, or ask to join", _number(1, 1_000_000), 1_000
    )


class ConnectionsSettings(_Group):
    """Where connections are posted to, and closed."""

    connections_url = Variable(
        "PARLEY_CONNECTIONS_URL",
        "https://{api}.execute-api.{region}.amazonaws.com/{stage}, not the wss:// endpoint",
        _URL,
    )


class DeliverySettings(_Group):
    """How events reach connections."""

    fan_out_queue_url = Variable("PARLEY_QUEUE_URL_FAN_OUT", "the URL of the fan-out queue", _URL)
    inline_limit = Variable(
        "PARLEY_INLINE_LIMIT",
        "connections that the sender's own function posts to; a larger room goes to the queue",
        _number(0, 1000),
        100,
    )
    segment_size = Variable("PARLEY_SEGMENT_SIZE", "connections in one queue entry", _number(1, 5000), 500)


class IdentitySettings(_Group):
    """Whose tokens are accepted."""

    issuer = Variable("PARLEY_ISSUER", "https://cognito-idp.{region}.amazonaws.com/{userPoolId}", _URL)
    client_id = Variable("PARLEY_CLIENT_ID", "the user pool client's id", _like(r"\S+"))
    jwks_url = Variable("PARLEY_JWKS_URL", "{issuer}/.well-known/jwks.json", _URL)


class ReleaseSettings(_Group):
    """What was deployed."""

    version = Variable(
        "PARLEY_VERSION",
        "the release that was deployed, such as 1.4.0 or a commit",
        _like(r"[A-Za-z0-9._+-]{1,64}"),
        "unknown",
    )


_GroupType = TypeVar("_GroupType", bound=_Group)


def groups() -> list[type[_Group]]:
    """Every group: for tools and tests."""
    return _Group.__subclasses__()


def load(group: type[_GroupType]) -> _GroupType:
    """The group as this process's environment gives it, read once. Raises SettingsError."""
    return services.current().settings(group)
