"""The web server's log, without what clients sent."""

import logging

from aiohttp.http_exceptions import HttpProcessingError


class _WithoutRequestBytes(logging.Filter):
    """aiohttp quotes the bytes that it could not parse in its error texts; a token may be among them."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, HttpProcessingError):
            record.msg, record.args = "Refused a request that cannot be parsed: %s", (type(error).__name__,)
            record.exc_info = record.exc_text = None
        return True


def quiet_logger() -> logging.Logger:
    """The logger for aiohttp's server."""
    logger = logging.getLogger("parley.gateway")
    if not logger.filters:
        logger.addFilter(_WithoutRequestBytes())
    return logger
