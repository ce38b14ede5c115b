"""TypeScript for the app, generated from `shared.protocol`.

`python -m tools.protocol_types` writes the file; `--check` changes nothing and fails when it is out of date.
On the wire a field that is None is left out, so what may be None here is optional there.
"""

import argparse
import ast
import builtins
import inspect
import sys
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from shared.protocol import limits, vocabulary
from shared.protocol.base import WireModel
from shared.protocol.operations import command_types, event_types

TARGET = Path(__file__).resolve().parent.parent / "frontend/src/api/types.gen.ts"

_HEADER = """\
// Generated from shared/protocol by `python -m tools.protocol_types`. Do not edit.
"""
_SCALARS: dict[Any, str] = {str: "string", int: "number", float: "number", bool: "boolean", Any: "unknown"}
_WORDS: dict[Any, str] = {value: name for name, value in vars(vocabulary).items() if get_origin(value) is Literal}


def typescript() -> str:
    """The whole file, as it should be."""
    models = list(_with_parts([*command_types().values(), *event_types().values()]))
    sections = [
        _HEADER,
        *_constants(),
        *(f"export type {name} = {_quoted(get_args(words))}\n" for words, name in _WORDS.items()),
        *(_interface(model) for model in models),
        _union("Command", "Anything a client may ask.", command_types()),
        _union("ServerEvent", "Anything a client may be told.", event_types()),
        f"export const EVENT_ACTIONS: readonly string[] = [{_quoted(event_types(), ', ')}]\n",
    ]
    return "\n".join(sections)


def write(target: Path = TARGET) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(typescript(), encoding="utf-8")


def is_current(target: Path = TARGET) -> bool:
    return target.is_file() and target.read_text(encoding="utf-8") == typescript()


def _constants() -> Iterator[str]:
    docs = _attribute_docs(limits)
    for name, value in vars(limits).items():
        if name.isupper():
            yield f"{_comment(docs.get(name))}export const {name} = {_value(value)}\n"


def _value(value: str | int) -> str:
    return f"'{value}'" if isinstance(value, str) else f"{value:_}"


def _attribute_docs(module: types.ModuleType) -> dict[str, str]:
    """The string that follows an assignment is its docstring; Python itself does not keep it."""
    body = ast.parse(inspect.getsource(module)).body
    return {
        target.id: doc.value.value
        for assignment, doc in pairwise(body)
        if isinstance(assignment, ast.Assign)
        for target in assignment.targets
        if isinstance(target, ast.Name)
        if isinstance(doc, ast.Expr)
        if isinstance(doc.value, ast.Constant) and isinstance(doc.value.value, str)
    }


def _with_parts(models: Iterable[type[WireModel]]) -> Iterator[type[WireModel]]:
    """Every model once, each after the models that its fields hold."""
    seen: set[type[WireModel]] = set()
    for model in models:
        for part in _with_parts(p for f in model.model_fields.values() for p in _models_in(f.annotation)):
            if part not in seen:
                seen.add(part)
                yield part
        if model not in seen:
            seen.add(model)
            yield model


def _models_in(annotation: Any) -> Iterator[type[WireModel]]:
    if isinstance(annotation, type) and issubclass(annotation, WireModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def _interface(model: type[WireModel]) -> str:
    fields = "".join(f"  {_field(name, field)}\n" for name, field in model.model_fields.items())
    return f"{_comment(model.__doc__)}export interface {model.__name__} {{\n{fields}}}\n"


def _field(name: str, field: FieldInfo) -> str:
    """`action` is on every frame; a command's defaults may be left out, and so is whatever is None."""
    may_be_absent = name != "action" and not field.is_required()
    return f"{field.alias or name}{'?' if may_be_absent else ''}: {_type(field.annotation)}"


def _type(annotation: Any) -> str:
    named = _SCALARS.get(annotation) or _WORDS.get(annotation)
    if named:
        return named
    if isinstance(annotation, type) and issubclass(annotation, WireModel):
        return annotation.__name__
    match get_origin(annotation), get_args(annotation):
        case typing.Annotated, (inner, *_):
            text = _type(inner)
        case typing.Literal, words:
            text = _quoted(words)
        case builtins.list, (item,):
            text = f"{_type(item)}[]"
        case builtins.dict, (builtins.str, value):
            text = f"Record<string, {_type(value)}>"
        case typing.Union | types.UnionType, members:
            text = " | ".join(_type(member) for member in members if member is not types.NoneType)
        case _:
            raise TypeError(f"no TypeScript is known for {annotation!r}, which shared.protocol uses")
    return text


def _quoted(words: Iterable[str], separator: str = " | ") -> str:
    return separator.join(f"'{word}'" for word in words)


def _union(name: str, doc: str, models: Mapping[str, type[WireModel]]) -> str:
    members = "".join(f"\n  | {model.__name__}" for model in models.values())
    return f"{_comment(doc)}export type {name} ={members}\n"


def _comment(doc: str | None) -> str:
    if not doc:
        return ""
    lines = inspect.cleandoc(doc).splitlines()
    if len(lines) == 1:
        return f"/** {lines[0]} */\n"
    return "/**\n" + "".join(f" * {line}".rstrip() + "\n" for line in lines) + " */\n"


def main(arguments: list[str] | None = None, target: Path = TARGET) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.protocol_types", description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail if the file is out of date; write nothing")
    if not parser.parse_args(arguments).check:
        write(target)
    elif not is_current(target):
        fix = "run `python -m tools.protocol_types` and commit the result"
        print(f"{target.name} does not match shared/protocol: {fix}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
