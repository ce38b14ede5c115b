"""Zips that are the same byte for byte whenever their contents are."""

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

Entries = dict[str, bytes]
"""Contents by their path in the zip."""

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_READABLE_FILE = 0o100644 << 16
_SOURCES = {".py", ".pem", ".yaml"}


def write(file: Path, entries: Mapping[str, bytes]) -> None:
    """Write a zip: entries by name, all of one age, readable by everybody, as Lambda's user is none of ours."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".unfinished")
    with zipfile.ZipFile(unfinished, "w") as archive:
        for name in sorted(entries):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.create_system = _UNIX
            entry.external_attr = _READABLE_FILE
            archive.writestr(entry, entries[name], zipfile.ZIP_DEFLATED, compresslevel=9)
    unfinished.replace(file)


def unzipped_bytes(file: Path) -> int:
    """What a zip takes once it is unpacked."""
    with zipfile.ZipFile(file) as archive:
        return sum(entry.file_size for entry in archive.infolist())


def files(folder: Path) -> Iterator[Path]:
    """The files below a folder in a fixed order."""
    return (file for file in sorted(folder.rglob("*")) if file.is_file())


def sources(folder: Path) -> Iterator[Path]:
    """The same without what Python, editors and file managers leave behind."""
    return (file for file in files(folder) if file.suffix in _SOURCES and not file.name.startswith("."))


def read(folder: Path, prefix: str) -> Entries:
    """All files of a folder, below `prefix`."""
    return {f"{prefix}{file.relative_to(folder).as_posix()}": file.read_bytes() for file in files(folder)}
