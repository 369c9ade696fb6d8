"""The kinds of columns the tables are made of, and the names of their constraints."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, MetaData, Text, text

from bot.storage.types import Id

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def row_id() -> Column[int]:
    """The row's own number."""
    return Column("id", Id, primary_key=True)


def partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of the rows of which `where` is true, on both databases.

    It is told for SQLite only: to name PostgreSQL here would load its dialect, which is large, into every process. The
    tables are made by the migrations, which tell both.
    """
    return Index(name, *columns, unique=unique, sqlite_where=text(where))


def to_row(name: str, target: str, *, null: bool = False, cascade: bool = True) -> Column[int]:
    """A reference; the row goes when its target goes, unless `cascade` is False."""
    return Column(name, Id, ForeignKey(target, ondelete="CASCADE" if cascade else None), nullable=null)


def words(name: str, default: str = "") -> Column[str]:
    """Text that is never null."""
    return Column(name, Text, nullable=False, server_default=default)


def number(name: str, default: int = 0) -> Column[int]:
    """A count that is never null."""
    return Column(name, Integer, nullable=False, server_default=str(default))


def flag(name: str) -> Column[bool]:
    """A boolean, false unless said."""
    return Column(name, Boolean, nullable=False, server_default=text("false"))
