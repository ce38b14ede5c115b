"""What a function is told by its environment, typed and checked at the first use.

Each group below is what one kind of work needs; a function gets the groups that its `function.yaml` implies.
"""

import os
from functools import cache
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

HttpUrl = Annotated[str, Field(pattern=r"^https?://[^/\s]+")]


class SettingsError(RuntimeError):
    """A variable is missing or malformed; the text names it and says what it should look like."""


class _Group(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True)


class AwsSettings(_Group):
    """Where AWS is."""

    region: str = Field(alias="AWS_REGION", pattern=r"^[a-z]{2}(-[a-z]+)+-\d$", description="such as eu-west-1")
    dynamodb_endpoint: HttpUrl | None = Field(
        alias="DYNAMODB_ENDPOINT",
        default=None,
        description="a URL; leave it out to use DynamoDB in the region",
    )


class TableSettings(_Group):
    """Which tables are ours."""

    table_prefix: str = Field(
        alias="PARLEY_TABLE_PREFIX",
        pattern=r"^[a-z][a-z0-9-]{0,60}$",
        description="project and environment, such as parley-dev",
    )


class ChatSettings(_Group):
    """What rooms are given when they are made."""

    retention_days: int = Field(
        alias="PARLEY_RETENTION_DAYS",
        default=0,
        ge=0,
        le=3650,
        description="days a message is kept; 0 keeps it",
    )


class DeliverySettings(_Group):
    """How events reach connections."""

    connections_url: HttpUrl = Field(
        alias="PARLEY_CONNECTIONS_URL",
        description="https://{api}.execute-api.{region}.amazonaws.com/{stage}, not the wss:// endpoint",
    )
    fan_out_queue_url: HttpUrl = Field(alias="PARLEY_QUEUE_URL_FAN_OUT", description="the URL of the fan-out queue")
    inline_limit: int = Field(
        alias="PARLEY_INLINE_LIMIT",
        default=100,
        ge=0,
        le=1000,
        description="connections that the sender's own function posts to; a larger room goes to the queue",
    )
    segment_size: int = Field(
        alias="PARLEY_SEGMENT_SIZE", default=500, ge=1, le=5000, description="connections in one queue entry"
    )


class IdentitySettings(_Group):
    """Whose tokens are accepted."""

    issuer: HttpUrl = Field(
        alias="PARLEY_ISSUER", description="https://cognito-idp.{region}.amazonaws.com/{userPoolId}"
    )
    client_id: str = Field(alias="PARLEY_CLIENT_ID", min_length=1, description="the user pool client's id")
    jwks_url: HttpUrl = Field(alias="PARLEY_JWKS_URL", description="{issuer}/.well-known/jwks.json")


_GroupType = TypeVar("_GroupType", bound=_Group)


class ReleaseSettings(_Group):
    """What was deployed."""

    version: str = Field(
        alias="PARLEY_VERSION",
        default="unknown",
        pattern=r"^[A-Za-z0-9._+-]{1,64}$",
        description="the release that was deployed, such as 1.4.0 or a commit",
    )


@cache
def load(group: type[_GroupType]) -> _GroupType:
    """The group as the environment gives it, read once. Raises SettingsError."""
    try:
        return group.model_validate(dict(os.environ))
    except ValidationError as error:
        faults = []
        for fault in error.errors():
            variable = str(fault["loc"][0])
            field = next(field for field in group.model_fields.values() if field.alias == variable)
            faults.append(f"{variable}: {fault['msg']}; it should be {field.description}")
        raise SettingsError("\n".join(faults)) from None
