"""Which way imports go, what a handler is, and what no code may do.

lambdas → edge → features → realtime → (db, identity) → aws → core → the protocol's words and limits
"""

import ast
import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from shared.db.registry import TABLES
from shared.protocol.operations import COMMANDS, EVENTS

ROOT = Path(__file__).resolve().parents[3]
SHARED = sorted((ROOT / "shared").rglob("*.py"))
LAMBDAS = sorted((ROOT / "lambdas").rglob("*.py"))
FOLDERS = sorted(folder for folder in (ROOT / "lambdas").iterdir() if folder.is_dir() and folder.name != "__pycache__")
FEATURES = sorted(
    folder for folder in (ROOT / "shared" / "features").iterdir() if folder.is_dir() and folder.name != "__pycache__"
)

WORDS = {"shared.protocol.vocabulary", "shared.protocol.limits"}
"""They import nothing of ours, and every layer may import them."""

MAY_IMPORT: dict[str, set[str]] = {
    "core": set(),
    "protocol": {"core"},
    "aws": {"core"},
    "identity": {"aws", "core"},
    "db": {"aws", "core"},
    "realtime": {"db", "identity", "aws", "protocol", "core"},
    "features": {"realtime", "db", "identity", "aws", "protocol", "core"},
    "edge": {"features", "realtime", "db", "identity", "aws", "protocol", "core"},
}
"""Which other layers of `shared` a layer may import."""

NOWHERE = {"boto3", "aiobotocore", "httpx", "requests", "aiohttp", "urllib3", "awscrt", "aws_xray_sdk", "moto"}


@cache
def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(), str(file))


def _imports(file: Path) -> Iterator[str]:
    """The dotted names of what a file imports, wherever it does: for `from a import b` both a and a.b."""
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative imports hide where they lead"
            assert node.module is not None
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _layer(file: Path) -> str:
    return file.relative_to(ROOT / "shared").parts[0].removesuffix(".py")


def _layers_imported(file: Path) -> set[str]:
    names = (name for name in _imports(file) if not any(name == word or name.startswith(f"{word}.") for word in WORDS))
    parts = (name.split(".") for name in names if name != "shared.protocol")
    return {name[1] for name in parts if name[0] == "shared" and len(name) > 1}


def _name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def test_every_layer_of_shared_has_its_place() -> None:
    assert {_layer(file) for file in SHARED} == {*MAY_IMPORT, "__init__"}


def test_layers_do_not_import_in_a_circle() -> None:
    placed: set[str] = set()
    while len(placed) < len(MAY_IMPORT):
        free = {layer for layer, below in MAY_IMPORT.items() if layer not in placed and below <= placed}
        assert free
        placed |= free


@pytest.mark.parametrize("file", SHARED, ids=_name)
def test_imports_go_down(file: Path) -> None:
    layer = _layer(file)

    assert _layers_imported(file) - {layer} <= MAY_IMPORT.get(layer, set())


def _public_modules(feature: Path) -> set[str]:
    """What `__all__` of a feature's package names: the modules that other features may import."""
    for node in _tree(feature / "__init__.py").body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            names: list[str] = ast.literal_eval(node.value)
            return set(names)
    return set()


@pytest.mark.parametrize("feature", FEATURES, ids=_name)
def test_a_feature_exports_modules_that_exist(feature: Path) -> None:
    assert _public_modules(feature) <= {file.stem for file in feature.glob("*.py")}


@pytest.mark.parametrize("file", [file for file in SHARED if _layer(file) in ("features", "edge")], ids=_name)
def test_a_feature_is_reached_through_what_it_exports(file: Path) -> None:
    own = file.parent.name
    for name in _imports(file):
        parts = name.split(".")
        if parts[:2] == ["shared", "features"] and len(parts) > 3 and parts[2] != own:
            assert parts[3] in _public_modules(ROOT / "shared" / "features" / parts[2]), name


@pytest.mark.parametrize("feature", FEATURES, ids=_name)
def test_a_package_imports_nothing_by_itself(feature: Path) -> None:
    assert list(_imports(feature / "__init__.py")) == []


@pytest.mark.parametrize("file", [file for file in SHARED if file.name == "policy.py"], ids=_name)
def test_policies_do_no_input_or_output(file: Path) -> None:
    imported = {name for name in _imports(file) if name.startswith("shared.")}

    assert all(name.startswith(("shared.core.errors", "shared.protocol")) for name in imported)


TABLE_FILES = {path.partition(":")[0].replace(".", "/") + ".py" for path in TABLES.values()}


