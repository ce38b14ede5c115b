"""Building the zips: reproducibly, no more than needed, and never more than Lambda takes. pip is a stand-in here."""

import importlib.util
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tools.package import build as building
from tools.package import bytecode, dependencies
from tools.package.build import Built, PackageTooLarge, Sources, build
from tools.package.bytecode import Compiler
from tools.package.dependencies import LAMBDA, Platform

UNCHECKED = (1).to_bytes(4, "little")
"""The flags of a .pyc that is not compared with its source (PEP 552)."""


@dataclass
class Workshop:
    """A folder with sources, where zips are built."""

    folder: Path

    def __post_init__(self) -> None:
        self.write("shared/__init__.py", "")
        self.write("shared/greeting.py", "WORDS = {'hello', 'good day', 'hi'}\n")
        self.add("greet")

    def write(self, name: str, text: str) -> None:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def add(self, function: str) -> None:
        self.write(f"lambdas/{function}/handler.py", "from shared import greeting\n\nhandler = greeting.WORDS.pop\n")
        self.write(f"lambdas/{function}/function.yaml", "description: Greets.\ntrigger: {route: greet}\n")

    def build(self, compiler: Compiler | None = None) -> Built:
        sources = Sources(self.folder / "shared", self.folder / "lambdas")
        return build(self.folder / "build", LAMBDA, compiler, self.folder / "cache", sources)

    def zips(self) -> dict[str, bytes]:
        out = self.folder / "build"
        return {file.relative_to(out).as_posix(): file.read_bytes() for file in out.rglob("*.zip")}


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The platforms for which packages were installed."""
    asked: list[str] = []

    def install(platform: Platform, target: Path) -> None:
        asked.append(platform.tag)
        (target / "package").mkdir(parents=True)
        (target / "package" / "__init__.py").write_text("NUMBERS = {1, 2, 3}\n")

    monkeypatch.setattr(dependencies, "install", install)
    return asked


@pytest.fixture
def workshop(tmp_path: Path, installed: list[str]) -> Workshop:
    return Workshop(tmp_path / "here")


def names(file: Path) -> set[str]:
    with zipfile.ZipFile(file) as archive:
        return set(archive.namelist())


def test_the_layer_has_packages_and_shared_and_a_function_has_its_handler(workshop: Workshop) -> None:
    built = workshop.build()

    assert names(built.layer) == {
        "python/package/__init__.py",
        "python/shared/__init__.py",
        "python/shared/greeting.py",
    }
    assert {name: names(file) for name, file in built.functions.items()} == {"greet": {"handler.py"}}


def test_two_folders_give_the_same_bytes(workshop: Workshop, tmp_path: Path) -> None:
    other = Workshop(tmp_path / "some" / "where" / "else")

    workshop.build(bytecode.running())
    other.build(bytecode.running())

    assert workshop.zips() == other.zips() != {}


def test_bytecode_is_never_compared_with_its_source_and_names_the_place_in_lambda(workshop: Workshop) -> None:
    built = workshop.build(bytecode.running())

    for file, name, place in (
        (built.layer, "python/shared/{}greeting{}", b"/opt/python/shared/greeting.py"),
        (built.layer, "python/package/{}__init__{}", b"/opt/python/package/__init__.py"),
        (built.functions["greet"], "{}handler{}", b"/var/task/handler.py"),
    ):
        compiled = importlib.util.cache_from_source(name.format("", ".py"))
        with zipfile.ZipFile(file) as archive:
            code = archive.read(compiled)
        assert code.startswith(importlib.util.MAGIC_NUMBER + UNCHECKED)
        assert place in code
        assert str(workshop.folder).encode() not in code


def test_nothing_is_built_when_nothing_has_changed(workshop: Workshop) -> None:
    first = workshop.build()
    again = workshop.build()

    assert (first.changed, again.changed) == (True, False)


@pytest.mark.parametrize("name", ["shared/greeting.py", "shared/new.py", "lambdas/greet/handler.py"])
def test_a_change_is_built_without_installing_again(workshop: Workshop, installed: list[str], name: str) -> None:
    workshop.build()
    before = workshop.zips()

    workshop.write(name, "handler = WORDS = print\n")

    assert workshop.build().changed
    assert workshop.zips() != before
    assert installed == ["lambda-arm64"]


def test_a_new_function_changes_no_other_zip_and_a_removed_one_leaves_none(workshop: Workshop) -> None:
    workshop.build()
    before = workshop.zips()

    workshop.add("wave")
    workshop.build()
    assert {name: content for name, content in workshop.zips().items() if name != "functions/wave.zip"} == before

    for file in (workshop.folder / "lambdas" / "wave").iterdir():
        file.unlink()
    (workshop.folder / "lambdas" / "wave").rmdir()
    workshop.build()
    assert workshop.zips() == before


def test_a_lost_zip_is_built_again(workshop: Workshop) -> None:
    built = workshop.build()
    built.functions["greet"].unlink()

    assert workshop.build().changed
    assert built.functions["greet"].exists()


@pytest.mark.parametrize(
    ("limit", "told"), [("MAX_ZIP_BYTES", "layer.zip has "), ("MAX_UNZIPPED_BYTES", "greet and the layer unpack to ")]
)
def test_what_lambda_would_not_take_is_refused_every_time(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, limit: str, told: str
) -> None:
    monkeypatch.setattr(building, limit, 10)

    for _ in range(2):
        with pytest.raises(PackageTooLarge, match=told):
            workshop.build()


def test_an_interpreter_of_another_version_compiles_nothing_for_lambda(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bytecode, "LAMBDA_VERSION", (9, 99))
    bytecode.for_lambda.cache_clear()
    try:
        assert bytecode.for_lambda() is None
    finally:
        bytecode.for_lambda.cache_clear()
