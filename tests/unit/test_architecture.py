"""The house as drawn in the design: which way imports go, what a handler is, what is nowhere.

lambdas → runtime → chat → (delivery, models, identity) → aws → (protocol, errors, settings, clock, ids)
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = sorted((ROOT / "shared").rglob("*.py"))
LAMBDAS = sorted((ROOT / "lambdas").rglob("*.py"))
FOLDERS = sorted(each for each in (ROOT / "lambdas").iterdir() if each.is_dir() and each.name != "__pycache__")

GROUND = {"protocol", "errors", "settings", "clock", "ids"}
MAY_IMPORT: dict[str, set[str]] = {
    "errors": {"protocol"},
    "settings": set(),
    "clock": set(),
    "ids": set(),
    "protocol": set(),
    "aws": GROUND,
    "identity": {"aws", *GROUND},
    "models": {"aws", *GROUND},
    "delivery": {"models", "identity", "aws", *GROUND},
    "chat": {"delivery", "models", "identity", "aws", *GROUND},
    "runtime": {"chat", "delivery", "identity", "aws", *GROUND},
}
"""What the modules of a room of `shared` may import from the other rooms. `models` is reached through `chat`."""

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


def _room(file: Path) -> str:
    return file.relative_to(ROOT / "shared").parts[0].removesuffix(".py")


def _rooms_imported(file: Path) -> set[str]:
    parts = (name.split(".") for name in _imports(file))
    return {name[1] for name in parts if name[0] == "shared" and len(name) > 1}


def _name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def test_every_room_of_shared_has_its_place() -> None:
    assert {_room(file) for file in SHARED} == {*MAY_IMPORT, "__init__"}


def test_the_directions_hold_no_circle() -> None:
    placed: set[str] = set()
    while len(placed) < len(MAY_IMPORT):
        free = {room for room, below in MAY_IMPORT.items() if room not in placed and below <= placed}
        assert free
        placed |= free


@pytest.mark.parametrize("file", SHARED, ids=_name)
def test_imports_go_down(file: Path) -> None:
    room = _room(file)

    assert _rooms_imported(file) - {room} <= MAY_IMPORT.get(room, set())


@pytest.mark.parametrize("file", SHARED, ids=_name)
def test_what_is_shipped_imports_nothing_of_what_is_not(file: Path) -> None:
    assert {name.split(".")[0] for name in _imports(file)}.isdisjoint({"local", "tests", "lambdas", "infra"})


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
    assert len((folder / "handler.py").read_text().splitlines()) <= 20


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

    assert lines <= 210


@pytest.mark.parametrize("file", [*SHARED, *LAMBDAS], ids=_name)
def test_nothing_is_printed_where_it_would_escape_the_log_format(file: Path) -> None:
    calls = (node.func for node in ast.walk(_tree(file)) if isinstance(node, ast.Call))

    assert not any(isinstance(called, ast.Name) and called.id == "print" for called in calls)


@pytest.mark.parametrize("file", SHARED, ids=_name)
def test_exceptions_are_never_logged_with_their_words(file: Path) -> None:
    calls = [node for node in ast.walk(_tree(file)) if isinstance(node, ast.Call)]

    assert not any(isinstance(call.func, ast.Attribute) and call.func.attr == "exception" for call in calls)
    assert not any(keyword.arg == "exc_info" for call in calls for keyword in call.keywords)
