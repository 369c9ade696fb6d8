"""Makes out the article on one web page: the program that `extractor.py` starts. Reads its input, writes its output.

`python -m bot.feeds.extract MEGABYTES SECONDS`: on standard input a line with the Content-Type, then the page; on
standard output the text, a line for each paragraph. It binds itself to so much memory and processor
time before it reads anything, so that it ends even where whoever started it is gone.
"""

from __future__ import annotations

import sys
from contextlib import suppress

from bot.core.model import TEXT_LIMIT


def bind(megabytes: int, seconds: int) -> None:
    """Let the system end this process when it takes more."""
    if sys.platform == "win32":
        return
    import resource

    most = {"RLIMIT_AS": megabytes * 1_000_000, "RLIMIT_CPU": seconds, "RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0}
    for name, limit in most.items():
        with suppress(ValueError, OSError):  # not every system can bind everything; the parent ends it all the same
            resource.setrlimit(getattr(resource, name), (limit, limit))


def make_out(markup: str) -> str:
    """The article on a page, without its comments, menus and notices; "" where there is none."""
    import trafilatura  # here: bound first, and nobody else in the program needs it

    return trafilatura.extract(markup, include_comments=False, favor_precision=True) or ""


def main() -> None:
    """One page in, one text out."""
    bind(int(sys.argv[1]), int(sys.argv[2]))
    from bot.feeds.decode import decode

    content_type, _, body = sys.stdin.buffer.read().partition(b"\n")
    markup, _ = decode(body, content_type.decode("utf-8", "replace"))
    sys.stdout.buffer.write(make_out(markup)[:TEXT_LIMIT].encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
