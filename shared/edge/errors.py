"""The one place where an error becomes what a client gets, and where an unexpected one is logged."""

import logging
import uuid
from typing import TYPE_CHECKING

from shared.core.errors import Internal, ParleyError
from shared.edge import logs

if TYPE_CHECKING:
    from shared.protocol.failures import Error, Failure

log = logging.getLogger(__name__)


def internal(error: Exception) -> Internal:
    """The error for the client of an exception that is not meant for clients.

    The log has it in full, at level ERROR, which raises the alarm on our own faults; the client gets a reference.
    """
    reference = str(uuid.uuid4())
    log.error("internal", extra={"reference": reference, **logs.describe(error)})
    return Internal(f"something went wrong on our side; reference {reference}")


def as_event(error: ParleyError, request_id: str | None) -> "Error":
    """The frame on the WebSocket."""
    from shared.protocol.failures import Error

    return Error(request_id=request_id, **error.to_fields())


def as_failure(error: ParleyError) -> "Failure":
    """The body of an HTTP answer."""
    from shared.protocol.failures import Failure

    return Failure(**error.to_fields())
