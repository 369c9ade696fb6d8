"""`lodewire db`: the database by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from bot.cli.options import config_option, json_option, open_settings, print_report, run_async


@click.group()
def db() -> None:
    """The database: upgrade, status, prune, backup, restore.

    The database is the one that the settings name; without settings, the one in your data folder.
    """


@db.command("upgrade")
@config_option
def upgrade_database(config: Path | None) -> None:
    """Bring the database to this program's version. `run` and `once` do it by themselves."""
    from bot.storage.upgrade import HEAD, upgrade

    before = upgrade(open_settings(config).database)
    words = f"The database is at version {HEAD}"
    click.echo(f"{words} already." if before == HEAD else f"{words} (before: {before or 'empty'}).")


@db.command("status")
@config_option
@json_option
def show_status(config: Path | None, as_json: bool) -> None:
    """Version, and how many rows each table holds."""
    from sqlalchemy import create_engine, func, select

    from bot.core.errors import StorageError
    from bot.storage.database import read_url
    from bot.storage.schema import metadata
    from bot.storage.upgrade import HEAD, version_of

    url = open_settings(config).database
    version = version_of(url)
    if version is None:
        raise StorageError("The database is empty.", "Run `lodewire db upgrade`, or just `lodewire run`.")
    engine = create_engine(read_url(url))
    with engine.connect() as connection:
        counts = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }
    engine.dispose()
    print_report({"version": version, "newest": HEAD, **counts}, as_json=as_json)


@db.command("prune")
@config_option
@json_option
def prune_database(config: Path | None, as_json: bool) -> None:
    """Forget what is older than the retention, now rather than at night."""
    from collections import Counter

    from bot.app.build import open_app
    from bot.jobs.prune import prune

    settings = open_settings(config, least="warning")

    async def forget() -> Counter[str]:
        total: Counter[str] = Counter()
        async with open_app(settings) as app:
            while True:
                report = await prune(app.line)
                total.update(report.counts)
                if not report.more:
                    return total

    print_report({f"{name}_forgotten": count for name, count in run_async(forget).items()}, as_json=as_json)


@db.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@config_option
def make_backup(file: Path, config: Path | None) -> None:
    """Write every row to FILE, also while Lodewire runs. A copy fits both SQLite and PostgreSQL."""
    from bot.storage.copies import backup

    count = backup(open_settings(config).database, file, datetime.now(UTC))
    click.echo(f"{file}: {count} rows.")


@db.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@config_option
@click.option("--current", is_flag=True, help="Nothing was posted since the copy was made: send what waits in it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore_backup(file: Path, config: Path | None, current: bool, yes: bool) -> None:
    """Replace every row by those of FILE, all or nothing. Stop Lodewire first.

    A copy does not know what was posted after it was made. So that nothing already shown is posted again, what waits
    in it counts as shown, and whatever the feeds hold at their next poll is remembered silently. If you are sure that
    nothing was posted since (you are moving house), say --current.
    """
    from bot.app.lock import ProcessLock
    from bot.storage.copies import read_about, restore
    from bot.storage.upgrade import upgrade

    url = open_settings(config).database
    about = read_about(file)
    click.echo(f"{file}: {about['rows']} rows, made {about['made_at'][:16].replace('T', ' ')} UTC.")
    click.echo("Every row of the present database is replaced.")
    if current:
        click.echo("Taken as current: what waits in the copy will be sent.")
    else:
        click.echo("Nothing already shown is posted again: what waits in the copy counts as shown, and what the feeds")
        click.echo("hold at their next poll is remembered without a post.")
    if not yes:
        click.confirm("Go on?", abort=True)
    lock = ProcessLock(url)
    lock.take()
    try:
        upgrade(url)
        count = restore(url, file, is_current=current)
    finally:
        lock.release()
    click.echo(f"Restored {count} rows.")
