"""Addresses in groups by their first word (Django tries one pattern after another, and there are hundreds),
and the kinds of argument that ours have beside Django's own.

A test refuses a plain `str` in an address that is open to the public, and sends a canary through each
`secret`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.urls.converters import StringConverter
from django.urls.resolvers import RoutePattern

Address = URLPattern | URLResolver


def by_first_word(addresses: Iterable[Address]) -> list[Address]:
    """Return the same addresses in groups, so that a request tries those that begin as its path does.

    Those that begin with a word of people's own, such as the slug of a federation, come last.
    """
    found: dict[str, list[URLPattern]] = {}
    alone: list[Address] = []
    last: list[Address] = []
    for each in _one_by_one(addresses):
        word, slash, _rest = str(each.pattern).partition("/")
        if "<" in word:
            last.append(each)
        elif slash and isinstance(each, URLPattern) and isinstance(each.pattern, RoutePattern):
            found.setdefault(f"{word}/", []).append(each)
        else:
            alone.append(each)
    groups = [path(word, include([_within(word, each) for each in group])) for word, group in found.items()]
    return [*alone, *groups, *last]


def _one_by_one(addresses: Iterable[Address]) -> Iterator[Address]:
    for each in addresses:
        if isinstance(each, URLResolver) and not str(each.pattern) and not each.namespace:
            yield from _one_by_one(each.url_patterns)
        else:
            yield each


def _within(word: str, each: URLPattern) -> URLPattern:
    rest = str(each.pattern).removeprefix(word)
    return path(rest, each.callback, each.default_args, each.name)


class Secret(StringConverter):
    """A word that is a key: `<secret:token>`."""


class Base36(StringConverter):
    """A number as the links for a forgotten password write it."""

    regex = "[0-9A-Za-z]+"


def register() -> None:
    """Make them known to `path`, before any list of addresses is read."""
    register_converter(Secret, "secret")
    register_converter(Base36, "base36")
