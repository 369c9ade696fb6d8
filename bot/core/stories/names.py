"""A story's short name, such as K7Q2: easy to say, to type and to tell from its neighbours'. Pure arithmetic."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so nothing is misread and no word is spelt."""

ALIKE = str.maketrans("OIL", "011")
SHORTEST, LONGEST = 4, 12
BITS = 5  # a letter
SCRAMBLE = 0x9E3779B1
"""An odd number: multiplying by it modulo a power of two loses nothing, and sends neighbours far apart."""


def story_name(number: int) -> str:
    """The name of a story's number (0 or more): at least four letters. Raises ValueError for a negative one."""
    if number < 0:
        raise ValueError(f"a story's number is not negative, got {number}")
    length = SHORTEST
    while number >= 1 << (BITS * length):
        length += 1
    scrambled = number * SCRAMBLE % (1 << (BITS * length))
    return "".join(ALPHABET[scrambled >> (BITS * place) & 31] for place in reversed(range(length)))


def story_id(name: str) -> int | None:
    """The number behind a name, however it was typed (k7q2, #K7Q2, K7 Q2, O for 0); None where it is no name."""
    plain = "".join(name.upper().split()).removeprefix("#").translate(ALIKE)
    if not SHORTEST <= len(plain) <= LONGEST or any(letter not in ALPHABET for letter in plain):
        return None
    size = 1 << (BITS * len(plain))
    scrambled = 0
    for letter in plain:
        scrambled = scrambled << BITS | ALPHABET.index(letter)
    number = scrambled * pow(SCRAMBLE, -1, size) % size
    return number if story_name(number) == plain else None


def near_numbers(name: str) -> list[int]:
    """The numbers whose names are one slip away, at the usual length; nothing for what is no name but for that.

    A slip is a letter that is wrong, missing or too much, or two in each other's place.
    """
    plain = "".join(name.upper().split()).removeprefix("#").translate(ALIKE)
    if abs(len(plain) - SHORTEST) > 1 or any(letter not in ALPHABET for letter in plain):
        return []
    cuts = [(plain[:at], plain[at:]) for at in range(len(plain) + 1)]
    meant = [head + letter + tail for head, tail in cuts for letter in ALPHABET]
    meant += [head + letter + tail[1:] for head, tail in cuts if tail for letter in ALPHABET]
    meant += [head + tail[1:] for head, tail in cuts if tail]
    meant += [head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1]
    numbers = (story_id(one) for one in dict.fromkeys(meant) if len(one) == SHORTEST and one != plain)
    return [number for number in numbers if number is not None]


def date_name(story: int, place: int, dates: int) -> str:
    """How a story's date is called: the story's name where it has one date, else with its place: K7Q2.2."""
    return story_name(story) if dates == 1 else f"{story_name(story)}.{place}"


def read_date_name(name: str) -> tuple[str, int | None]:
    """The story's name, and the place of the date among its dates, if one was typed."""
    story, dot, place = name.rpartition(".")
    return (story, int(place)) if dot and place.isdecimal() else (name, None)