@pytest.mark.parametrize("file", SHARED, ids=_name)
def test_pynamodb_and_dynamodbs_json_stay_in_tables_and_db(file: Path) -> None:
    imports_pynamodb = any(name.split(".")[0] == "pynamodb" for name in _imports(file))

    assert not imports_pynamodb or _name(file) in TABLE_FILES or _layer(file) in ("db", "aws")


@pytest.mark.parametrize("path", [*TABLES.values(), *COMMANDS.values(), *EVENTS.values()])
def test_registries_name_classes_that_exist(path: str) -> None:
    module, _, name = path.partition(":")

    assert isinstance(getattr(importlib.import_module(module), name), type)


@pytest.mark.parametrize("file", SHARED, ids=_name)
def test_what_is_shipped_imports_nothing_of_what_is_not(file: Path) -> None:
    assert {name.split(".")[0] for name in _imports(file)}.isdisjoint({"local", "tools", "tests", "lambdas", "infra"})


@pytest.mark.parametrize("file", [*SHARED, *LAMBDAS], ids=_name)
def test_no_heavy_client_is_imported_anywhere(file: Path) -> None:
    assert {name.split(".")[0] for name in _imports(file)}.isdisjoint(NOWHERE)


@pytest.mark.parametrize("file", SHARED, ids=_name)
def test_only_identity_reads_tokens(file: Path) -> None:
    reads_tokens = any(name.split(".")[0] in ("jose", "cryptography") for name in _imports(file))

    assert reads_tokens == (_name(file) == "shared/identity/tokens.py")


@pytest.mark.parametrize("file", [*SHARED, *LAMBDAS], ids=_name)
def test_nothing_scans_a_table(file: Path) -> None:
    names = {node.attr for node in ast.walk(_tree(file)) if isinstance(node, ast.Attribute)}
    words = {node.value for node in ast.walk(_tree(file)) if isinstance(node, ast.Constant)}

    assert names.isdisjoint({"scan", "rate_limited_scan", "parallel_scan"})
    assert "Scan" not in words


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_a_function_may_not_scan(folder: Path) -> None:
    assert "Scan" not in (folder / "function.yaml").read_text()


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_a_function_is_a_handler_of_a_few_lines_and_its_file(folder: Path) -> None:
    assert {each.name for each in folder.iterdir()} - {"__pycache__"} == {"handler.py", "function.yaml"}
    assert len((folder / "handler.py").read_text().splitlines()) <= 40


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_a_handler_only_joins_what_shared_has(folder: Path) -> None:
    tree = _tree(folder / "handler.py")
    assigned = [node for node in tree.body if isinstance(node, ast.Assign)]

    assert {name.split(".")[0] for name in _imports(folder / "handler.py")} == {"shared"}
    assert [ast.unparse(target) for node in assigned for target in node.targets] == ["handler"]
    assert not any(isinstance(node, ast.FunctionDef | ast.ClassDef | ast.If) for node in ast.walk(tree))


def _public(node: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Public functions, classes and their methods; PynamoDB's `Meta` is its own affair."""
    for child in node.body:
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not child.name.startswith("_"):
            if child.name == "Meta":
                continue
            yield child
            if isinstance(child, ast.ClassDef):
                yield from _public(child)


@pytest.mark.parametrize("file", [*SHARED, *LAMBDAS], ids=_name)
def test_what_is_public_says_what_it_is(file: Path) -> None:
    if _name(file) == "shared/__init__.py":
        return
    assert ast.get_docstring(_tree(file)), "the module"
    assert [node.name for node in _public(_tree(file)) if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("file", SHARED, ids=_name)
def test_a_file_does_one_thing(file: Path) -> None:
    lines = len(file.read_text().splitlines())

    assert lines <= 200


@pytest.mark.parametrize("file", [*SHARED, *LAMBDAS], ids=_name)
def test_nothing_is_printed_where_it_would_escape_the_log_format(file: Path) -> None:
    calls = (node.func for node in ast.walk(_tree(file)) if isinstance(node, ast.Call))

    assert not any(isinstance(called, ast.Name) and called.id == "print" for called in calls)


@pytest.mark.parametrize("file", SHARED, ids=_name)
def test_exceptions_are_never_logged_with_their_words(file: Path) -> None:
    calls = [node for node in ast.walk(_tree(file)) if isinstance(node, ast.Call)]

    assert not any(isinstance(call.func, ast.Attribute) and call.func.attr == "exception" for call in calls)
    assert not any(keyword.arg == "exc_info" for call in calls for keyword in call.keywords)
