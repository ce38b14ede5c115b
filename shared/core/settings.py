"""The settings that a function reads from its environment.

Each group below is what one kind of work needs; a function gets the groups that its `function.yaml` names.
"""

from typing import TypeVar

from shared.core import services
from shared.core.variables import URL, Group, Variable, like, number


class AwsSettings(Group):
    """Where AWS is."""

    region = Variable("AWS_REGION", "such as eu-west-1", like(r"[a-z]{2}(-[a-z]+)+-\d"))
    dynamodb_endpoint = Variable[str | None](
        "DYNAMODB_ENDPOINT", "a URL; leave it out to use DynamoDB in the region", URL, None
    )
    ssm_endpoint = Variable[str | None](
        "PARLEY_SSM_ENDPOINT", "a URL; leave it out to use SSM in the region", URL, None
    )


class TableSettings(Group):
    """Which tables are ours."""

    table_prefix = Variable(
        "PARLEY_TABLE_PREFIX", "project and environment, such as parley-dev", like(r"[a-z][a-z0-9-]{0,60}")
    )


class ChatSettings(Group):
    """What rooms are given when they are made."""

    retention_days = Variable("PARLEY_RETENTION_DAYS", "days a message is kept; 0 keeps it", number(0, 3650), 0)


class DirectSettings(Group):
    """Who may be written to directly."""

    reach = Variable(
        "PARLEY_DIRECT_REACH",
        "whom one may write to: shared_rooms, who is in a room with one, or everyone",
        like("shared_rooms|everyone"),
        "shared_rooms",
    )


class TypingSettings(Group):
    """Whether people see who is writing."""

    typing = Variable("PARLEY_TYPING", "on or off", like("on|off"), "on")


class EditSettings(Group):
    """How long messages may be edited, and who sees what they said before."""

    minutes = Variable(
        "PARLEY_EDIT_MINUTES", "minutes for which one may edit a message; 0: always", number(0, 1_000_000), 0
    )
    history = Variable(
        "PARLEY_EDIT_HISTORY",
        "who sees earlier texts: everyone, admins, or off, which keeps none",
        like("everyone|admins|off"),
        "everyone",
    )


class LimitSettings(Group):
    """How much one person may do, on all their devices together."""

    sends = Variable(
        "PARLEY_LIMIT_SENDS",
        "messages, and changes of rooms and memberships, that one person may make in 10 s",
        number(1, 1_000_000),
        30,
    )
    commands = Variable(
        "PARLEY_LIMIT_COMMANDS", "commands of any kind that one person may send in 10 s", number(1, 1_000_000), 300
    )
    connects = Variable(
        "PARLEY_LIMIT_CONNECTS",
        "connections that one person may open in a minute, and hellos that they may say",
        number(1, 1_000_000),
        30,
    )
    connections = Variable(
        "PARLEY_LIMIT_CONNECTIONS", "connections that one person may have open", number(1, 1_000_000), 50
    )
    rooms = Variable(
        "PARLEY_LIMIT_ROOMS", "rooms that one person may be in, or ask to join", number(1, 1_000_000), 1_000
    )


class ConnectionsSettings(Group):
    """Where connections are posted to, and closed."""

    connections_url = Variable(
        "PARLEY_CONNECTIONS_URL",
        "https://{api}.execute-api.{region}.amazonaws.com/{stage}, not the wss:// endpoint",
        URL,
    )


class DeliverySettings(Group):
    """How events reach connections."""

    fan_out_queue_url = Variable("PARLEY_QUEUE_URL_FAN_OUT", "the URL of the fan-out queue", URL)
    inline_limit = Variable(
        "PARLEY_INLINE_LIMIT",
        "connections that the sender's own function posts to; a larger room goes to the queue",
        number(0, 1000),
        100,
    )
    segment_size = Variable("PARLEY_SEGMENT_SIZE", "connections in one queue entry", number(1, 5000), 500)


class IdentitySettings(Group):
    """Whose tokens are accepted."""

    issuer = Variable("PARLEY_ISSUER", "https://cognito-idp.{region}.amazonaws.com/{userPoolId}", URL)
    client_id = Variable("PARLEY_CLIENT_ID", "the user pool client's id", like(r"\S+"))
    jwks_url = Variable("PARLEY_JWKS_URL", "{issuer}/.well-known/jwks.json", URL)


class CanarySettings(Group):
    """What the canary checks."""

    websocket_url = Variable(
        "PARLEY_WEBSOCKET_URL",
        "wss://{api}.execute-api.{region}.amazonaws.com/{stage}",
        like(r"wss?://[^/\s]\S*"),
    )
    password_parameter = Variable(
        "PARLEY_PARAMETER_CANARY_PASSWORD", "the name of a parameter of SSM, /parley-dev/canary-password", like(r"/\S+")
    )


class ReleaseSettings(Group):
    """What was deployed."""

    version = Variable(
        "PARLEY_VERSION",
        "the release that was deployed, such as 1.4.0 or a commit",
        like(r"[A-Za-z0-9._+-]{1,64}"),
        "unknown",
    )


_GroupType = TypeVar("_GroupType", bound=Group)


def groups() -> list[type[Group]]:
    """Every group: for tools and tests."""
    return Group.__subclasses__()


def load(group: type[_GroupType]) -> _GroupType:
    """The group as this process's environment gives it, read once. Raises SettingsError."""
    return services.current().settings(group)
