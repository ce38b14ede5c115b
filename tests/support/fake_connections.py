"""API Gateway's @connections, and how DynamoDB says that transactions are in conflict."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError
from pynamodb.exceptions import CancellationReason, VerboseClientError

from shared.realtime.delivery_report import DeliveryReport, Result
from tests.support.faults import raising

if TYPE_CHECKING:
    from tests.support.fake_deployment import FakeDeployment


class FakeConnectionsApi:
    """In the place of `shared.realtime.posting.ConnectionsApi`."""

    def __init__(self, deployment: "FakeDeployment") -> None:
        self._deployment = deployment

    def post(self, connection_ids: Iterable[str], body: bytes) -> DeliveryReport:
        report = DeliveryReport()
        for connection_id in connection_ids:
            report.add(
                connection_id, self._step("POST", connection_id, partial(self._deployment.post, connection_id, body))
            )
        return report

    def close(self, connection_ids: Iterable[str]) -> DeliveryReport:
        report = DeliveryReport()
        for connection_id in connection_ids:
            report.add(
                connection_id, self._step("DELETE", connection_id, partial(self._deployment.close, connection_id))
            )
        return report

    def _step(self, method: str, connection_id: str, call: Callable[[], Result]) -> Result:
        return self._deployment.faults.step(
            f"{method} {connection_id}",
            call,
            throttled=lambda: Result.THROTTLED,
            lost=lambda: Result.FAILED,
        )


def contended(operation_name: str) -> Callable[[], Any] | None:
    """How DynamoDB says that another transaction works on an item of this write; reads are not refused so."""
    if operation_name == "TransactWriteItems":
        reasons = [CancellationReason(code="TransactionConflict"), None]
        code = "TransactionCanceledException"
        return raising(VerboseClientError({"Error": {"Code": code}}, operation_name, {}, cancellation_reasons=reasons))
    if operation_name in ("PutItem", "UpdateItem", "DeleteItem"):
        return raising(ClientError({"Error": {"Code": "TransactionConflictException"}}, operation_name))
    return None
