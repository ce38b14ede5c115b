"""Zips that say nothing of when, where and by whom they were made."""

import os
import zipfile
from pathlib import Path

from tools.package import archive

CONTENT = {"b/two.py": b"2\n" * 1000, "a.py": b"1\n", "__pycache__/a.cpython-313.pyc": b"\x00"}


def test_the_same_contents_are_the_same_bytes_in_whatever_order_they_come(tmp_path: Path) -> None:
    archive.write(tmp_path / "one" / "a.zip", CONTENT)
    archive.write(tmp_path / "b.zip", dict(reversed(CONTENT.items())))

    assert (tmp_path / "one" / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_everybody_may_read_what_is_in_it(tmp_path: Path) -> None:
    archive.write(tmp_path / "a.zip", CONTENT)

    with zipfile.ZipFile(tmp_path / "a.zip") as written:
        assert written.namelist() == sorted(CONTENT)
        assert {entry.external_attr >> 16 for entry in written.infolist()} == {0o100644}
        assert {entry.date_time for entry in written.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {name: written.read(name) for name in written.namelist()} == CONTENT
    assert [file.name for file in tmp_path.iterdir()] == ["a.zip"]


def test_its_unzipped_size_is_that_of_its_contents(tmp_path: Path) -> None:
    archive.write(tmp_path / "a.zip", CONTENT)

    assert archive.unzipped_bytes(tmp_path / "a.zip") == 2003


def test_what_tools_leave_in_a_folder_is_no_source(tmp_path: Path) -> None:
    for name in ("a.py", ".a.py.swp", ".hidden.py", "a.py~", "roots.pem", "__pycache__/a.cpython-311.pyc", "deep/b.py"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.touch()

    found = [file.relative_to(tmp_path).as_posix() for file in archive.sources(tmp_path)]

    assert found == ["a.py", "deep/b.py", "roots.pem"]


def test_files_are_read_with_their_prefix(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.py").write_bytes(b"1")
    os.utime(tmp_path / "deep" / "a.py", (1, 1))

    assert archive.read(tmp_path, "python/") == {"python/deep/a.py": b"1"}
