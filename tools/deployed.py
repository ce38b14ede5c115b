"""What `make smoke`, `make sample` and `make canary` do with an environment that is deployed."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import boto3

from local.settings import ROOT
from tools import canary, sample


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


def _values(outputs: bytes) -> dict[str, Any]:
    return {name: output["value"] for name, output in json.loads(outputs).items()}


def ensure_canary(outputs: bytes, region: str) -> None:
    """Give the canary its account, where there is a canary and it has none."""
    parameter = _values(outputs).get("canary_parameter")
    if parameter and not canary.has_password(boto3.client("ssm", region_name=region), parameter):
        renew_canary(outputs, region)


def renew_canary(outputs: bytes, region: str) -> int:
    """Make the canary's account and give it a new password, which its function reads."""
    values = _values(outputs)
    parameter = values.get("canary_parameter")
    if parameter is None:
        print("There is no canary: set canary_minutes, and `make deploy`.", file=sys.stderr)
        return 1
    cognito, ssm = boto3.client("cognito-idp", region_name=region), boto3.client("ssm", region_name=region)
    canary.renew_password(cognito, ssm, values["user_pool_id"], parameter)
    print(f"The canary has a new password, in the SSM parameter {parameter}.")
    return 0


def write_sample(outputs: bytes, region: str) -> int:
    """Write the sample rooms. It makes accounts for alice, bob and carol, and prints their new passwords."""
    values = _values(outputs)
    cognito: Any = boto3.client("cognito-idp", region_name=region)
    tokens = {}
    for name in sample.PEOPLE:
        password = sample.ensure_person(cognito, values["user_pool_id"], name)
        tokens[name] = sample.access_token(cognito, values["user_pool_client_id"], name, password)
        print(f"{name}: {password}")
    asyncio.run(sample.write(values["websocket_url"], tokens))
    print(f"The rooms {sample.WELCOME} and {sample.PLANNING} are at {values['site_url']}")
    return 0
