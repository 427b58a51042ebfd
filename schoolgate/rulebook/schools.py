"""Schools as rules know them: by the names that the policy itself gives them, and by no other."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from schoolgate.rulebook.book import Book
from schoolgate.rulebook.errors import BadFacts
from schoolgate.rulebook.facts import Facts

ALMOST = 0.75
"""How much two names have to be alike for one to be a slip of the pen for the other."""


def check_schools(book: Book, facts: Facts) -> None:
    """Raises BadFacts where a school is named almost as the policy names it: a rule for that school would not
    find it. Any other name is none of the policy's schools."""
    known = {one.casefold(): one for one in book.meta.schools}
    for path, name in _named(facts.model_dump(exclude_unset=True)) if known else ():
        near = get_close_matches(name.casefold(), known, n=1, cutoff=ALMOST)
        if near and name not in known.values():
            raise BadFacts(path, f"no school {name!r}; did you mean {known[near[0]]}?")


def _named(value: Any, way: str = "") -> Iterator[tuple[str, str]]:
    """Yield every school that the facts name, with its place."""
    if isinstance(value, Mapping):
        for name, inside in value.items():
            path = f"{way}.{name}" if way else str(name)
            if name == "school" and isinstance(inside, str):
                yield path, inside
            yield from _named(inside, path)
    elif isinstance(value, list | tuple):
        for place, inside in enumerate(value):
            yield from _named(inside, f"{way}.{place}")
