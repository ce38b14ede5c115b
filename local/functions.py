"""The Lambda functions: their function files, and their handlers imported into this process.

A load imports `shared` and every handler again, so that a change of code takes effect; one that fails changes
nothing.
"""

import importlib.util
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from tools import function_files
from tools.function_schema import FunctionFile

Handler = Callable[[dict[str, Any], Any], Any]


class FunctionsBroken(Exception):
    """The code or a function file has a fault; the text is one line that says where and what."""


class Functions:
    """All functions below one folder. Call `load` before the rest, `unload` at the end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._handlers: dict[str, Handler] = {}
        self._modules_before: dict[str, ModuleType] | None = None
        self.files: dict[str, FunctionFile] = {}

    def load(self) -> None:
        """Import everything again. Raises FunctionsBroken, and then the old code stays in use."""
        previous = _take_modules()
        if self._modules_before is None:
            self._modules_before = previous
        try:
            files = function_files.read_all(self._folder)
            handlers = {name: self._import(name) for name in files}
        except Exception as error:
            _take_modules()
            sys.modules.update(previous)
            raise FunctionsBroken(describe(error)) from error
        self.files, self._handlers = files, handlers

    def unload(self) -> None:
        """Put back the modules that were imported before the first load."""
        _take_modules()
        sys.modules.update(self._modules_before or {})

    def handler(self, name: str) -> Handler:
        """The present handler of a function."""
        return self._handlers[name]

    def routes(self) -> dict[str, str]:
        """The function of each WebSocket route."""
        return function_files.by_route(self.files)

    def http_routes(self) -> dict[str, str]:
        """The function of each route of the HTTP API, by `METHOD /path`."""
        return {route: name for name, file in self.files.items() for route in file.trigger.http}

    def authorizer(self) -> str | None:
        """The function that authorizes WebSocket handshakes."""
        return next((name for name, file in self.files.items() if file.trigger.authorizer), None)

    def environment(self) -> dict[str, str]:
        """The `environment` of all function files: they share one process, so one value for each variable."""
        variables: dict[str, str] = {}
        for name, file in self.files.items():
            for variable, value in file.environment.items():
                if variables.setdefault(variable, value) != value:
                    raise FunctionsBroken(f"{name}/function.yaml: environment: {variable} has another value elsewhere")
        return variables

    def read_files(self) -> None:
        """Only the function files, for those who must know them before the code is imported."""
        try:
            self.files = function_files.read_all(self._folder)
        except function_files.FunctionFileError as error:
            raise FunctionsBroken(describe(error)) from error

    def _import(self, name: str) -> Handler:
        module_name = f"lambdas.{name}.handler"
        spec = importlib.util.spec_from_file_location(module_name, self._folder / name / "handler.py")
        if spec is None or spec.loader is None:
            raise FunctionsBroken(f"{name}/handler.py: cannot be imported")
        module = importlib.util.module_from_spec(spec)
        sys.modules[module_name] = module
        spec.loader.exec_module(module)
        handler: Handler = module.handler
        return handler


def _take_modules() -> dict[str, ModuleType]:
    """Remove the product's modules from the interpreter, and hand them out."""
    names = [name for name in sys.modules if name.split(".")[0] in ("shared", "lambdas")]
    return {name: sys.modules.pop(name) for name in names}


def describe(error: BaseException) -> str:
    """An error of loading as one line: file and line of the product's code, kind and text."""
    text = " ".join(str(error).split())
    if isinstance(error, FunctionsBroken | function_files.FunctionFileError):
        return text
    if isinstance(error, SyntaxError):
        return f"{error.filename}:{error.lineno}: {type(error).__name__}: {error.msg}"
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "importlib" not in frame.filename]
    place = f"{frames[-1].filename}:{frames[-1].lineno}: " if frames else ""
    return f"{place}{type(error).__name__}: {text}"
