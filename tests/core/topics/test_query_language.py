"""The query language: what people guess works, and an error points at its place."""

from __future__ import annotations

import pytest

from bot.core.errors import QueryError
from bot.core.topics.parser import canonical, parse_query
from bot.core.topics.query import Near, Term, Word
from tests.core.topics.trying import found


@pytest.mark.parametrize(
    ("expr", "title", "expected"),
    [
        ("gallium", "Gallium prices", True),
        ("tin", "Testing times", False),
        ('"rare earth"', "Rare-earth roadmap", True),
        ("rare-earth", "Rare earths' price", True),
        ('"rare earths"', "Rare earth's price", True),
        ('"rare earth"', "A rare look at Earth", False),
        ('"rare earth"', "Rare heavy earths", True),
        ('"rare earth"~0', "Rare heavy earths", False),
        ('"rare earth"~0', "Rare earths", True),
        ('"critical raw material"', "Critical new raw materials", True),
        ('"critical raw material"', "Critical new raw and processed materials", False),
        ("gallium export", "Exports of gallium", True),
        ("gallium export", "Gallium prices", False),
        ("gallium or germanium", "Germanium", True),
        ("gallium NOT podcast", "Gallium: a podcast", False),
        ("gallium -podcast", "Gallium: a podcast", False),
        ('"rare earth" AND (export OR licence) NOT podcast', "Rare earth licences", True),
        ("licence", "Export licensing begins", True),
        ("aluminium", "Aluminum prices", True),
        ("dyspros*", "Dysprosium", True),
        ("ree", "Ree Drummond cooks", True),
        ("REE", "Ree Drummond cooks", False),
        ("REE", "REEs from clay", True),
        ("REEs", "REE from clay", True),
        ("NdPr", "NdPr oxide", True),
        ("NdPr", "NDPR oxide", False),
        ("Li-ion", "Lithium or li-ion", True),
        ('="Lead"', "Lead mines", True),
        ('="Lead"', "Mines of lead", False),
        ('="rare earth"', "rare earths", False),
        ("稀土", "中国稀土出口", True),
        ("稀土", "土地稀少", False),
        ("稀土", "稀的土", False),
        ("（稀土 OR 镓） AND 出口", "中国限制镓出口", True),
        ("неодим", "Цены неодима", True),
        ("йод", "иод", False),
        ("terres", "Les terres rares et la mine", True),
        ("Ausfuhrkontroll*", "Neue Ausfuhrkontrollen der EU", True),
        ("exportación", "Nuevas exportaciones de litio para la Unión", True),
        ("Russia", "Russia’s order", True),
        ("mineral", "Critical miners strike", False),
        ("import", "An important day", False),
        ("title:gallium", "Prices", False),
        ("title:(gallium OR germanium)", "Germanium", True),
    ],
)
def test_what_people_guess(expr: str, title: str, expected: bool) -> None:
    """Words by their stem in the document's language, phrases with a word between, symbols as written, prefixes."""
    assert found(expr, title) is expected


@pytest.mark.parametrize(
    ("expr", "text", "expected"),
    [
        ("lead NEAR/3 mine", "A mine of zinc and lead", False),
        ("lead NEAR/4 mine", "A mine of zinc and lead", True),
        ("lead NEAR mine", "a mine " + "x " * 7 + "lead", True),
        ("lead near/8 mine", "a mine " + "x " * 8 + "lead", False),
        ("lead NEAR/3 (mine OR smelter)", "The smelter sells lead", True),
        ('lead NEAR/2 "open pit"', "open pit for lead", True),
        ("lead NEAR/8 lead", "lead", False),
        ("lead NEAR/8 lead", "lead and lead", True),
        ("lead NEAR/2 zinc NEAR/2 tin", "lead, zinc, tin", True),
        ("lead NEAR/2 zinc NEAR/2 tin", "lead, zinc, and some more tin", False),
        ("ore NOT lead NEAR/2 zinc", "ore of lead and zinc", False),
        ("ore NOT lead NEAR/1 zinc", "ore of lead and zinc", True),
        ("near", "near the mine", True),
        ("mine near town", "town near the mine", True),
    ],
)
def test_near_counts_words(expr: str, text: str, expected: bool) -> None:
    """NEAR/n: at most n words on, in either order; 8 where no number stands; it binds closer than AND and NOT."""
    assert found(expr, "", text) is expected


def test_a_field_looks_in_its_place() -> None:
    """title: is met by the title alone; nothing runs from the title into the text."""
    assert found("title:gallium", "Gallium", "")
    assert not found("title:gallium", "Prices", "Gallium")
    assert not found('title:"rare earth"', "Prices", "Rare earth")
    assert not found('"rare earth"', "Something rare", "Earth is blue")
    assert not found("rare NEAR/8 earth", "Something rare", "Earth is blue")


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        ("lang:ru", True),
        ("lang:Russian", True),
        ("lang:en", False),
        ("source:kremlin", True),
        ('source:"Metal Bulletin"', True),
        ('source:"Bulletin Metal"', False),
        ("source:kremlin.ru", True),
        ("source:krem", False),
        ("tier:official", True),
        ("tier:0", True),
        ("tier:wire", False),
    ],
)
def test_what_is_known_of_an_item(expr: str, expected: bool) -> None:
    """Its language, the whole words of its outlet's name and address in their order, and its tier."""
    facts = {"lang": "ru-RU", "source": "Metal Bulletin www.kremlin.ru", "tier": 0}
    assert found(expr, "Title", **facts) is expected


