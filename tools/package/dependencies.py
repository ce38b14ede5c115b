"""The packages of the layer: installed by pip as the lock says, for another machine than this, and trimmed."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from local.settings import ROOT
from tools.package import archive
from tools.package.bytecode import LAMBDA_VERSION

LOCK = ROOT / "requirements-lambda.lock"

_PLATFORMS = ("manylinux2014_aarch64", "manylinux_2_28_aarch64")
"""Amazon Linux 2023, on which Lambda runs Python 3.13, has glibc 2.34."""

_UNUSED_SUFFIXES = {".h", ".pyi", ".typed"}
_BOTOCORE_DATA = {
    "_retry.json",
    "endpoints.json",
    "partitions.json",
    "sdk-default-configuration.json",
    "dynamodb/2012-08-10/endpoint-rule-set-1.json.gz",
    "dynamodb/2012-08-10/service-2.json.gz",
}
"""Parley builds no botocore client, and so reads none of it. This is what PynamoDB's own client of DynamoDB would."""


class DependenciesMissing(Exception):
    """pip could not get the packages; the text is what it said."""


@dataclass(frozen=True)
class Platform:
    """Where the layer will run: `pip_options` choose the wheels, `tag` says it in names of folders."""

    tag: str
    pip_options: tuple[str, ...]


LAMBDA = Platform(
    "lambda-arm64",
    (
        *(option for name in _PLATFORMS for option in ("--platform", name)),
        *("--implementation", "cp", "--python-version", ".".join(map(str, LAMBDA_VERSION))),
    ),
)
LOCAL = Platform(f"local-{sys.implementation.cache_tag}", ())
"""This interpreter, for an emulator that runs functions by itself."""


def install(platform: Platform, target: Path) -> None:
    """Put the packages into a folder, which must be empty. Raises DependenciesMissing."""
    exactly = ["--no-deps", "--only-binary=:all:", "--require-hashes", "--requirement", str(LOCK)]
    there = ["--no-compile", "--target", str(target), *platform.pip_options]
    run = subprocess.run(  # noqa: S603 - pip of this interpreter
        [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *exactly, *there],
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode != 0:
        raise DependenciesMissing(run.stderr.strip() or run.stdout.strip())
    _trim(target)


def _trim(target: Path) -> None:
    """Remove what nothing reads when a function runs."""
    for folder in [*target.glob("*.dist-info"), target / "bin"]:
        shutil.rmtree(folder, ignore_errors=True)
    for file in archive.files(target):
        if file.suffix in _UNUSED_SUFFIXES:
            file.unlink()
    data = target / "botocore" / "data"
    for file in archive.files(data):
        if file.relative_to(data).as_posix() not in _BOTOCORE_DATA:
            file.unlink()
    _only_dynamodb(data / "endpoints.json")


def _only_dynamodb(endpoints: Path) -> None:
    """Of 400 services' endpoints only one's: botocore parses the whole file for its first client."""
    content = json.loads(endpoints.read_text(encoding="utf-8"))
    for partition in content["partitions"]:
        partition["services"] = {"dynamodb": partition["services"]["dynamodb"]}
    endpoints.write_text(json.dumps(content, sort_keys=True), encoding="utf-8")
