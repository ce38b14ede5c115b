"""`lambdas/*/function.yaml`: everything about a function that is not code.

The local stack and Terraform read the same files, so that nothing about a function is said twice. This module is
their schema; `python -m tools.function_files` checks every file and names the file, field and reason of each fault.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

LAMBDAS = Path(__file__).resolve().parent.parent / "lambdas"

TableName = Literal["connections", "subscriptions", "rooms", "memberships", "messages", "receipts", "allowances"]
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


_TRIGGERS = ("route", "http", "authorizer", "queue", "stream")


class Trigger(_Section):
    """What invokes the function: exactly one of these."""

    route: Annotated[str, Field(pattern=r"^(\$connect|\$disconnect|\$default|[a-z][A-Za-z]*)$")] | None = None
    """Of the WebSocket API."""
    http: Annotated[str, Field(pattern=r"^(GET|POST|PUT|PATCH|DELETE) (/[a-z][a-z0-9-]*)+$")] | None = None
    """A route of the HTTP API: method and path, such as `GET /health`."""
    authorizer: Literal["websocket"] | None = None
    queue: Queue | None = None
    stream: Stream | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> "Trigger":
        given = [name for name in _TRIGGERS if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError("give exactly one of route, http, authorizer, queue and stream")
        return self


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
    posts_to_connections: bool = False
    """Posts to any connection, and may close it."""
    closes_connections: bool = False
    """Closes connections, and posts to none."""
    sends_to: list[str] = []
    verifies_tokens: bool = False
    public: bool = False
    """Of an HTTP route: anybody may call it, without a token."""
    environment: dict[Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")], str] = {}

    @model_validator(mode="after")
    def _routes_answer_in_time(self) -> "FunctionFile":
        waited_for = self.trigger.route or self.trigger.http or self.trigger.authorizer
        if waited_for and self.timeout_seconds > 30:  # noqa: PLR2004
            raise ValueError("timeout_seconds: API Gateway waits 29 seconds; a route must not take more than 30")
        return self

    @model_validator(mode="after")
    def _says_that_it_is_open(self) -> "FunctionFile":
        if self.public != (self.trigger.http is not None):
            raise ValueError(
                "public: is true for an http route, none of which asks for a token yet, and for nothing else"
            )
        return self


class FunctionFileError(Exception):
    """A function.yaml that does not fit; each line of the text is `file:line: field: reason`."""


def read(folder: Path) -> FunctionFile:
    """The checked function file of one folder under `lambdas/`."""
    file = folder / "function.yaml"
    try:
        text = file.read_text(encoding="utf-8")
        document = yaml.compose(text, Loader=yaml.SafeLoader)
        fields = yaml.safe_load(text)
    except OSError as error:
        raise FunctionFileError(f"{file}:1: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise FunctionFileError(f"{file}:1: is not UTF-8") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise FunctionFileError(f"{file}:{line}: not YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise FunctionFileError(f"{file}:1: not YAML: {' '.join(str(error).split())}") from error
    repeated = [f"{file}:{line}: {key}: stands here a second time" for key, line in _repeated_keys(document)]
    if repeated:
        raise FunctionFileError("\n".join(repeated))
    try:
        return FunctionFile.model_validate(fields)
    except ValidationError as error:
        faults = [
            f"{file}:{_line_of(document, fault['loc'])}: {_name_of(fault['loc'])}: {fault['msg']}"
            for fault in error.errors()
        ]
        raise FunctionFileError("\n".join(faults)) from error


def _name_of(place: tuple[int | str, ...]) -> str:
    # Where a mapping's key itself is wrong, pydantic adds "[key]".
    return ".".join(str(part) for part in place if part != "[key]") or "file"


def _line_of(document: yaml.Node | None, place: tuple[int | str, ...]) -> int:
    """The line of a field, or of the nearest thing around it that is there."""
    node, line = document, 1
    for part in place:
        if isinstance(node, yaml.MappingNode):
            entry = next((entry for entry in node.value if entry[0].value == part), None)
            if entry is None:
                return line
            line, node = entry[0].start_mark.line + 1, entry[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line


def _repeated_keys(node: yaml.Node | None) -> Iterator[tuple[str, int]]:
    """Keys that stand twice in a mapping, of which YAML would silently take the last, with their lines."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _repeated_keys(item)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key.value, key.start_mark.line + 1
            seen.add(key.value)
            yield from _repeated_keys(value)


def folders(lambdas: Path = LAMBDAS) -> Iterator[Path]:
    """Every folder that is a function, by name."""
    return (folder for folder in sorted(lambdas.iterdir()) if folder.is_dir() and folder.name != "__pycache__")


def read_all(lambdas: Path = LAMBDAS) -> dict[str, FunctionFile]:
    """All functions by folder name. Raises FunctionFileError with every fault of every file."""
    functions: dict[str, FunctionFile] = {}
    faults: list[str] = []
    for folder in folders(lambdas):
        try:
            functions[folder.name] = read(folder)
        except FunctionFileError as error:
            faults.append(str(error))
    if faults:
        raise FunctionFileError("\n".join(faults))
    return functions


def main() -> int:
    """Check every file; print the faults, or how many files are right."""
    try:
        functions = read_all()
    except FunctionFileError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(functions)} function files are right")
    return 0


if __name__ == "__main__":
    sys.exit(main())
