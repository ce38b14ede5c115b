"""Everything here runs on both databases: the emulator that `make local` embeds, and the real DynamoDB Local."""

from collections.abc import Iterator

import pytest

from local.emulation import tables
from tests.support import databases, environment
from tests.support.databases import DYNAMODB_LOCAL, EMULATOR, Database
from tests.support.fake_deployment import FakeDeployment


@pytest.fixture(
    scope="session",
    params=[EMULATOR, pytest.param(DYNAMODB_LOCAL, marks=pytest.mark.dynamodb_local)],
)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database that runs."""
    with databases.running(request.param) as database:
        yield database
        environment.forget()


@pytest.fixture(scope="module")
def clean_tables(database: Database) -> None:
    """Empty tables for this file, which everything in `shared` now uses."""
    database.use()
    tables.make_anew(database.url, environment.TABLE_PREFIX)


@pytest.fixture(autouse=True)
def _usual_settings() -> Iterator[None]:
    """What a test has set in the environment is read by no other."""
    yield
    environment.read_settings_again()


@pytest.fixture
def deployment(clean_tables: None) -> Iterator[FakeDeployment]:
    """People, their connections and the handlers between them; nobody waits before trying again."""
    with FakeDeployment() as deployment:
        yield deployment


@pytest.fixture
def unhurried_deployment(clean_tables: None) -> Iterator[FakeDeployment]:
    """The same, with the pauses of the real one: for what happens at the same time."""
    with FakeDeployment(hurried=False) as deployment:
        yield deployment
