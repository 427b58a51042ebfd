"""Values of pupils and consents, and the limits of a list. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Use(TextChoices):
    """What a consent is for. Consent to one use is none to another. Each is looked at before anything goes
    out; what nothing looks at isn't asked."""

    PICTURE = "picture", _("Pictures")
    FILM = "film", _("Film")
    NAME = "name", _("Naming")
    VOICE = "voice", _("Voice")


ANSWERED = [*Use.choices, ("work", _("Schoolwork (no longer asked)"))]
"""What an answer on record may be about: every use, and what was asked once and never looked at."""


class Answer(TextChoices):
    """An answer to a request for consent. No answer, or none any more, is not asked: it counts as no."""

    GIVEN = "given", _("Given")
    REFUSED = "refused", _("Refused")
    NOT_ASKED = "not_asked", _("Not asked")


class Giver(TextChoices):
    """The person who answered. `LIST`: the school's records say so, without a name. `SETTLED`: the school
    settled which of the answers holds."""

    PARENT = "parent", _("A parent or carer")
    PUPIL = "pupil", _("The pupil")
    LIST = "list", _("The school’s records")
    SETTLED = "settled", _("Resolved by the school")


ANSWERING = {each: each.label for each in (Giver.PARENT, Giver.PUPIL)}
"""Those who answer for themselves, with what they're called: by a link, or in what reached the school."""


class Form(TextChoices):
    """How an answer reached the school."""

    LIST = "list", _("In an imported list")
    PAPER = "paper", _("On paper")
    MESSAGE = "message", _("By email or letter")
    SPOKEN = "spoken", _("In person or by phone")
    HERE = "here", _("On the parents’ page")


ENTERED = {each: each.label for each in (Form.PAPER, Form.MESSAGE, Form.SPOKEN)}
"""How an answer reached the school that a person enters."""


class Cause(TextChoices):
    """Why a pupil may no longer be shown: what was answered, a list said so, the pupil's no on a day, or the
    do-not-publish list."""

    ANSWER = "answer", _("An answer")
    LIST = "list", _("An imported list")
    TODAY = "today", _("The pupil’s refusal on the day")
    KEPT_OFF = "kept_off", _("The do-not-publish list")


NAMES = ("first_name", "last_name", "known_as")
"""The fields of a pupil by which they're looked for."""


class ChangeState(TextChoices):
    """Whether a change of a pupil's names, or that they left, was made: at once, or by a safeguarding lead
    because the pupil is on the do-not-publish list."""

    MADE = "made", _("Made")
    WAITING = "waiting", _("Waits for a safeguarding lead")
    AGREED = "agreed", _("Made")
    DECLINED = "declined", _("Not made")


CHANGE_MOVES: Mapping[ChangeState, frozenset[ChangeState]] = {
    ChangeState.WAITING: frozenset({ChangeState.AGREED, ChangeState.DECLINED}),
}


class Why(TextChoices):
    """Why a pupil may or may not be shown. Pages for staff show only yes or no."""

    GIVEN = "given", _("Consent given.")
    NOT_ASKED = "not_asked", _("No answer on record. That counts as no.")
    REFUSED = "refused", _("Consent refused.")
    OBJECTS = "objects", _("The pupil said no.")
    DISAGREE = "disagree", _("The answers disagree. That counts as no.")
    OWN_YES = "own_yes", _("At this age the pupil’s own consent is needed as well.")
    LAPSED = "lapsed", _("The consent has ended.")
    LISTED = "listed", _("On the do-not-publish list.")
    LEFT = "left", _("No longer at the school.")


ADULT = 18
MOST_PUPILS = 5_000
"""Lines of one list, its headings not included (house rule)."""

WORDS: Mapping[str, str | Promise] = {
    # Why a line is refused
    "no_key": _("The pupil number is missing. It identifies the pupil."),
    "unknown_value": _("{column}: say what “{value}” means under Explain values."),
    "unknown_school": _("{column}: there is no school “{value}” here."),
    "bad_email": _("{column}: this isn’t an email address."),
    "born_future": _("{column}: this date is in the future."),
    "line_twice": _("Row {line} has the same pupil number."),
    "line_alike": _("Row {line} has the same pupil number, written differently. Correct one of them."),
    "numbers_alike": _(
        "Several pupils here have this number, written differently. Enter it as on their page."
    ),
    "no_left_out": _(
        "{use}: the list no longer says yes, but this row isn’t imported. Record the no on the pupil’s page."
    ),
    # What would change
    "comes": _("New."),
    "back": _("At the school again."),
    "changed": _("{use}: changes."),
    "renamed": _("{use}: “{old}” becomes “{new}”."),
    "named": _("{use}: “{new}”."),
    "answer": _("{use}: {answer}."),
    "link": _("{who}: consent link."),
    "taken_back": _("{use}: no longer given."),
    # What is worth knowing
    "held": _("{use}: “{new}”. Waits for a safeguarding lead."),
    "emptied": _("{use}: empty here. “{old}” stays, unless you tick that empty cells count."),
    "kept_off": _("Waits for a safeguarding lead or the office to check. Until then it counts as no."),
    "stays_no": _("{use}: the list says yes, but the answer stays no. {why}"),
    "stays_yes": _("{use}: the list has no yes, but another yes on record still counts."),
}
"""A short code -> the sentence that a page shows, with the words that fit in."""
