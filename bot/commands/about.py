"""`about`: what this is, its version and its licence."""

from __future__ import annotations

from bot.commands.command import Call, Command, Desk, Reply
from bot.commands.replies import blocks, fact, linked
from bot.core.messages import Section


async def run(desk: Desk, call: Call) -> Reply:
    """Who speaks here."""
    about = desk.about
    said = "News alerts on critical minerals: each story once, with its reason, its sources and its dates."
    facts = [fact("Version", about.version or "unknown"), fact("Licence", about.licence)]
    if about.home:
        facts.append(fact("Home", linked(about.home, about.home)))
    return blocks(desk, Section(title=about.name, body=((said,),), facts=tuple(facts)), choices=("help",))


ABOUT = Command("about", "version and licence", run, examples=("about",))
