"""What is really deployed: built twice from the lock, unpacked, and imported where nothing else is."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tools.package import archive, bytecode
from tools.package.build import MAX_UNZIPPED_BYTES, Built, build
from tools.package.dependencies import LAMBDA, LOCAL

pytestmark = pytest.mark.slow

ELF_ARM64 = 183
LARGEST_LAYER = 40 * 1024 * 1024
"""Unzipped. Lambda takes six times that; a layer that grows past it has something in it that nobody wanted."""

IMPORT = """
import importlib, json, sys
sys.path[:0] = sys.argv[2:]
handler = importlib.import_module("handler").handler
assert callable(handler)
places = {name: getattr(module, "__file__", None) or "" for name, module in sys.modules.items()}
print(json.dumps([name for name, place in places.items() if place.startswith(sys.argv[1])]))
"""
CLIENT = """
import sys
sys.path[:0] = sys.argv[1:]
import botocore.session
client = botocore.session.get_session().create_client("dynamodb", region_name="eu-west-1")
print(client.meta.endpoint_url)
"""
ROOT = str(Path(__file__).resolve().parents[2])


@pytest.fixture(scope="module")
def for_lambda(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Built]:
    """Two builds that share nothing but pip's cache."""
    first, second = (
        build(folder / "build", LAMBDA, bytecode.for_lambda(), folder / "cache")
        for folder in (tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("another"))
    )
    return first, second


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build for this interpreter, unpacked as Lambda does: `opt` and one folder for each function."""
    folder = tmp_path_factory.mktemp("local")
    built = build(folder / "build", LOCAL, bytecode.running(), folder / "cache")
    for name, file in {"opt": built.layer, **built.functions}.items():
        with zipfile.ZipFile(file) as archive_file:
            archive_file.extractall(folder / name)
    return folder


def clean_interpreter(code: str, *arguments: str | Path) -> str:
    """What code prints where only the standard library is."""
    run = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, *map(str, arguments)],
        env={"AWS_REGION": "eu-west-1", "PARLEY_TABLE_PREFIX": "parley-test"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_two_builds_in_two_folders_are_byte_identical(for_lambda: tuple[Built, Built]) -> None:
    first, second = for_lambda

    assert first.layer.read_bytes() == second.layer.read_bytes()
    assert first.functions.keys() == second.functions.keys()
    for name, file in first.functions.items():
        assert file.read_bytes() == second.functions[name].read_bytes(), name


def test_what_is_compiled_is_compiled_for_lambda(for_lambda: tuple[Built, Built]) -> None:
    with zipfile.ZipFile(for_lambda[0].layer) as layer:
        libraries = [name for name in layer.namelist() if ".so" in name]
        machines = {name: int.from_bytes(layer.read(name)[18:20], "little") for name in libraries}
        names = set(layer.namelist())

    assert any("pydantic_core" in name for name in libraries)
    assert set(machines.values()) == {ELF_ARM64}
    if bytecode.for_lambda():
        sources = {name for name in names if name.endswith(".py")}
        compiled = {name for name in names if name.endswith(".cpython-313.pyc")}
        assert len(compiled) == len(sources)


def test_the_layer_holds_what_runs_and_no_more(for_lambda: tuple[Built, Built]) -> None:
    with zipfile.ZipFile(for_lambda[0].layer) as layer:
        names = layer.namelist()

    assert {name.split("/")[0] for name in names} == {"python"}
    top = {name.split("/")[1] for name in names}
    assert {"shared", "pynamodb", "pydantic", "jose", "cryptography", "botocore"} <= top
    assert top.isdisjoint({"boto3", "s3transfer", "local", "tests", "lambdas", "bin", "pip", "certifi"})
    assert not [name for name in names if ".dist-info/" in name or "/tests/" in name]
    size = archive.unzipped_bytes(for_lambda[0].layer)
    assert size < LARGEST_LAYER < MAX_UNZIPPED_BYTES


@pytest.mark.parametrize(
    "function", sorted(each.name for each in Path(ROOT, "lambdas").iterdir() if each.name[0] != "_")
)
def test_a_handler_finds_all_it_needs_in_its_zip_and_the_layer(unpacked: Path, function: str) -> None:
    from_the_repository = clean_interpreter(IMPORT, ROOT, unpacked / function, unpacked / "opt" / "python")

    assert json.loads(from_the_repository) == []


def test_the_trimmed_botocore_still_makes_a_client_of_dynamodb(unpacked: Path) -> None:
    printed = clean_interpreter(CLIENT, unpacked / "opt" / "python")

    assert printed.strip() == "https://dynamodb.eu-west-1.amazonaws.com"
