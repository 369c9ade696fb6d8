"""What grouping holds in columns and runs is found and forgotten as if each item were by itself."""

from __future__ import annotations

from bot.core.stories.rows import Rows
from bot.core.stories.runs import RUN, Runs
from bot.core.stories.window import Window


def test_rows_keep_their_numbers_when_the_first_are_forgotten() -> None:
    """A row is found under its number until it goes."""
    rows = Rows()
    for row in ((1, 2), (), (3,)):
        rows.append(row)
    rows.forget_before(1)
    assert ([], [3]) == (list(rows[1]), list(rows[2]))
    assert (False, True, False) == (0 in rows, 2 in rows, 3 in rows)


def test_runs_find_the_newest_of_a_key_in_all_that_is_held() -> None:
    """In what is sorted as in what is not yet, and not in a run that is over."""
    runs = Runs()
    for item in range(2 * RUN + 10):
        runs.put(item, (item % 100, 5_000_000 + item))
    newest = {item for item in range(2 * RUN + 10) if item % 100 == 7}
    assert set(sorted(newest)[-50:]) == runs.find((7,), 50)
    assert newest == runs.find((7,), 10_000)
    assert {3} == runs.find((5_000_003,), 10)
    runs.forget_before(RUN + 1)
    assert set() == runs.find((5_000_003,), 10)
    assert {RUN} == runs.find((5_000_000 + RUN,), 10)


def test_a_story_lives_on_when_its_first_item_is_forgotten() -> None:
    """With the span it had; and is gone with its last one."""
    window = Window()
    for story, hours in ((7, 1.0), (7, 3.0), (8, 4.0)):
        window.add(story, hours, "en", (1,), (2, 3))
    assert 1 == window.forget_before(2.0)
    assert ((1.0, 3.0), [1]) == (window.span(7), list(window.members(7)))
    window.merge(8, 7)
    window.rename({7: 9})
    assert ([1, 2], 9, None) == (list(window.members(9)), window.story(2), window.first(7))
    assert 3 == window.forget_before(9.0)
    assert (0, None) == (len(window), window.first(9))
