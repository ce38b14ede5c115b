"""Deleting old versions of functions.

Each release publishes a version of every function that changed, and Lambda keeps them all; with SnapStart each one is
billed for its snapshot. https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html#snapstart-pricing
"""

from collections.abc import Iterable
from typing import Any

KEPT_VERSIONS = 3
"""Of each function: the one in use and those before it, to go back to."""


def prune_versions(client: Any, prefix: str, kept: int = KEPT_VERSIONS) -> int:
    """Delete all but the latest versions of the functions whose names begin so, and return how many were deleted.

    A version that an alias points at stays, however old it is. Repeating it is harmless.
    """
    deleted = 0
    for page in client.get_paginator("list_functions").paginate():
        for function in page["Functions"]:
            if function["FunctionName"].startswith(prefix):
                deleted += _prune(client, function["FunctionName"], kept)
    return deleted


def _prune(client: Any, name: str, kept: int) -> int:
    version_pages = client.get_paginator("list_versions_by_function").paginate(FunctionName=name)
    versions = _numbers(version["Version"] for page in version_pages for version in page["Versions"])
    alias_pages = client.get_paginator("list_aliases").paginate(FunctionName=name)
    in_use = _numbers(alias["FunctionVersion"] for page in alias_pages for alias in page["Aliases"])
    old = [version for version in versions[:-kept] if version not in in_use]
    for version in old:
        client.delete_function(FunctionName=name, Qualifier=str(version))
    return len(old)


def _numbers(versions: Iterable[str]) -> list[int]:
    """Published versions have numbers; `$LATEST` has none."""
    return sorted(int(version) for version in versions if version.isdecimal())
