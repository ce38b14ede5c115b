"""`lambdas/*/function.yaml`: everything about a function that is not code.

The local stack and Terraform read the same files, so that nothing about a function is said twice. Their schema is in
`function_schema`; `python -m tools.function_files` checks every file and names file, field and reason of each fault.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import yaml
from pydantic import ValidationError

from tools.function_schema import FunctionFile

LAMBDAS = Path(__file__).resolve().parent.parent / "lambdas"


class FunctionFileError(Exception):
    """A function.yaml that does not fit; each line of the text is `file:line: field: reason`."""


def read(folder: Path) -> FunctionFile:
    """The checked function file of one folder under `lambdas/`."""
    file = folder / "function.yaml"
    try:
        text = file.read_text(encoding="utf-8")
        document = yaml.compose(text, Loader=yaml.SafeLoader)
        fields = yaml.safe_load(text)
    except OSError as error:
        raise FunctionFileError(f"{file}:1: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise FunctionFileError(f"{file}:1: is not UTF-8") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise FunctionFileError(f"{file}:{line}: not YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise FunctionFileError(f"{file}:1: not YAML: {' '.join(str(error).split())}") from error
    repeated = [f"{file}:{line}: {key}: stands here a second time" for key, line in _repeated_keys(document)]
    if repeated:
        raise FunctionFileError("\n".join(repeated))
    try:
        return FunctionFile.model_validate(fields)
    except ValidationError as error:
        faults = [
            f"{file}:{_line_of(document, fault['loc'])}: {_name_of(fault['loc'])}: {fault['msg']}"
            for fault in error.errors()
        ]
        raise FunctionFileError("\n".join(faults)) from error


def _name_of(place: tuple[int | str, ...]) -> str:
    # Where a mapping's key itself is wrong, pydantic adds "[key]".
    return ".".join(str(part) for part in place if part != "[key]") or "file"


def _line_of(document: yaml.Node | None, place: tuple[int | str, ...]) -> int:
    """The line of a field, or of the nearest thing around it that is there."""
    node, line = document, 1
    for part in place:
        if isinstance(node, yaml.MappingNode):
            entry = next((entry for entry in node.value if entry[0].value == part), None)
            if entry is None:
                return line
            line, node = entry[0].start_mark.line + 1, entry[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line


def _repeated_keys(node: yaml.Node | None) -> Iterator[tuple[str, int]]:
    """Keys that stand twice in a mapping, of which YAML would silently take the last, with their lines."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _repeated_keys(item)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key.value, key.start_mark.line + 1
            seen.add(key.value)
            yield from _repeated_keys(value)


def folders(lambdas: Path = LAMBDAS) -> Iterator[Path]:
    """Every folder that is a function, by name."""
    return (folder for folder in sorted(lambdas.iterdir()) if folder.is_dir() and folder.name != "__pycache__")


def read_all(lambdas: Path = LAMBDAS) -> dict[str, FunctionFile]:
    """All functions by folder name. Raises FunctionFileError with every fault of every file."""
    functions: dict[str, FunctionFile] = {}
    faults: list[str] = []
    for folder in folders(lambdas):
        try:
            functions[folder.name] = read(folder)
        except FunctionFileError as error:
            faults.append(str(error))
    if faults:
        raise FunctionFileError("\n".join(faults))
    return functions


def by_route(files: dict[str, FunctionFile]) -> dict[str, str]:
    """The folder that serves each route of the WebSocket API."""
    return {route: folder for folder, file in files.items() for route in file.trigger.route}


def main() -> int:
    """Check every file; print the faults, or how many files are right."""
    try:
        functions = read_all()
    except FunctionFileError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(functions)} function files are right")
    return 0


if __name__ == "__main__":
    sys.exit(main())
