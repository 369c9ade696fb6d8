"""The peer: one update of all feeds by the library `reader`, as its manual says. Knows nothing of Lodewire.

`python -m tests.bench.by_reader DATABASE FEEDS WORKERS` prints what was updated, as one line of JSON.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from reader import make_reader


def main(database: str, feeds: str, workers: int) -> None:
    """Add the feeds that are not known, update all, due or not, count what came."""
    counts: Counter[str] = Counter()
    with make_reader(database) as reader:
        for url in Path(feeds).read_text().split():
            reader.add_feed(url, exist_ok=True)
        for result in reader.update_feeds_iter(workers=workers, scheduled=False):
            if isinstance(result.value, Exception):
                counts["failed"] += 1
                continue
            counts["feeds"] += 1
            counts["items_new"] += result.value.new if result.value else 0
            counts["items_changed"] += result.value.modified if result.value else 0
    print(json.dumps(counts))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
