"""What the parents' page says: our words, or the school's own in any language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.core.leaving import check_leaving
from schoolgate.people.models import Person
from schoolgate.pupils.models import ConsentWords
from schoolgate.pupils.rules import check_may_keep
from schoolgate.pupils.states import Use

OURS = ("en", "cy")
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
LONGEST = 500
CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
WORDS: Mapping[str, Promise] = {
    "language": _("English"),
    "title": _("{name}: pictures and names"),
    "whose": _("This page is for {who}."),
    "intro": _("You decide. You can change any answer at any time. No answer means no."),
    "picture": _("May we show {name} in pictures?"),
    "film": _("May we show {name} in films?"),
    "name": _("May we give {name}’s name?"),
    "voice": _("May we let {name}’s voice be heard?"),
    "means": _(
        "Anyone can see our pages and social media. If you say no later, we take our posts down."
    ),
    "yes": _("Yes"),
    "no": _("No"),
    "unanswered": _("No answer yet, which means no"),
    "partly": _("Yes, but not on all accounts"),
    "you_said": _("You answered “{answer}” on {day}."),
    "on_record": _("This comes from the school’s records."),
    "for_now": _("It counts as no for now. The school office can tell you more."),
    "none_of_it": _("No to everything"),
    "all": _("All our official accounts"),
    "only": _("Answer for one network only"),
    "saved": _("Your answer has been saved."),
    "not_here": _(
        "Your yes doesn’t count yet: a member of staff has signed in on this device. Answer on your own "
        "device, or on paper. The school will ask you."
    ),
    "down": _("Take my pictures down"),
    "posts": _("Posts you asked us to remove"),
    "looking": _("We’re looking for posts to remove. Reload this page in a minute."),
    "none": _("We found no posts to remove."),
    "removed": _("Removed on {day}"),
    "never": _("Not posted"),
    "going": _("Being removed"),
    "by_hand": _("A member of staff will remove it by {day}"),
    "looked_for": _("A member of staff will check by {day} that it isn’t there"),
    "not_yet": _("Not removed yet"),
    "stuck": _("Couldn’t be removed yet: we’ll ring you"),
}  # fmt: skip
"""By their keys; `{name}`, `{who}` and `{day}` are filled in."""
OWN = frozenset({"title", "means"})
"""What a school may say in its own words in our languages. The questions, the buttons and the outcome of an
answer are ours: no school's words turn a no into a yes."""
TURNS = frozenset({*(use.value for use in Use), "yes", "no", "none_of_it", "down", "unanswered", "partly"})
"""What is asked and answered: in other languages our English stands beside it."""


def right_to_left(language: str) -> bool:
    """Return whether a language is written from right to left."""
    return language.partition("-")[0] in RIGHT_TO_LEFT


def languages_here() -> dict[str, str]:
    """Return the languages of the page with their own names, ours first."""
    rows = ConsentWords.objects.order_by("id")
    own = {row.language: row.words.get("language", row.language) for row in rows}
    return {"en": "English", "cy": "Cymraeg", **{key: name for key, name in own.items() if key not in OURS}}


def words_in(language: str, **names: str) -> dict[str, str]:
    """Return every text of the page in a language: the school's own, else ours, or our English. A question or
    an answer in the school's words has ours beside it."""
    own = ConsentWords.objects.filter(language=language).values_list("words", flat=True).first() or {}
    with translation.override(language if language in OURS else "en"):
        said = {key: str(text) for key, text in WORDS.items()}
    if language in OURS:
        own = {key: text for key, text in own.items() if key in OWN}
    said |= {key: f"{text} ({said[key]})" if key in TURNS else text for key, text in own.items() if text}
    for key, value in names.items():
        said = {each: text.replace(f"{{{key}}}", value) for each, text in said.items()}
    return said


@action
def write_words(*, by: Person, at: datetime, language: str, words: Mapping[str, str]) -> ConsentWords:
    """Save the school's own words for one language; an empty text means ours.

    Raises NotAllowed, BadInput (`language`, or the key of a text).
    """
    check_may_keep(by, on=local_day(at))
    given = {key: " ".join(text.split()) for key, text in words.items() if text.strip()}
    wrong: dict[str, Promise] = {
        key: _("Use up to 500 characters.") for key, text in given.items() if len(text) > LONGEST
    }
    if language in OURS:
        wrong |= {key: _("Our own words stay here: leave this empty.") for key in given if key not in OWN}
    if not CODE.fullmatch(language):
        wrong["language"] = _("Enter a language code, such as ur for Urdu.")
    if wrong:
        raise BadInput({str(key): told for key, told in wrong.items()})
    check_leaving(Door.CONSENT_WORDS, given, about=by.federation, by=by, at=at)
    kept = {key: given[key] for key in WORDS if key in given}
    row, _new = ConsentWords.objects.update_or_create(
        language=language, defaults={"words": kept, "by": by, "at": at}
    )
    record("consentwords.saved", subject=row, at=at, actor=by, language=language)
    return row
