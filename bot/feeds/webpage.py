"""Items off a web page that has no feed, by CSS selectors, and a guess at such selectors. Never raises.

An item is a title and a link; its text is the row's paragraphs alone: "2 hours ago" beside them would look like news.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.core.model import TEXT_LIMIT, TITLE_LIMIT, Item, Page, ParsedFeed, Recipe
from bot.core.text.dates import read_date
from bot.core.text.plain import clean_title, language_tag, said_date
from bot.core.text.urls import http_url
from bot.feeds.markup import MOST_BYTES, read_tree

HEADINGS = "h1, h2, h3, h4, h5, h6"
DATES = "time, [class*=date], [class*=Date]"
ASIDE = {"nav", "header", "footer", "aside", "form", "menu"}
TOO_HIGH = {"body", "html", "main", "-document", None}
MOST_ROWS = 200
LOOKED_AT = 30  # rows whose size is looked at
MOST_LINKS = 600
MOST_GUESSES = 20
DEEPEST = 40  # how far above a link the page's frame is looked for
CLIMB = 4  # how far above a link its row is looked for
FEWEST_ROWS = 3
SHORTEST_TITLE = 15
LONGEST_SCORED = 90
WELL_FILLED = 0.7  # the share of rows that must have a title and a link of their own
DATED = 1.5  # how much better rows with dates are


def read_page(page: Page, recipe: Recipe) -> ParsedFeed:
    """The items of a page. `format` is "" where the recipe finds none, and `problems` say why."""
    return _read(read_tree(page), page, recipe)


def _read(tree: LexborHTMLParser, page: Page, recipe: Recipe) -> ParsedFeed:
    try:
        rows = tree.css(recipe.rows)[:MOST_ROWS]
        if _overlap(rows, page):
            return ParsedFeed("", problems=(f"The rule {recipe.rows!r} finds rows within rows: name the inner ones.",))
        items = tuple(filter(None, (_item(row, page, recipe) for row in rows)))
    except Exception as error:  # noqa: BLE001 - the law of this module; the library names no error for a wrong selector
        return ParsedFeed("", problems=(f"The rule {recipe.rows!r} cannot be used ({type(error).__name__}).",))
    if not items:
        what = f"finds {len(rows)} rows, none with a title and a link" if rows else "finds nothing on the page"
        told = f"The rule {recipe.rows!r} {what}: it was rebuilt, or is filled in by a script."
        return ParsedFeed("", problems=(told,))
    title = tree.css_first("title")
    root = tree.css_first("html")
    lang = language_tag((root.attributes.get("lang") or "") if root else "")
    return ParsedFeed("page", _words(title) if title else "", lang, items, total=len(items))


def _overlap(rows: Sequence[LexborNode], page: Page) -> bool:
    """Whether the first rows together are larger than the page: they lie within each other."""
    letters, most = 0, 2 * min(len(page.body), MOST_BYTES) + 10_000
    for row in rows[:LOOKED_AT]:
        letters += len(row.html or "")
        if letters > most:
            return True
    return False


def _item(row: LexborNode, page: Page, recipe: Recipe) -> Item | None:
    heading = row.css_first(recipe.title or HEADINGS)
    link = _link(row, heading, recipe)
    named = heading or (None if recipe.title else link)
    title = _words(named) if named else ""
    url = http_url(link.attributes.get("href") or "", page.url) if link else None
    if not title or url is None:
        return None
    text = " ".join(_words(part) for part in row.css("p") if part.mem_id != (named.mem_id if named else 0))
    said = _date(row, recipe)
    return Item(
        None, url, title[:TITLE_LIMIT], text[:TEXT_LIMIT], read_date(said, page.zone), date_said=said_date(said)
    )


def _link(row: LexborNode, heading: LexborNode | None, recipe: Recipe) -> LexborNode | None:
    """The named one, else the heading's, else the first; a row may be a link itself."""
    if recipe.link:
        return row.css_first(recipe.link)
    found = heading.css_first("a[href]") if heading else None
    return found or (row if row.tag == "a" else row.css_first("a[href]"))


def _date(row: LexborNode, recipe: Recipe) -> str:
    node = row.css_first(recipe.date or DATES)
    return node.attributes.get("datetime") or _words(node) if node else ""


def _words(node: LexborNode) -> str:
    return clean_title(node.html or "") if node.tag != "title" else " ".join(node.text().split())


def suggest_recipe(page: Page) -> Recipe | None:
    """The selector that most likely finds a page's list of news, or None where nothing looks like one."""
    tree = read_tree(page)
    counted = Counter(selector for link in tree.css("a[href]")[:MOST_LINKS] for selector in _rows_above(link))
    guesses = [selector for selector, count in counted.most_common(MOST_GUESSES) if count >= FEWEST_ROWS]
    scored = [(_score(tree, page, selector), selector) for selector in guesses]
    score, best = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
    return Recipe(best) if score else None


def _rows_above(link: LexborNode) -> Iterator[str]:
    """Selectors of what may be the row around a link, from near to far; none for a link of the page's frame."""
    above = list(islice(_above(link), DEEPEST))
    if len(_words(link)) < SHORTEST_TITLE or any(node.tag in ASIDE for node in above):
        return
    for node in above[:CLIMB]:
        if node.tag in TOO_HIGH:
            return
        parent = node.parent
        holder = f"{_name(parent)} > " if parent is not None and parent.tag not in TOO_HIGH else ""
        yield f"{holder}{_name(node)}"


def _above(node: LexborNode) -> Iterator[LexborNode]:
    at = node.parent
    while at is not None:
        yield at
        at = at.parent


def _name(node: LexborNode) -> str:
    """Tag and first class, where that is a plain word: one with digits is often made anew with each build."""
    classes = (node.attributes.get("class") or "").split()
    plain = next((name for name in classes if name.replace("-", "").replace("_", "").isalpha()), "")
    return f"{node.tag}.{plain}" if plain and plain.isascii() else str(node.tag)


def _score(tree: LexborHTMLParser, page: Page, selector: str) -> float:
    """How much a selector's rows look like a list of news: many titles, long ones, each with a link of its own."""
    rows = len(tree.css(selector)[:MOST_ROWS])
    items = _read(tree, page, Recipe(selector)).items
    distinct = {item.url: item for item in items}
    if len(distinct) < max(FEWEST_ROWS, WELL_FILLED * rows):
        return 0.0
    dated = sum(item.published is not None for item in items) * 2 > len(items)
    letters = sum(min(len(item.title), LONGEST_SCORED) for item in distinct.values())
    return letters * (DATED if dated else 1.0)
