"""Coroutine tests run on asyncio."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Connections that handlers keep alive per thread are closed when they are collected, as in a Lambda that ends."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"))


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"
