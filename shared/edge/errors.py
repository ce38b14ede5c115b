"""What nobody expected: told to the log in full, and to the client as a reference into the log."""

import logging
import uuid

from shared.core.errors import Internal
from shared.edge import logs

log = logging.getLogger(__name__)


def internal(error: Exception) -> Internal:
    """The error for the client of an exception that is not meant for clients."""
    reference = str(uuid.uuid4())
    log.error("internal", extra={"reference": reference, **logs.describe(error)})
    return Internal(f"something went wrong on our side; reference {reference}")