@pytest.mark.parametrize(
    ("expr", "position", "said"),
    [
        ("", 0, "empty"),
        ("(rare OR earth", 14, 'missing ")" after: earth'),
        ('"rare earth" AND (export OR licence', 35, 'missing ")" after: licence'),
        ('gallium "rare earth', 8, 'missing " after: rare earth'),
        ("gallium) ban", 7, '")" without "("'),
        ("NOT podcast", 0, "only what is not wanted"),
        ("gallium OR NOT podcast", 0, "only what is not wanted"),
        ("gallium AND", 11, "a word is missing after: AND"),
        ("gallium tone:angry", 8, "unknown field tone:"),
        ("titel:gallium", 0, "did you mean title:?"),
        ("title:(source:x)", 7, "cannot stand within title:( )"),
        ("lang:klingon", 0, "unknown language: klingon"),
        ("lang:rusian", 0, "did you mean russian?"),
        ("tier:3", 0, "unknown tier: 3"),
        ("gallium ...", 8, "no letters or digits"),
        ("g*", 0, "at least 2 letters"),
        ("a NEAR/x b", 2, "a number is missing after: NEAR/ at: NEAR/x"),
        ("a NEAR/ b", 2, "a number is missing after: NEAR/"),
        ("a NEAR/99 b", 2, "1 to 50"),
        ("lead NEAR (mine AND ore)", 10, "beside NEAR must stand"),
        ("lead NEAR", 9, "a word is missing after: NEAR"),
        ('"a b"~99', 0, "0 to 10"),
        ("(" * 30 + "a" + ")" * 30, 21, "parentheses deeper"),
        ("-" * 30 + "a", 21, "parentheses deeper"),
        (" ".join(["a"] * 500), 800, "more than 400 terms"),
        ("a" * 9000, 8000, "longer than"),
    ],
)
def test_an_error_points_at_its_place(expr: str, position: int, said: str) -> None:
    """What is wrong, and the character where it is."""
    with pytest.raises(QueryError) as caught:
        parse_query(expr)
    assert said in caught.value.message
    assert caught.value.position == position


def test_an_unknown_value_has_a_nearest() -> None:
    """Where the values of a field are known, another one is an error with the nearest; case and - and _ are free."""
    known = {"mineral": ("dysprosium", "rare-earths")}
    assert canonical("mineral:Rare_Earths OR mineral:any", known) == "mineral:rare-earths OR mineral:any"
    with pytest.raises(QueryError, match=r"unknown mineral: disprosium; did you mean dysprosium\?"):
        parse_query("lang:en mineral:disprosium", known)


def test_what_is_near_nothing_is_given_no_nearest() -> None:
    """A guess that nobody can have meant is worse than none."""
    with pytest.raises(QueryError, match=r"unknown mineral: unobtainium$"):
        parse_query("mineral:unobtainium", {"mineral": ("uranium", "germanium", "gallium")})


@pytest.mark.parametrize(
    ("expr", "written"),
    [
        ("Rare-Earths  export", '"rare earths" AND export'),
        ("(a or (b or c))", "a OR b OR c"),
        ("a and a", "a"),
        ("NOT (NOT a)", "a"),
        ("“稀土” near/3 出口", "稀土 NEAR/3 出口"),
        ('"稀 土"', "稀土"),
        ("title:(a b) -c", "title:a AND title:b AND NOT c"),
        ('="REE REO" =lead "and"', '="REE REO" AND ="lead" AND "and"'),
        ("a NEAR b NEAR/3 c", "a NEAR/8 b AND b NEAR/3 c"),
        ("a -(b NEAR c)", "a AND NOT (b NEAR/8 c)"),
        ('source:"The Wire" tier:1', 'source:"the wire" AND tier:wire'),
    ],
)
def test_the_normal_form(expr: str, written: str) -> None:
    """One way to write a query, which reads as the same query."""
    assert canonical(expr) == written
    assert canonical(written) == written
    assert parse_query(written) == parse_query(expr)


def test_what_was_stored_still_reads() -> None:
    """Normal forms written by older versions: a phrase of characters with spaces, folded plurals, NOT of a group."""
    old = '("rare earth" OR "稀 土" OR REE OR "seltene* erden") AND NOT ("rock band" OR motown) AND "li ion"'
    assert found(old, "稀土 and Li-ion")
    assert parse_query("a NEAR/8 b") == Near(Term((Word("a"),)), Term((Word("b"),)), 8)
