"""The comments on the text of a post, in words: what is wrong, who it is about, and the status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.models import Post, PostMark
from schoolgate.rulebook.messages import NEEDS

Words = str | Promise

WHOM: Mapping[str, Words] = {
    "pupil": _("A pupil"),
    "family": _("A pupil’s family"),
    "staff": _("A colleague"),
    "governor": _("A governor"),
    "volunteer": _("A volunteer"),
    "school": _("The school or the federation itself"),
    "partner": _("An organisation the school works with"),
    "supplier": _("Someone who sells to the school"),
    "customer": _("Someone who uses what the school offers"),
    "public": _("Someone else"),
}
"""`marks.Whom` in words."""

OF_LACK: Mapping[str, Words] = {
    "no_day": _("It doesn’t say when"),
    "no_place": _("It doesn’t say where"),
}
LAW = "law_"


@dataclass(frozen=True)
class ShownMark:
    """A mark for a page. `kind`: the colour of its tag; `judged`: a person has decided about the current
    text; `changed`: a person decided, but the text has changed since."""

    mark: PostMark
    what: str
    whom: Words
    kind: str
    state: str
    judged: bool
    changed: bool


def kind_in_words(kind: str) -> str:
    """Return what a text was marked for, to start a line; for an unknown kind the bare word."""
    if kind in OF_LACK:
        return str(OF_LACK[kind])
    phrase = NEEDS.get(f"mark.{kind}")
    if phrase is None:
        return kind
    words = gettext(phrase)
    if kind.startswith(LAW):
        return gettext("A legal question: {what}").format(what=words)
    return words[:1].upper() + words[1:]


def marks_shown(post: Post | None) -> Sequence[ShownMark]:
    """Return the marks of a post, oldest first; none of a post that was never saved."""
    if post is None:
        return []
    marks = list(post.marks.all())
    seen = content_digest(post) if marks else ""
    return [_shown(mark, seen) for mark in marks]


def _shown(mark: PostMark, seen: str) -> ShownMark:
    judged, changed = mark.judged_seen == seen, bool(mark.judged_seen) and mark.judged_seen != seen
    kind, state = "wait", gettext("Not checked yet")
    if changed:
        state = gettext("Check again: the text changed")
    elif judged:
        kind, state = (
            ("no", gettext("This is a problem")) if mark.found else ("good", gettext("Meets the policy"))
        )
    return ShownMark(mark, kind_in_words(mark.kind), WHOM.get(mark.whom, ""), kind, state, judged, changed)
