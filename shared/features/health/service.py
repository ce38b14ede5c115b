"""Health check: status and release."""

from shared.core import settings
from shared.features.health.wire import Health


def health() -> Health:
    """The status and the release. It calls nothing, so that a throttled table does not look like a broken API."""
    return Health(version=settings.load(settings.ReleaseSettings).version)
