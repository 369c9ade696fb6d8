"""`lodewire chat`: answers at the console.

Where no other Lodewire runs on the database, what is due is shown at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

import bot
from bot.app.build import App, enter_console, follow_everything, office_of, open_app, open_database, utc_now
from bot.app.once import jobs_by_name, run_until_idle
from bot.app.settings import Settings
from bot.app.shipped import shipped_concepts, shipped_grammar, shipped_topics
from bot.chat.registry import answer_line, chat_loop, open_screen
from bot.commands.answer import open_office
from bot.commands.command import About, Reply
from bot.core.errors import StorageBusy
from bot.feeds.prober import Prober
from bot.feeds.reader import FeedReader
from bot.storage import topics
from bot.storage.database import Database


async def talk(settings: Settings) -> int:
    """Answer line after line. Beside a running Lodewire only answer: what is followed is shown there."""
    async with AsyncExitStack() as stack:
        screen = open_screen(settings.console.style)
        try:
            app = await stack.enter_async_context(open_app(settings, screen=screen))
        except StorageBusy:
            database = await stack.enter_async_context(open_database(settings))
            account = await _enter_beside(database, settings)
            prober = Prober(await stack.enter_async_context(FeedReader(settings.polling)))
            about = About(version=bot.__version__)
            office = open_office(
                database,
                utc_now,
                settings.limits,
                about,
                outside=prober,
                concepts=shipped_concepts,
                weights=settings.weight,
                grammar=shipped_grammar,
            )
            show_due = None
        else:
            office, account, show_due = office_of(app), app.place.account, _due_shower(app)
        return await chat_loop(office, account, screen, afterwards=show_due)


async def ask(settings: Settings, line: str) -> Reply:
    """The answer to one line, typed by who sits at the console; beside a running Lodewire or alone."""
    async with open_database(settings) as database:
        account = await _enter_beside(database, settings)
        office = open_office(database, utc_now, settings.limits, About(version=bot.__version__))
        return await answer_line(office, line, account)


def _due_shower(app: App) -> Callable[[], Awaitable[None]]:
    """What is done after each answer: route and deliver what is due, so that a proof follows its `follow`."""
    jobs = jobs_by_name(app)

    async def show_due() -> None:
        await run_until_idle(jobs, ("route", "deliver"))

    return show_due


async def _enter_beside(database: Database, settings: Settings) -> int:
    shipped = await asyncio.to_thread(shipped_topics)
    async with database.write() as tx:
        await topics.sync_shipped(tx, shipped)
        place = await enter_console(tx, utc_now())
        if place.is_first_time and settings.console.follow_all:
            await follow_everything(tx, place, shipped, utc_now())
    return place.account
