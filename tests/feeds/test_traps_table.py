"""What feeds in the wild get wrong, with what is done about each and the tests that would fail if it were not.

`pytest -n 0 -rP tests/feeds/test_traps_table.py` shows the table; with `-m soak` it runs the tests, and says how many
cases of each row passed.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.sources import ROOT

TABLE = """
no guid                            | the link, else the words        | traps:guid_is_what two_polls:is_not_news
an empty guid, a guid of 0         | none; one                       | traps:guid_is_what two_polls:is_not_news
another guid for the same story    | either key known: not new       | poll_floods:new_guids two_polls:is_not_news
an aggregator's guids rotate       | outlet and title                | poll_floods:aggregators identity:aggregator
one guid for several items         | a stricter rule, for good       | poll_floods:one_guid poll_floods:shared_loses
http, www, a slash in the identity | one normal form                 | urls:one_page_has two_polls:is_not_news
a site moves house                 | words; else a question          | poll_floods:moved_house poll_floods:asked_about
a headline rewritten               | an edit                         | two_polls:is_not_news poll_pages:changed_text
a date bumped, a fragment added    | no part of the identity         | two_polls:is_not_news urls:one_page_has
edits without end                  | so many are followed            | page_sorting:followed_so_often
an item leaves and comes back      | keys outlive items              | two_polls:is_not_news prune:keys_
a feed is emptied and filled again | nothing is removed              | two_polls:is_not_news poll_pages:empty_first
items came and went between polls  | counted; asked twice as often   | poll_floods:gap_shortens floods:begins_after
one story, several addresses       | tracking is no identity         | urls:one_page_has two_polls:is_not_news
no date                            | when it was first seen          | two_polls:dates_that_cannot floods:cannot_be
a date in any writing              | read, with the feed's zone      | of_documents:date dates:test
a date in the future               | none                            | two_polls:dates_that_cannot floods:cannot_be
1970, or a number                  | none; seconds or milliseconds   | of_documents:date two_polls:dates_that_cannot
a challenge, consent, a captcha    | its own error; validators kept  | of_documents:no_feed_says two_polls:validators_of
programs are turned away           | who we are, and no more; told   | fetch:who_we fetch:cookie health:closed_door
the encoding is another            | what the bytes are              | of_documents:encoding_is of_documents:label_means
packed without a word, or not      | what the bytes are, in bounds   | inflate:lies_about inflate:bytes_tell
redirects                          | five; a move is proven a week   | fetch:have_an_end poll_addresses:permanent
gone                               | 410, or 404 for a week; told    | poll_pages:gone_is poll_addresses:week_is_gone
429, Retry-After                   | a rest for the whole host       | retry_after:wish poll_addresses:patience
odd validators                     | sent back byte for byte         | fetch:byte_for_byte
new dates on the same bytes        | the body tells                  | poll_pages:same_bytes reader:comes_again
validators of a bad body           | not kept                        | inflate:cut_answer two_polls:validators_of two_polls:cut_answer
a move told in the feed            | not followed                    | of_documents:another_address poll_addresses:another_home
a huge feed                        | a bound after unpacking         | inflate:bound reader:large_feed
bombs, entities from outside       | not read                        | of_documents:no_feed_says broken_pages:entities
relative addresses                 | the nearest base                | traps:base_is traps:link_is_absolute
markup in titles, escaped twice    | plain text                      | traps:title_is_plain parse:title_is_plain
characters that are none           | dropped                         | traps:title_is_plain traps:guid_is_what
broken XML                         | mended where it does not parse  | of_documents:mended of_documents:cut_inside parse:broken_reference
"appeared first on"                | no text                         | traps:footer
tracking in links                  | no identity; kept for the click | urls:one_page_has traps:link_is_absolute
an aggregator's own redirects      | not decoded                     | traps:link_is_absolute identity:aggregator poll_floods:aggregators
ttl and hours that mean nothing    | only lengthen, within bounds    | cadence:wish_only of_documents:useless_hints
reordered, old items pinned        | by date; the old come silently  | page_sorting:pinned two_polls:by_their_dates poll_floods:old_news
200 and empty, or frozen           | told, by the feed's own rhythm  | health:without_items health:silence
all at once after a stop           | spread; the next poll is stored | poll_addresses:spread poll_pages:outlives
"""  # noqa: E501
TEST = re.compile(r"^(?:async )?def (test_\w+)", re.MULTILINE)


def rows() -> list[tuple[str, str, list[str]]]:
    """Each row's trap and answer, and the tests it names, as pytest names them."""
    cells = ([cell.strip() for cell in line.split(" | ")] for line in TABLE.strip().splitlines())
    return [
        (trap, answer, [test for word in proof.split() for test in find_tests(word)]) for trap, answer, proof in cells
    ]


def find_tests(word: str) -> list[str]:
    """`file:part`: the tests of `test_file.py`, or of what ends so, with this part in their name."""
    name, part = word.split(":")
    files = [path for path in ROOT.glob("tests/**/test_*.py") if path.stem in (f"test_{name}", f"test_traps_{name}")]
    return [
        f"{path.relative_to(ROOT)}::{test}"
        for path in files
        for test in TEST.findall(path.read_text(encoding="utf-8"))
        if part in test
    ]


def test_every_trap_has_its_tests() -> None:
    """Forty-two rows; each word of a proof names tests that exist."""
    print(f"\n{'':3}{'trap':36}{'answer':33}proof")
    for number, line in enumerate(TABLE.strip().splitlines(), 1):
        trap, answer, proof = (cell.strip() for cell in line.split(" | "))
        print(f"{number:2} {trap:36}{answer:33}{proof}")
        assert all(find_tests(word) for word in proof.split()), proof
    assert 42 == number


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_the_tests_of_every_trap_pass(tmp_path: Path) -> None:
    """Run in a process of their own; how many cases of each row passed."""
    named = sorted({test for _, _, tests in rows() for test in tests})
    words = ["-n", "0", "-q", f"--junitxml={tmp_path / 'told.xml'}", *named]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    passed: Counter[str] = Counter()
    for case in ElementTree.parse(tmp_path / "told.xml").iter("testcase"):
        test = f"{case.attrib['classname'].replace('.', '/')}.py::{case.attrib['name'].partition('[')[0]}"
        passed[test] += not list(case)
    print(f"\n{'':3}{'trap':36}cases passed")
    for number, (trap, _, tests) in enumerate(rows(), 1):
        print(f"{number:2} {trap:36}{sum(passed[test] for test in tests):4}")
        assert all(passed[test] for test in tests), tests
    assert 0 == done.returncode, done.stdout
