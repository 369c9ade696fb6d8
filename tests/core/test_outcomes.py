"""What a later story says became of a thing: only what says it of the thing itself ends a date."""

# ruff: noqa: E501  (a case is read as one)
from __future__ import annotations

import pytest

from bot.core.outcomes import Later, best_answer, read_fate

ROADMAP = "approve a roadmap for rare earth extraction"
RULES = "comments on gallium export rules"
RUSSIAN = "утвердить дорожную карту по добыче редкоземельных металлов"
GERMAN = "Fahrplan für die Förderung Seltener Erden vorlegen"
CHINESE = "提交稀土产业路线图"

OPEN = {
    "a preview": (ROADMAP, "What to expect from the rare earth roadmap",
        "The roadmap for rare earth extraction is days away. Analysts who published forecasts on Monday see new tenders."),
    "a reminder": (ROADMAP, "One week left for rare earth extraction roadmap",
        "Cabinet has one week left for the roadmap for rare earth extraction, according to an order signed in November."),
    "criticism": (ROADMAP, "Miners criticise roadmap for rare earth extraction",
        "Miners issued a statement that criticises the roadmap for rare earth extraction as vague."),
    "a part of it": (ROADMAP, "Ministry publishes first chapter of rare earth extraction roadmap",
        "A first chapter of the roadmap for rare earth extraction was published on Monday."),
    "a draft": (ROADMAP, "Draft of roadmap for rare earth extraction published",
        "The ministry published a draft of the roadmap for rare earth extraction."),
    "another thing in the same sentence": (ROADMAP, "Rare earth extraction roadmap looms as council approves tax",
        "With the roadmap for rare earth extraction due soon, the council approved a tax on ore."),
    "before it": (ROADMAP, "Rosatom presents proposals before rare earth extraction roadmap",
        "Rosatom presented proposals ahead of the roadmap for rare earth extraction."),
    "a wish": (RULES, "Industry wants gallium export rules published",
        "Traders want comments on the gallium export rules to be published."),
    "a call to take part": (RULES, "Ministry opens portal for comments on gallium export rules",
        "The ministry opened a portal for comments on gallium export rules."),
    "of an earlier year": (ROADMAP, "Rare earth extraction roadmap of 2019 revisited",
        "The roadmap for rare earth extraction approved in 2019 missed its goals."),
    "what it will hold": (ROADMAP, "Rare earth extraction roadmap to be approved in stages",
        "The roadmap for rare earth extraction is to be approved in stages."),
    "a preview in Russian": (RUSSIAN, "Чего ждать от дорожной карты по добыче редкоземельных металлов",
        "Эксперты опубликовали прогноз: дорожная карта по добыче редкоземельных металлов изменит отрасль."),
    "criticism in Russian": (RUSSIAN, "Дорожную карту по добыче редкоземельных металлов раскритиковали",
        "Глава союза выступил с критикой дорожной карты по добыче редкоземельных металлов и представил свой доклад."),
    "a draft in Russian": (RUSSIAN, "Опубликован проект дорожной карты по добыче редкоземельных металлов",
        "Министерство опубликовало проект дорожной карты по добыче редкоземельных металлов."),
    "a preview in German": (GERMAN, "Was der Fahrplan für die Förderung Seltener Erden bringen soll",
        "Vor dem Fahrplan für die Förderung Seltener Erden haben Verbände ein Papier veröffentlicht."),
    "a draft in German": (GERMAN, "Entwurf für Fahrplan zur Förderung Seltener Erden vorgelegt",
        "Das Ministerium hat einen Entwurf für den Fahrplan zur Förderung Seltener Erden vorgelegt."),
    "a reminder in Chinese": (CHINESE, "稀土产业路线图提交期限临近", "距离提交稀土产业路线图只剩一周。"),
    "another country's own": (ROADMAP, "Kazakhstan moves first", "Kazakhstan approved its own roadmap for rare earth extraction."),
    "another country's own in Chinese": (CHINESE, "越南率先行动", "越南政府周一发布本国稀土产业路线图。"),
    "a draft in Chinese": (CHINESE, "稀土产业路线图征求意见稿发布", "工信部发布稀土产业路线图征求意见稿。"),
}  # fmt: skip
"""Look-alikes, written before the rules were changed: the thing is named, and nothing came of it yet."""

MET = {
    "approved": (ROADMAP, "Cabinet approves roadmap for rare earth extraction", "The cabinet approved the roadmap on Monday."),
    "was approved": (ROADMAP, "Rare earth plan stands", "The roadmap for rare earth extraction was approved on Friday."),
    "published": (ROADMAP, "Russia publishes rare earth extraction roadmap", "It names five deposits."),
    "signed, with an object between": (ROADMAP, "Prime minister signs long-awaited roadmap for rare earth extraction", "It runs to 2036."),
    "in Russian": (RUSSIAN, "Правительство утвердило дорожную карту по добыче редкоземельных металлов", "Документ подписан."),
    "in German": (GERMAN, "Regierung legt Fahrplan vor", "Der Fahrplan für die Förderung Seltener Erden wurde am Montag vorgelegt."),
    "in Chinese": (CHINESE, "国务院批准稀土产业路线图", "国务院已批准稀土产业路线图。"),
    "held": ("hearing on the antimony tariff", "Hearing on antimony tariff held", "The commission held its hearing on the antimony tariff."),
    "in force": ("rare earth export ban", "Rare earth export ban takes effect", "The rare earth export ban took effect at midnight."),
}  # fmt: skip


@pytest.mark.parametrize("name", OPEN)
def test_what_only_names_a_thing_ends_nothing(name: str) -> None:
    """A preview, a reminder, a draft, another country's: neither ahead of the day nor after it."""
    what, headline, summary = OPEN[name]
    assert read_fate(what, headline, summary) is None
    assert best_answer(what, [Later(1, headline, summary)]) is None


@pytest.mark.parametrize("name", MET)
def test_what_says_it_of_the_thing_ends_it(name: str) -> None:
    """Approved, published, signed, held, in force: by a sign in the clause that names the thing."""
    what, headline, summary = MET[name]
    assert read_fate(what, headline, summary) == "met"
