"""`lodewire lab replay`: what moderators set right, tried again on this program. Reads the database, changes none."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.options import config_option, json_option, open_settings, run_async

if TYPE_CHECKING:
    from bot.storage.cases import Case


@click.command()
@config_option
@json_option
def replay(config: Path | None, as_json: bool) -> None:
    """Which stories that moderators set right come out right by themselves now.

    Groups the news of each `fix split` and `fix merge` anew, and sums up that of each `fix wrong summary`. The cases
    are in the database that the settings name. Works while Lodewire runs.

    \b
    Examples:
      lodewire lab replay
      lodewire lab replay --json
    """
    from bot.app.build import open_database
    from bot.app.shipped import shipped_concepts, shipped_events
    from bot.core.stories.replay import replay_case
    from bot.storage.cases import read_cases

    settings = open_settings(config, least="error")

    async def read() -> Sequence[Case]:
        async with open_database(settings) as database, database.read() as tx:
            return await read_cases(tx)

    tried = []
    for case in run_async(read):
        found, why = replay_case(case.kind, case.news, case.summary, shipped_events(), shipped_concepts())
        tried.append((case, found, why))
    _print(tried, as_json=as_json)


def _print(tried: Sequence[tuple[Case, str, str]], *, as_json: bool) -> None:
    from bot.core.stories.names import story_name

    counts = Counter(found for _, found, _ in tried)
    if as_json:
        rows: list[dict[str, Any]] = [
            {"case": case.id, "story": story_name(case.story), "kind": case.kind, "said": case.said,
             "made_at": case.made_at.isoformat(), "found": found, "why": why}
            for case, found, why in tried
        ]  # fmt: skip
        totals = {word.replace(" ", "_"): counts[word] for word in ("right", "wrong", "not tried")}
        click.echo(json.dumps({"cases": rows, **totals}, ensure_ascii=False))
        return
    if not tried:
        click.echo("No moderator has set a story right yet: there is nothing to try.")
        return
    for case, found, why in tried:
        click.echo(f"{found:9}  {story_name(case.story)}  {case.kind}, {case.made_at:%Y-%m-%d}: {why}")
    click.echo(f"{counts['right']} of {counts['right'] + counts['wrong']} come out right by themselves now.")
