"""PynamoDB's models and connections, without loading botocore's client, which Parley never makes.

PynamoDB refers to botocore's client at import: for base classes of its type annotations, and for a function that makes
the client when it is first used. `SignedConnection` sends by itself, so that it never is; but loading it, with urllib3,
jmespath, dateutil and its generator of documentation, was a third of the CPU of a cold start (docs/performance.md).

So while PynamoDB is imported, eight modules of botocore are stand-ins that hold just these names. Afterwards they are
gone again: whoever imports botocore's modules later gets the real ones. Where botocore's client is loaded already (by
boto3, say), nothing is replaced. A PynamoDB connection of another kind than ours needs `import botocore.client` first.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

import botocore
from botocore import exceptions


def _get_session() -> Any:
    """What PynamoDB calls to make a client."""
    return import_module("botocore.session").get_session()


def _class(name: str) -> dict[str, Any]:
    return {name: type(name, (), {})}


_NAMES: dict[str, dict[str, Any]] = {
    "client": {**_class("BaseClient"), "ClientError": exceptions.ClientError},
    "config": {},
    "credentials": _class("Credentials"),
    "endpoint": _class("Endpoint"),
    "hooks": _class("HierarchicalEmitter"),
    "model": {},
    "session": {**_class("Session"), "get_session": _get_session},
    "signers": _class("RequestSigner"),
}
"""What PynamoDB 6.1 takes from which module of botocore when it is imported. Where another version takes more, the
first import fails, and with it every test."""


@contextmanager
def _names_only() -> Iterator[None]:
    if "botocore.client" in sys.modules:
        yield
        return
    stand_ins = {name: ModuleType(f"botocore.{name}") for name in _NAMES if f"botocore.{name}" not in sys.modules}
    for name, module in stand_ins.items():
        vars(module).update(_NAMES[name])
        sys.modules[module.__name__] = module
        setattr(botocore, name, module)
    try:
        yield
    finally:
        for name, module in stand_ins.items():
            del sys.modules[module.__name__]
            delattr(botocore, name)


with _names_only():
    from pynamodb.connection import Connection
    from pynamodb.connection.base import MetaTable
    from pynamodb.connection.table import TableConnection
    from pynamodb.models import Model

__all__ = ["Connection", "MetaTable", "Model", "TableConnection"]
