"""What importing a handler brings in: cold starts are paid by whoever speaks first.

Each handler is imported in an interpreter of its own, as Lambda does it.
"""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest

from shared.db.registry import TABLES
from tools.function_files import read_all

ROOT = Path(__file__).resolve().parents[3]
FUNCTIONS = sorted(each.parent.name for each in (ROOT / "lambdas").glob("*/handler.py"))

NEVER = {
    "boto3",
    "s3transfer",
    "awscrt",
    "aws_xray_sdk",
    "aws_lambda_powertools",
    "aiohttp",
    "httpx",
    "requests",
    "urllib3",
    "jmespath",
    "dateutil",
    "moto",
    "ministack",
    "yaml",
    "hypothesis",
    "pytest",
    "asyncio",
    "local",
    "tests",
}
FOR_TOKENS = {"jose", "cryptography"}
WITHOUT_TABLES = {"authorize", "canary", "health"}
NEVER_MODULES = ("botocore.client", "botocore.session", "pydantic.v1", "pydantic.deprecated")

LIST_MODULES = """
import importlib, json, sys
before = set(sys.modules)
handler = importlib.import_module(sys.argv[1]).handler
assert callable(handler)
print(json.dumps(sorted(set(sys.modules) - before)))
"""


def _imported_by(function: str) -> frozenset[str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PARLEY_", "AWS_", "COV_", "PYTEST_"))
    }
    finished = subprocess.run(
        [sys.executable, "-c", LIST_MODULES, f"lambdas.{function}.handler"],
        cwd=ROOT,
        env={**environment, "PARLEY_TABLE_PREFIX": "parley-unit", "AWS_REGION": "eu-west-1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    assert finished.stderr == ""
    return frozenset(json.loads(finished.stdout))


@cache
def _imported() -> dict[str, frozenset[str]]:
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(FUNCTIONS, pool.map(_imported_by, FUNCTIONS), strict=True))


def _packages(function: str) -> set[str]:
    return {module.partition(".")[0] for module in _imported()[function]}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_handler_imports_what_a_cold_start_cannot_afford(function: str) -> None:
    assert _packages(function) & NEVER == set()
    assert {module for module in _imported()[function] if module.startswith(NEVER_MODULES)} == set()


@pytest.mark.parametrize("function", FUNCTIONS)
def test_only_the_authorizer_brings_cryptography_and_who_needs_no_tables_brings_none(function: str) -> None:
    assert _packages(function) & FOR_TOKENS == (FOR_TOKENS if function == "authorize" else set())
    assert ("pynamodb" in _packages(function)) == (function not in WITHOUT_TABLES)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_packages_of_a_handler_are_the_ones_we_know(function: str) -> None:
    ours = {"lambdas", "shared"}
    for_wire = {"pydantic", "pydantic_core", "annotated_types", "typing_extensions", "typing_inspection"}
    for_tables = {"pynamodb", "botocore"}
    for_tokens = {"jose", "cryptography", "_cffi_backend", "pyasn1", "rsa", "ecdsa"}
    for_canary = {"websockets"} if function == "canary" else set()
    known = ours | for_canary | (for_tokens | {"botocore"} if function == "authorize" else for_wire | for_tables)

    foreign = {
        package
        for package in _packages(function) - known
        if package not in sys.stdlib_module_names and not package.startswith("_")
    }
    assert foreign == set()


FILES = read_all()


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_handler_loads_the_tables_that_it_uses_and_no_others(function: str) -> None:
    loaded = {table for table, path in TABLES.items() if path.partition(":")[0] in _imported()[function]}

    assert loaded == set(FILES[function].all_tables)


def test_there_are_functions_to_look_at() -> None:
    assert {"authorize", "connect", "send_message", "fan_out"} <= set(FUNCTIONS)
