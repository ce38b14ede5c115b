"""Tests give the same result in any environment."""

import os
import subprocess
import sys

from local.settings import ROOT

HOSTILE = {
    "AWS_PROFILE": "nobody",
    "AWS_CONFIG_FILE": "/nonexistent",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "https_proxy": "http://127.0.0.1:9",
    "DYNAMODB_ENDPOINT": "http://127.0.0.1:9",
    "PARLEY_LIMIT_SENDS": "1",
}
A_FEW = (
    "tests/unit/tools/test_deploy.py",
    "tests/unit/aws/test_credentials.py",
    "tests/unit/repository/test_limits_in_docs.py",
    "tests/integration/memberships/test_members.py",
    "tests/local/test_http_api.py",
)


def test_the_environment_of_a_developer_changes_no_result() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-k", "not dynamodb-local", *A_FEW]
    run = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **HOSTILE}, capture_output=True, text=True, timeout=300, check=False
    )

    assert run.returncode == 0, run.stdout
