"""What a stack tells about itself: the outputs that Terraform will have too, and the app's `/config.json`."""

import json
import os
from pathlib import Path
from typing import Any

from local.emulation.user_pool import PASSWORD, USERS, UserPool
from local.settings import REGION

Outputs = dict[str, str]


def of(site_url: str, websocket_url: str, http_api_url: str, pool: UserPool) -> Outputs:
    """The outputs by name."""
    return {
        "websocket_url": websocket_url,
        "http_api_url": http_api_url,
        "site_url": site_url,
        "region": REGION,
        "user_pool_id": pool.pool_id,
        "user_pool_client_id": pool.client_id,
        "cognito_endpoint": pool.endpoint,
    }


def write(outputs: Outputs, file: Path) -> None:
    """In the shape of `terraform output -json`."""
    shaped = {name: {"value": value, "type": "string", "sensitive": False} for name, value in outputs.items()}
    file.parent.mkdir(parents=True, exist_ok=True)
    # Written whole, for programs that wait for the file.
    half = file.with_name(f"{file.name}.{os.getpid()}")
    half.write_text(json.dumps(shaped, indent=2) + "\n")
    half.replace(file)


def app_config(outputs: Outputs, *, mock_auth: bool) -> dict[str, Any]:
    """What the app reads at run time, so that one build serves every environment."""
    config: dict[str, Any] = {
        "websocketUrl": outputs["websocket_url"],
        "httpApiUrl": outputs["http_api_url"],
        "region": outputs["region"],
        "userPoolId": outputs["user_pool_id"],
        "userPoolClientId": outputs["user_pool_client_id"],
        "cognitoEndpoint": outputs["cognito_endpoint"],
        "signUp": "open",
        "typing": "on",
    }
    if mock_auth:
        config["mockUsers"] = [{"username": username, "password": PASSWORD} for username in USERS]
    return config
