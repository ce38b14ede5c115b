"""Building all zips, or nothing when nothing has changed."""

import hashlib
import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from local.settings import ROOT
from tools import function_files
from tools.package import archive, dependencies
from tools.package.archive import Entries
from tools.package.bytecode import Compiler
from tools.package.dependencies import Platform

LAYER_MOUNT = "/opt/python"
FUNCTION_MOUNT = "/var/task"
"""Where Lambda unpacks them: what a traceback shows."""

MAX_ZIP_BYTES = 50 * 1024 * 1024
MAX_UNZIPPED_BYTES = 250 * 1024 * 1024
"""For an upload, and for a function with its layers.
https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"""


class PackageTooLarge(Exception):
    """Lambda would not take it; the text says what and by how much."""


@dataclass(frozen=True)
class Sources:
    """What goes into the zips. Tests build from copies."""

    shared: Path = ROOT / "shared"
    lambdas: Path = function_files.LAMBDAS


@dataclass(frozen=True)
class Built:
    """The zips; `changed` says whether they were built now."""

    layer: Path
    functions: dict[str, Path]
    changed: bool


def build(
    out: Path, platform: Platform, compiler: Compiler | None, cache: Path, sources: Sources | None = None
) -> Built:
    """Zips of the layer and of every function in `out`. Raises DependenciesMissing or PackageTooLarge.

    `cache` keeps what pip installed, which changes seldom.
    """
    sources = sources or Sources()
    folders = {folder.name: folder for folder in function_files.folders(sources.lambdas)}
    built = Built(out / "layer.zip", {name: out / "functions" / f"{name}.zip" for name in folders}, changed=True)
    stamp = out / "built-from.json"
    inputs = {
        "dependencies": _dependencies_id(platform, compiler),
        "sources": _digest(sources.shared, sources.lambdas),
    }
    zips = [built.layer, *built.functions.values()]
    if stamp.exists() and json.loads(stamp.read_text()) == inputs and all(file.exists() for file in zips):
        return Built(built.layer, built.functions, changed=False)
    stamp.unlink(missing_ok=True)
    shutil.rmtree(out / "functions", ignore_errors=True)
    packages = _dependencies(platform, compiler, cache / inputs["dependencies"])
    shared = _compiled(sources.shared, "shared/", compiler, LAYER_MOUNT)
    archive.write(built.layer, {f"python/{name}": content for name, content in {**packages, **shared}.items()})
    for name, folder in folders.items():
        code = _compiled(folder, "", compiler, FUNCTION_MOUNT)
        archive.write(built.functions[name], {path: code[path] for path in code if path != "function.yaml"})
    _check_sizes(built)
    stamp.write_text(json.dumps(inputs))
    return built


def _dependencies_id(platform: Platform, compiler: Compiler | None) -> str:
    made_by = _digest(Path(__file__).parent)
    asked_for = hashlib.sha256(dependencies.LOCK.read_bytes() + made_by.encode()).hexdigest()
    return f"{platform.tag}-{compiler.release if compiler else 'sources'}-{asked_for[:16]}"


def _dependencies(platform: Platform, compiler: Compiler | None, kept: Path) -> Entries:
    """The installed packages, from the last time if they are the same."""
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as temporary:
            packages = Path(temporary, "python")
            dependencies.install(platform, packages)
            if compiler:
                compiler.compile(packages, LAYER_MOUNT)
            try:
                packages.replace(kept)
            except OSError:
                if not kept.exists():  # unless another build has just done the same
                    raise
    return archive.read(kept, "")


def _compiled(folder: Path, prefix: str, compiler: Compiler | None, mount: str) -> Entries:
    """A folder's sources with their bytecode."""
    with tempfile.TemporaryDirectory() as temporary:
        for file in archive.sources(folder):
            copy = Path(temporary, prefix, file.relative_to(folder))
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
        if compiler:
            compiler.compile(Path(temporary), mount)
        return archive.read(Path(temporary), "")


def _digest(*folders: Path) -> str:
    """Of names and contents, wherever the folders are."""
    digest = hashlib.sha256()
    for folder in folders:
        for file in archive.sources(folder):
            content = file.read_bytes()
            digest.update(f"{file.relative_to(folder)} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _check_sizes(built: Built) -> None:
    layer = archive.unzipped_bytes(built.layer)
    for file in (built.layer, *built.functions.values()):
        if file.stat().st_size > MAX_ZIP_BYTES:
            raise PackageTooLarge(f"{file} has {file.stat().st_size:,} bytes; Lambda takes {MAX_ZIP_BYTES:,}")
    for name, file in built.functions.items():
        if (unzipped := layer + archive.unzipped_bytes(file)) > MAX_UNZIPPED_BYTES:
            raise PackageTooLarge(
                f"{name} and the layer unpack to {unzipped:,} bytes; Lambda takes {MAX_UNZIPPED_BYTES:,}"
            )
