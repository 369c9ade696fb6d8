"""The test bed: real databases, a real feed server, a clock, and a guard over the event loop. Nothing here is a mock.

`database_url` and `database` run a test twice, on SQLite and on PostgreSQL, each time on a fresh migrated database.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from blockbuster import blockbuster_ctx
from hypothesis import settings

from bot.storage.database import Database
from bot.storage.upgrade import upgrade
from tests.clock import Clock
from tests.databases import Postgres, copy_sqlite, run_postgres
from tests.feedserver import FeedServer
from tests.synapse import Synapse, shared, stop_all

settings.register_profile("default", derandomize=True, max_examples=50, deadline=None)
settings.register_profile("soak", derandomize=True, max_examples=5_000, deadline=None)
settings.load_profile("default")


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Accept our own xdist options without xdist, so that `-p no:xdist` works."""
    if not pluginmanager.hasplugin("xdist"):
        parser.addoption("--numprocesses", help="not used: xdist is off")
        parser.addoption("--dist", help="not used: xdist is off")


def pytest_configure(config: pytest.Config) -> None:
    """Give property tests their full count in a soak."""
    if config.getoption("markexpr") == "soak" and not config.getoption("--hypothesis-profile"):
        settings.load_profile("soak")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep all tests that need the PostgreSQL server in one process: it takes seconds to start."""
    for item in items:
        callspec = getattr(item, "callspec", None)
        needs = set(getattr(item, "fixturenames", ())) & {"postgres", "postgres_url"}
        if needs or (callspec and "postgres" in callspec.params.values()):
            item.add_marker(pytest.mark.xdist_group("postgres"))
        elif "synapse" in getattr(item, "fixturenames", ()) or (callspec and "matrix" in callspec.params.values()):
            item.add_marker(pytest.mark.xdist_group("synapse"))
            if item.get_closest_marker("timeout") is None:
                item.add_marker(pytest.mark.timeout(180))  # the first of them may have to install the server


def pytest_unconfigure() -> None:
    """End the homeservers that tests of this process have used."""
    stop_all()


@pytest.fixture(autouse=True)
def refuse_blocking(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail an async test in which code of `bot` holds the event loop by files, sleep, locks or sockets."""
    if request.node.get_closest_marker("asyncio") is None:
        yield
        return
    with blockbuster_ctx("bot") as guard:
        guard.functions["os.path.abspath"].deactivate()  # computes only; SQLAlchemy asks it for each SQLite address
        yield


@pytest.fixture
def clock() -> Clock:
    """A clock at 2025-11-04 09:00 UTC that moves only by `clock.advance(timedelta)`; `clock()` reads it."""
    return Clock()


@pytest.fixture
def feed_server() -> Iterator[FeedServer]:
    """A running loopback server without feeds; see `FeedServer.publish`."""
    with FeedServer() as server:
        yield server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The PostgreSQL server of this process."""
    with run_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def synapse() -> Synapse:
    """The homeserver of this process, without rate limits; see `Synapse.person`."""
    return shared()


@pytest.fixture(scope="session")
def strict_synapse() -> Synapse:
    """Another one, with Synapse's own rate limits."""
    return shared(has_limits=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, closed; to be copied."""
    path = tmp_path_factory.mktemp("template") / "lodewire.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> str:
    """The name of a migrated PostgreSQL database; to be copied."""
    name = postgres.create()
    upgrade(postgres.url(name))
    return name


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh migrated SQLite database."""
    return copy_sqlite(sqlite_template, tmp_path)


@pytest.fixture
def postgres_url(postgres: Postgres, postgres_template: str) -> Iterator[str]:
    """A fresh migrated PostgreSQL database, dropped afterwards."""
    name = postgres.create(postgres_template)
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh migrated database: the test runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without a single table: the test runs once on each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A fresh migrated database, open: the test runs once on each kind."""
    opened = await Database.open(database_url)
    yield opened
    await opened.close()
