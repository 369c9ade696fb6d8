"""Words that something is done, not only said, in the languages of the topics. A ban lifted counts, too. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from bot.core.topics.document import Document
from bot.core.topics.matcher import Matcher

ACTION = """
ban OR embargo OR sanction OR "force majeure" OR "take effect" OR "in force"~0 OR "into force"~0
OR "effective immediately" OR "halt export" OR "will halt" OR "suspend export" OR "export halt" OR seized OR seizes
OR expropriate OR nationalise OR "revoke licence" OR prohibit
OR запрет OR запретить OR запрещен* OR эмбарго OR санкци* OR "вступает в силу" OR "вступил* в силу"
OR национализ* OR "приостан* экспорт*"
OR 禁止 OR 禁令 OR 制裁 OR 生效 OR 暂停出口 OR 国有化 OR 禁運 OR 禁輸 OR 発効
OR verbot* OR ausfuhrverbot* OR exportverbot* OR verbiet* OR sanktion* OR "in Kraft"~0
OR interdiction OR interdire OR interdit OR "entre en vigueur" OR "entrée en vigueur"
OR prohíbe OR prohibición OR prohibe OR sanciones OR "entra en vigor"
"""


def action_in(document: Document) -> str:
    """The first words that tell of an action, as written and in quotes, or ""."""
    if not _actions().match(document):
        return ""
    hits = _actions().evidence(0, document).hits
    return f'"{hits[0].quote}"' if hits else ""


def action_in_any(documents: Iterable[Document]) -> str:
    """The same of several: the first that has one."""
    return next(filter(None, map(action_in, documents)), "")


@cache
def _actions() -> Matcher:
    matcher = Matcher()
    matcher.add(0, ACTION)
    return matcher
