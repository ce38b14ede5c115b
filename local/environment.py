"""The environment variables of the handlers. Lambda gives each function its own; here they share one."""

import os
from collections.abc import Mapping

from local.emulation import aws, queues
from local.emulation.user_pool import UserPool
from local.settings import REGION, Settings


def variables(
    settings: Settings,
    dynamodb_endpoint: str,
    connections_url: str,
    websocket_url: str,
    queue_names: Mapping[str, object],
    pool: UserPool,
) -> dict[str, str]:
    """What `shared.core.settings` reads, for a local stack."""
    result = {
        "AWS_REGION": REGION,
        "AWS_ACCESS_KEY_ID": aws.ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": aws.SECRET_KEY,
        "DYNAMODB_ENDPOINT": dynamodb_endpoint,
        "PARLEY_TABLE_PREFIX": settings.table_prefix,
        "PARLEY_CONNECTIONS_URL": connections_url,
        "PARLEY_ISSUER": pool.issuer,
        "PARLEY_CLIENT_ID": pool.client_id,
        "PARLEY_JWKS_URL": pool.jwks_url,
        "PARLEY_SSM_ENDPOINT": pool.endpoint,
        "PARLEY_WEBSOCKET_URL": websocket_url,
        "PARLEY_PARAMETER_CANARY_PASSWORD": f"/{settings.table_prefix}/canary-password",
    }
    for name in queue_names:
        variable = f"PARLEY_QUEUE_URL_{name.upper().replace('-', '_')}"
        result[variable] = queues.url(pool.endpoint, settings.table_prefix, name)
    if settings.inline_limit is not None:
        result["PARLEY_INLINE_LIMIT"] = str(settings.inline_limit)
    return result


class Environment:
    """Changes to the process's environment that can be taken back."""

    def __init__(self) -> None:
        self._before: dict[str, str | None] = {}

    def set(self, values: Mapping[str, str]) -> None:
        """Set variables, remembering what they were."""
        for name, value in values.items():
            self._before.setdefault(name, os.environ.get(name))
            os.environ[name] = value

    def forget(self, name: str) -> None:
        """Take a variable away, remembering what it was."""
        self._before.setdefault(name, os.environ.pop(name, None))

    def restore(self) -> None:
        """Make the environment what it was."""
        for name, value in self._before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        self._before.clear()
