"""What a local stack may be told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_STATE = ROOT / ".local"
DEFAULT_PORT = 8000
REGION = "us-east-1"
TABLE_PREFIX = "parley-local"


@dataclass(frozen=True)
class Limits:
    """API Gateway's limits of a WebSocket API; tests shorten the times.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
    """

    message_bytes: int = 128 * 1024
    header_bytes: int = 10_240
    idle_seconds: float = 600
    lifetime_seconds: float = 7200
    integration_seconds: float = 29
    send_buffer_bytes: int = 512 * 1024
    """What may wait for one slow client before a post to it is answered 429. The number is ours."""


@dataclass(frozen=True)
class Settings:
    """How one local stack is started. The defaults suit a test, except for the state directory."""

    port: int = 0
    """Of the site and the WebSocket API, on loopback; 0 takes a free one."""
    state: Path = DEFAULT_STATE
    """Where users, tables and queues are kept between a clean stop and the next start."""
    outputs: Path | None = None
    """Where the outputs are written; `outputs.json` in the state directory unless given."""
    lambdas: Path = ROOT / "lambdas"
    site: Path = ROOT / "frontend" / "dist"
    app_origin: str | None = None
    """A second origin that the app may come from: Vite's development server."""
    dynamodb_endpoint: str | None = None
    """A DynamoDB to use instead of the embedded emulator."""
    tables: bool = True
    """Make the tables of `shared.db.registry`; off for functions that use none."""
    table_prefix: str = TABLE_PREFIX
    limits: Limits = field(default_factory=Limits)
    threads: int = 16
    """How many handlers run at once."""
    queue_visibility_seconds: int | None = None
    """Instead of what the function files say, so that a test sees a redelivery soon."""
    inline_limit: int | None = None
    """PARLEY_INLINE_LIMIT: larger rooms go through the queue."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Further variables for the handlers; they win over everything else."""
    mock_auth: bool = True
    """Tell the app the ready users, so that it can offer to continue as one of them."""
    save_seconds: float | None = None
    """Save the emulator's state every so many seconds where it has changed; None: only at the stop."""
    watch: bool = False
    """Load the functions again when their code changes."""
