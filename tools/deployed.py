"""What `make smoke` and `make sample` do with an environment that is deployed."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import boto3

from local.settings import ROOT
from tools import sample


def smoke(outputs: bytes, environment: str, variables: Mapping[str, str]) -> int:
    """Run the end-to-end tests against it; pytest's exit code. They make accounts in its user pool."""
    file = ROOT / "build" / f"outputs-{environment}.json"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(outputs)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "tests/e2e"],
        cwd=ROOT,
        env={**variables, "PARLEY_OUTPUTS": str(file)},
        check=False,
    ).returncode


def write_sample(outputs: bytes, region: str) -> int:
    """Write the sample rooms. It makes accounts for alice, bob and carol, and prints their new passwords."""
    values = {name: output["value"] for name, output in json.loads(outputs).items()}
    cognito: Any = boto3.client("cognito-idp", region_name=region)
    tokens = {}
    for name in sample.PEOPLE:
        password = sample.ensure_person(cognito, values["user_pool_id"], name)
        tokens[name] = sample.access_token(cognito, values["user_pool_client_id"], name, password)
        print(f"{name}: {password}")
    asyncio.run(sample.write(values["websocket_url"], tokens))
    print(f"The rooms {sample.WELCOME} and {sample.PLANNING} are at {values['site_url']}")
    return 0
