"""The schema's version: reading it, and walking it up.

Synchronous: runs before the jobs, in a thread where a loop runs.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from bot.core.errors import SchemaError
from bot.storage.database import read_url
from bot.storage.refusals import translate

HEAD = "0020"
"""The version this program writes. A test holds it equal to the newest migration."""

KNOWN = (
    "0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008",
    "0009", "0010", "0011", "0012", "0013", "0014", "0015", "0016", "0019", "0020",
)  # fmt: skip

MIGRATION_LOCK = 7_061_515  # any number, the same in every Lodewire process: one upgrades, the others wait


def version_of(url: str) -> str | None:
    """The version a database is at; None for an empty one.

    Raises SchemaError for a newer one, StorageError otherwise.
    """
    engine = create_engine(read_url(url))
    try:
        with engine.connect() as connection:
            return _version(connection)
    except (SQLAlchemyError, OSError) as error:
        raise translate(error) from error
    finally:
        engine.dispose()


def upgrade(url: str) -> str | None:
    """Bring a database to `HEAD`, making the file and its folder where absent. Returns the version it had before."""
    address = read_url(url)
    if address.drivername == "sqlite" and address.database:
        Path(address.database).expanduser().absolute().parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address)
    try:
        return _upgrade(engine)
    except (SQLAlchemyError, OSError) as error:
        raise translate(error) from error
    finally:
        engine.dispose()


def _upgrade(engine: Engine) -> str | None:
    with engine.connect() as connection:
        before = _version(connection)
        if before == HEAD:
            return before
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_lock({MIGRATION_LOCK})"))
        _walk(connection)
        connection.commit()
        return before


def _walk(connection: Connection) -> None:
    from alembic import command  # here: a start at HEAD does not pay for it
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        _refuse_foreign(connection)
        return None
    version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if version is not None and version not in KNOWN:
        raise SchemaError(
            f"The database is at version {version}, which this Lodewire does not know (it knows up to {HEAD}).",
            "Start the newer Lodewire that wrote it, or restore a backup.",
        )
    return version


def _refuse_foreign(connection: Connection) -> None:
    tables = set(inspect(connection).get_table_names())
    if tables:
        raise SchemaError(
            f"The database holds other tables ({', '.join(sorted(tables)[:3])}, ...) and is not Lodewire's.",
            "Name an empty database or a new file under `database`.",
        )
