"""Places a question names, out of the places the library has documents of."""

from collections.abc import Iterable
from functools import cache

from corpus.lexicon.regions import find_regions, load_regions


def named_regions(query: str, regions: Iterable[str]) -> tuple[frozenset[str], str]:
    """Which of `regions` the query names, in full or in short, and the query without those names.

    A query of nothing but places is returned as it is.
    """
    known = sorted(regions)
    found = frozenset(find_regions(query, known)) & frozenset(known)
    rest = query
    for name in sorted(found, key=lambda n: (-len(n), n)):
        rest = rest.replace(name, " ").replace(short_name(name), " ")
    return found, (rest if any(c.isalnum() for c in rest) else query)


def short_name(region: str) -> str:
    """As in the table; for a place no table holds, the name without its last character (`云泽市`)."""
    return _short_names().get(region) or (region[:-1] if len(region) > 2 else region)


@cache
def _short_names() -> dict[str, str]:
    return {region.name: region.short for region in load_regions()}
