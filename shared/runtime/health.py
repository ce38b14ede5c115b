"""Is anybody there, and which release is it?"""

from shared import settings
from shared.protocol.http import Health


def health() -> Health:
    """Asks nobody else, so that a table in trouble does not look like an API in trouble."""
    return Health(version=settings.load(settings.ReleaseSettings).version)
