"""Texts for an account's page, ready to copy, in its school's languages; and finding them there. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from schoolgate.networks.port import Profile
from schoolgate.rulebook import Book

READ_OFF = frozenset({"says_not_always_watched", "says_where_concerns_go", "says_who_runs_it"})
"""Questions that a text of ours on the page answers with yes. Its absence answers nothing."""


@dataclass(frozen=True)
class Offered:
    """One text to copy: the question that it answers, its language, and the words."""

    key: str
    language: str
    words: str


def offered(
    book: Book, keys: Iterable[str], *, languages: Iterable[str], school: str, contact: str, names: list[str]
) -> list[Offered]:
    """Return the texts for these questions. `names`: the team; `contact`: the contact, "" where not
    stated."""
    found: list[Offered] = []
    asked = set(keys)
    for language in languages:
        with override(language):
            texts = {
                "says_who_runs_it": _("This page is run by {names} for {school}.").format(
                    names=", ".join(names), school=school
                )
                if names
                else "",
                "says_not_always_watched": _("No one monitors this page round the clock."),
                "says_where_concerns_go": _("If something here worries you, please contact {whom}.").format(
                    whom=contact
                )
                if contact
                else "",
                "acceptable_use_link": f"{_use_policy(book)}: https://" if _use_policy(book) else "",
            }
        there = {text.words for text in found}
        found += [
            Offered(key, language, words)
            for key, words in texts.items()
            if key in asked and words and words not in there
        ]
    if "school_named" in asked:
        names_there = schools(book)
        own = [school] if school in names_there else names_there
        found += [Offered("school_named", "", name) for name in own]
    return found


def read_off(book: Book, profile: Profile, texts: Iterable[Offered]) -> dict[str, object]:
    """Return what the page itself answers, as the network gave it: only what can be found there word by
    word."""
    page = plain(f"{profile.display} {profile.description}")
    found: dict[str, object] = {
        text.key: True for text in texts if text.key in READ_OFF and plain(text.words) in page
    }
    named = next((name for name in schools(book) if plain(name) in page), None)
    if named:
        found["school_named"] = named
    return found


def schools(book: Book) -> tuple[str, ...]:
    """Return the names of schools of which this policy wants one on the page, in every language."""
    return book.stated("account.open", "school_named", "schools")


def plain(text: str) -> str:
    """Return a text normalised for searching: without capitals, words separated by single spaces."""
    return " ".join(text.casefold().split())


def _use_policy(book: Book) -> str:
    return next(iter(book.stated("account.open", "acceptable_use_link", "target")), "")
