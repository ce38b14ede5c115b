"""What `function.yaml` may hold."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from tools.table_declarations import TABLES


def _known(name: str) -> str:
    if name not in TABLES:
        raise ValueError(f"must be one of {', '.join(TABLES)}")
    return name


TableName = Annotated[str, AfterValidator(_known)]
SettingsGroup = Literal["canary", "chat", "delivery", "direct", "edits", "identity", "release", "typing"]
TableAction = Literal[
    "GetItem",
    "BatchGetItem",
    "Query",
    "PutItem",
    "UpdateItem",
    "DeleteItem",
    "BatchWriteItem",
    "ConditionCheckItem",
]


class _Section(BaseModel):
    # Strict: Terraform reads the same text with another YAML parser, so that nothing may depend on coercion.
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Queue(_Section):
    """An SQS queue that the function consumes, with its dead-letter queue `<name>-dead-letter`."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    batch_size: Annotated[int, Field(ge=1, le=10)] = 10
    visibility_timeout_seconds: Annotated[int, Field(ge=1, le=43_200)] = 180
    max_receives: Annotated[int, Field(ge=1, le=1000)] = 5
    maximum_concurrency: Annotated[int, Field(ge=2, le=1000)] | None = None


class Stream(_Section):
    """A DynamoDB stream (new and old images) that the function consumes."""

    table: TableName
    batch_size: Annotated[int, Field(ge=1, le=1000)] = 100
    maximum_retry_attempts: Annotated[int, Field(ge=0, le=10_000)] = 5
    maximum_record_age_seconds: Annotated[int, Field(ge=60, le=604_800)] = 3600


Route = Annotated[str, Field(pattern=r"^(\$connect|\$disconnect|\$default|[a-z][A-Za-z]*)$")]
HttpRoute = Annotated[str, Field(pattern=r"^(GET|POST|PUT|PATCH|DELETE) (/[a-z][a-z0-9-]*)+$")]


class Trigger(_Section):
    """What invokes the function: routes of the two APIs, or exactly one of the others."""

    route: list[Route] = []
    """Of the WebSocket API: the commands that the function serves. They share its permissions."""
    silent: list[Route] = []
    """Of these routes, those that answer nothing: they have no route response."""
    http: list[HttpRoute] = []
    """Routes of the HTTP API: method and path, such as `GET /health`."""
    authorizer: Literal["websocket"] | None = None
    queue: Queue | None = None
    stream: Stream | None = None
    schedule: Literal[True] | None = None
    """By the clock; Terraform's variable `schedules` says how often, and never by default."""

    @model_validator(mode="after")
    def _one_kind(self) -> "Trigger":
        others = [name for name in ("authorizer", "queue", "stream", "schedule") if getattr(self, name) is not None]
        if len(others) + bool(self.route or self.http) != 1:
            raise ValueError("give routes (route, http), or exactly one of authorizer, queue, stream and schedule")
        return self

    @model_validator(mode="after")
    def _silent_ones_are_routes(self) -> "Trigger":
        if not {*self.silent} <= {*self.route}:
            raise ValueError("silent: names routes of this function only")
        return self

    @property
    def routes(self) -> list[str]:
        """Of both APIs."""
        return [*self.route, *self.http]


class FunctionFile(_Section):
    """One Lambda function. Its permissions follow from the tables, indexes, queues and connections that it names."""

    description: Annotated[str, Field(min_length=10, max_length=256)]
    trigger: Trigger
    memory_mb: Annotated[int, Field(ge=128, le=10_240)] = 256
    timeout_seconds: Annotated[int, Field(ge=1, le=900)] = 30
    tables: dict[TableName, Annotated[list[TableAction], Field(min_length=1)]] = {}
    indexes: dict[
        Annotated[str, Field(pattern=r"^[a-z]+/[A-Za-z]+-index$")],
        Annotated[list[Literal["Query"]], Field(min_length=1)],
    ] = {}
    connections: Literal["none", "close", "post"] = "none"
    """Whether it closes connections, or posts to them as well. Every command may close the caller's own."""
    sends_to: list[str] = []
    parameters: list[Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]] = []
    """Secrets that it reads: parameters of SSM, without the prefix of the environment."""
    settings: list[SettingsGroup] = []
    """The groups of shared/core/settings.py that it reads. Those that every function of an API reads are implied."""
    public: bool = False
    """Of an HTTP route: anybody may call it, without a token."""
    environment: dict[Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")], str] = {}

    @model_validator(mode="after")
    def _routes_answer_in_time(self) -> "FunctionFile":
        waited_for = self.trigger.routes or self.trigger.authorizer
        if waited_for and self.timeout_seconds > 30:  # noqa: PLR2004
            raise ValueError("timeout_seconds: API Gateway waits 29 seconds; a route must not take more than 30")
        return self

    @model_validator(mode="after")
    def _says_that_it_is_open(self) -> "FunctionFile":
        if self.public != bool(self.trigger.http):
            raise ValueError(
                "public: is true for an http route, none of which asks for a token yet, and for nothing else"
            )
        return self

    @property
    def counts_commands(self) -> bool:
        """Whether the edge counts what it is sent, and closes the connection of somebody who floods."""
        return any(route != "$disconnect" for route in self.trigger.route)

    @property
    def all_tables(self) -> dict[str, list[str]]:
        """The tables of the file, and the one in which every command is counted."""
        counters = {"allowances": ["UpdateItem"]} if self.counts_commands else {}
        return {**{table: [*actions] for table, actions in self.tables.items()}, **counters}

    @property
    def may_close(self) -> bool:
        """Whether it may close connections."""
        return self.connections != "none" or self.counts_commands
