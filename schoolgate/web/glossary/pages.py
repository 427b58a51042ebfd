"""The glossary: each word of the program and of its field in both languages, with what it means; and the
help: a topic, which other pages show beside themselves, and the list of all.
"""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.core.models import in_terms
from schoolgate.web.frame.doors import Visit, opens, page
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.help import topics
from schoolgate.web.glossary import Word, words

LANGUAGES = ("en", "cy")
HEADS = {"en": _("English"), "cy": _("Welsh")}
ALPHABET = [
    "a", "b", "c", "ch", "d", "dd", "e", "f", "ff", "g", "ng", "h", "i", "j", "k", "l", "ll", "m", "n", "o",
    "p", "ph", "q", "r", "rh", "s", "t", "th", "u", "v", "w", "x", "y", "z",
]  # fmt: skip
"""The Welsh alphabet: its double letters are letters of their own."""
OF_SCHOOLS = "field"


class LookForm(SchoolForm):
    """Search words: a word, or part of its meaning."""

    words = forms.CharField(label=_("Search for a word"), max_length=60, required=False)


@dataclass(frozen=True)
class ShownWord:
    """One line of the page: the word in both languages, the reader's own first, and its meaning in theirs."""

    own: str
    other: str
    means: str
    of_schools: bool


@page(place="menu")
def word_list(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List all words, in the alphabet of the reader's language or of the other; a search narrows the list."""
    own = "cy" if (get_language() or "en").startswith("cy") else "en"
    other = "en" if own == "cy" else "cy"
    by = request.GET.get("by", own)
    by = by if by in LANGUAGES else own
    form = LookForm(request.POST or None)
    looked_for = form.cleaned_data["words"].strip() if form.is_bound and form.is_valid() else ""
    found = sorted((word for word in words() if matches(word, looked_for)), key=lambda word: order(word, by))
    context = {
        "form": form,
        "looked_for": looked_for,
        "own": own,
        "other": other,
        "by": by,
        "heads": [HEADS[own], HEADS[other], _("What it means")],
        "rows": [
            ShownWord(
                in_terms(word.name(own)), in_terms(word.name(other)), word.means(own), word.kind == OF_SCHOOLS
            )
            for word in found
        ],
    }
    return render(request, "glossary/glossary.html", context, status=422 if form.errors else 200)


def matches(word: Word, looked_for: str) -> bool:
    """Return whether the word or its meaning contains this text, in either language, ignoring case."""
    wanted = looked_for.casefold()
    return any(wanted in text.casefold() for text in (word.en, word.cy, word.means_en, word.means_cy))


def order(word: Word, language: str) -> list[int]:
    """Return the word's position in the alphabet of that language. Accents are ignored."""
    plain = word.name(language).casefold().translate(str.maketrans("âêîôûŵŷï", "aeiouwyi"))
    letters: list[int] = []
    while plain:
        pair = plain[:2] if language == "cy" and plain[:2] in ALPHABET else plain[:1]
        letters.append(ALPHABET.index(pair) if pair in ALPHABET else -1)
        plain = plain[len(pair) :]
    return letters


@page(place="menu", methods=("GET", "HEAD"))
def help_page(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show what one does on some pages (`about`), and every topic of which the visitor may open a page."""
    about = request.GET.get("about", "")
    found = next((one for one in topics() if one.key == about), None)
    if about and found is None:
        raise NotFound
    return render(
        request,
        "glossary/help.html",
        {
            "topic": found,
            "leads_on": found is not None and opens(visit, found.to),
            "topics": [one for one in topics() if opens(visit, one.to) and one is not found],
        },
    )


urlpatterns = [
    path("menu/words", word_list, name="words"),
    path("help", help_page, name="help"),
]
