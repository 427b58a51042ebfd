"""What to do about what was found in a post, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import Text
from schoolgate.publishing.hits import PostHit


def why_words_wait(left: Sequence[PostHit]) -> Text:
    """Return what to do about words that `rules.words_to_answer` gave."""
    if all(each.done and each.is_face for each in left):
        return _("The author has said why no one can be recognised. First look and say whether you agree.")
    if all(each.done for each in left):
        return _("The author has said why words in the text may stay. First say whether you agree.")
    return _("First answer what was found in the text and pictures.")


def why_stopped(stops: Sequence[PostHit]) -> Text:
    """Return what to do about what stops a post, the weightiest first."""
    if any(each.is_withheld for each in stops):
        return _(
            "A picture may be one that must not be shown. Take it out, or ask someone who "
            "looks after consents to explain on the post’s page why it may be shown."
        )
    if any(each.is_part for each in stops):
        return _(
            "A picture marked “No one recognisable” may be part of one with people. Change who can be seen, "
            "or say why no one can be recognised."
        )
    if any(each.is_face for each in stops):
        return _(
            "The program found a face in a picture marked “No one recognisable”. Change who can be seen, "
            "or say why no one can be recognised."
        )
    if all(each.pictures for each in stops):
        return _("First say why the words read in the pictures may stay, or blur them.")
    return _("First say why the words found in the text may stay, or change them.")
