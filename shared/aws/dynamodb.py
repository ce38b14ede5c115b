"""PynamoDB's connection with a light transport below it.

PynamoDB builds each request; botocore would validate, route, sign, send and parse it through its generic machinery.
Here the request, which already is DynamoDB's JSON, goes out as it is. Differences to botocore's own client: credentials
come from where Lambda puts them, binary attributes are not supported (Parley has none), and retries mind the deadline.
"""

import logging
import uuid
from typing import Any

from botocore.exceptions import ClientError
from pydantic_core import from_json, to_json
from pynamodb.exceptions import CancellationReason, VerboseClientError

from shared.aws import deadline, retry
from shared.aws.http_channel import HTTP_ERRORS, Channel
from shared.aws.pynamodb_without_botocore import Connection
from shared.aws.signing import Signer, body_hash
from shared.core import services
from shared.core.services import Services
from shared.core.settings import AwsSettings

RETRYABLE = frozenset(
    {
        "InternalServerError",
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ServiceUnavailable",
        "ThrottlingException",
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)
"""Error codes after which the same request is sent again; a plain write that met a transaction wrote nothing.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html"""

_SERVER_ERROR = 500


THROTTLED = frozenset(
    {"ProvisionedThroughputExceededException", "RequestLimitExceeded", "ThrottlingException", "LimitExceededException"}
)
"""Of these, the codes that say that a table, an index or the account takes no more."""

log = logging.getLogger(__name__)


class DynamoDbUnavailable(Exception):
    """No answer within the attempts and the time there were. A write may or may not have taken effect."""


class SignedConnection(Connection):
    """A PynamoDB connection that all models share; safe to use from several threads."""

    def __init__(self, region: str, endpoint: str | None = None) -> None:
        super().__init__(region=region, host=endpoint)
        self._channel = Channel(endpoint or f"https://dynamodb.{region}.amazonaws.com")
        self._signer = Signer("dynamodb", region)

    def dispatch(self, operation_name: str, operation_kwargs: dict[str, Any]) -> dict[str, Any]:
        """Send one operation, without PynamoDB's signals, debug logs and per-call capacity reports."""
        return self._make_api_call(operation_name, operation_kwargs)

    def _make_api_call(self, operation_name: str, operation_kwargs: dict[str, Any]) -> dict[str, Any]:
        if operation_name == "TransactWriteItems":
            # The same token on every attempt: a retry of a transaction that did commit succeeds instead of failing.
            operation_kwargs.setdefault("ClientRequestToken", str(uuid.uuid4()))
        body = to_json(operation_kwargs)
        for _ in retry.attempts(retry.AWS_CALL):
            try:
                return self.send(operation_name, body)
            except (ClientError, *HTTP_ERRORS) as error:
                if not _worth_repeating(error):
                    raise
                if isinstance(error, ClientError) and error.response["Error"]["Code"] in THROTTLED:
                    # One metric and alarm for all tables and their indexes counts this line.
                    log.warning("throttled", extra={"operation": operation_name})
                last: Exception = error
        raise DynamoDbUnavailable(f"{operation_name}: {type(last).__name__}") from last

    def send(self, operation_name: str, body: bytes) -> dict[str, Any]:
        """One attempt at one operation: the single point where this package touches DynamoDB."""
        path = self._channel.endpoint.base_path + "/"
        headers = self._signer.headers(
            "POST", self._channel.endpoint.host, path, body_hash(body), f"DynamoDB_20120810.{operation_name}"
        )
        status, answer = self._channel.post(path, body, headers, deadline.timeout())
        if status == 200:  # noqa: PLR2004
            data: dict[str, Any] = from_json(answer)
            return data
        raise _as_client_error(operation_name, status, answer)


def connect(services: Services) -> SignedConnection:
    """Build the connection of a process."""
    aws = services.settings(AwsSettings)
    return SignedConnection(aws.region, aws.dynamodb_endpoint)


def connection() -> SignedConnection:
    """The one connection of this process."""
    return services.current().get(connect)


def _worth_repeating(error: Exception) -> bool:
    if not isinstance(error, ClientError):
        return True
    return error.response["Error"]["Code"] in RETRYABLE


def _json_object(answer: bytes) -> dict[str, Any]:
    """What DynamoDB says of an error; nothing where a proxy on the way answered instead."""
    try:
        fault = from_json(answer)
    except ValueError:
        return {}
    return fault if isinstance(fault, dict) else {}


def _as_client_error(operation_name: str, status: int, answer: bytes) -> VerboseClientError:
    fault = _json_object(answer)
    code = str(fault.get("__type", "")).rpartition("#")[2]
    if not code or (status >= _SERVER_ERROR and code not in RETRYABLE):
        code = "InternalServerError" if status >= _SERVER_ERROR else f"Http{status}"
    message = fault.get("message") or fault.get("Message") or ""
    reasons = (
        CancellationReason(code=reason["Code"], message=reason.get("Message"), raw_item=reason.get("Item"))
        if reason["Code"] != "None"
        else None
        for reason in fault.get("CancellationReasons", [])
    )
    return VerboseClientError(
        {"Error": {"Code": code, "Message": message}}, operation_name, {}, cancellation_reasons=reasons
    )
