"""What a reason in a person's own words is: the one place that tells it from a dot."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput

LONGEST = 500
FEWEST_WORDS, FEWEST_LETTERS = 2, 8
"""House rule: less says nothing to the person who reads it in a year."""


def reason(words: str, field: str = "why", *, longest: int = LONGEST) -> str:
    """Return a reason as it is kept. Raises BadInput on its field where it isn't a few words, is too long or
    can't be shown."""
    tidy = words.strip()
    said = [word for word in tidy.split() if any(letter.isalpha() for letter in word)]
    letters = sum(letter.isalpha() for letter in tidy)
    if len(said) < FEWEST_WORDS or letters < FEWEST_LETTERS:
        raise BadInput({field: _("Give the reason in a few words.")})
    if len(tidy) > longest or "\x00" in tidy:
        raise BadInput({field: _("Use fewer words, and no special characters.")})
    return tidy
