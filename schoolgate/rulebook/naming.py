"""Which of a policy's roles a sentence names, by its own words."""

import re
from collections.abc import Iterable, Mapping


def plain(words: str) -> str:
    """Return words without differences in spelling only."""
    return " ".join(words.casefold().replace("-", " ").split())


def roles_named(words: str, roles: Iterable[str], other_words: Mapping[str, str]) -> list[str]:
    """Return the roles that a sentence names, themselves or by other words for them."""
    said = plain(words)
    names = [name for name in roles if _is_named(name, said)]
    also = [name for word, name in other_words.items() if _is_named(word, said)]
    return [*dict.fromkeys([*names, *also])]


def _is_named(role: str, said: str) -> bool:
    return re.search(rf"\b{as_written(role)}s?\b", said) is not None


def as_written(role: str) -> str:
    """Return a pattern of a role's name, however a text without capitals divides it ("head teacher")."""
    return "[ -]?".join(map(re.escape, plain(role).replace(" ", "")))
