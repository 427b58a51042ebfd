"""Tell a person to remove a post of their own, and record that it is gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.conduct import facts, rules
from schoolgate.conduct.answers import PICTURE, POST
from schoolgate.conduct.duty_kinds import REMOVE
from schoolgate.conduct.models import Removal
from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.ids import reserve
from schoolgate.core.moves import done_before
from schoolgate.duties.actions import Then, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.duties.states import Basis
from schoolgate.people.models import Person
from schoolgate.policy.asking import answered, forget_facts, record_decision
from schoolgate.policy.models import DecisionRecord
from schoolgate.rulebook import Outcome

LONGEST, LONGEST_LINK = 1000, 500


@dataclass(frozen=True)
class PictureFound:
    """A picture that shows pupils on a person's own page: its link, whether it is a school photo, and whether
    it shows which school it is (None: not known)."""

    link: str
    school_photograph: bool | None = None
    shows_school: bool | None = None


@action
def tell_to_remove(
    *,
    by: Person,
    at: datetime,
    person: Person,
    words: str,
    reply_by: datetime | None,
    picture: PictureFound | None = None,
) -> Removal:
    """Tell a person to remove a post that breaks the policy, or a picture of pupils that it forbids on a page
    of their own; they get a task, due by the policy or by then.

    `words`: which it is and why, sealed with the link for the two of them. Raises NotAllowed unless `by`
    deals with concerns; NotNow where the policy doesn't speak of it, or of this person; BadInput (words,
    link, reply_by, person)."""
    on = local_day(at)
    rules.check_may_tell(by, on=on)
    if person.pk == by.pk:
        raise BadInput(
            {
                "words": _(
                    "You can’t tell yourself to remove a post. Ask another person who deals with concerns."
                )
            }
        )
    if not words.strip() or len(words) > LONGEST or "\x00" in words:
        raise BadInput({"words": _("Say in one or two sentences which post, and why.")})
    if picture is not None and (not picture.link.strip() or len(picture.link) > LONGEST_LINK):
        raise BadInput({"link": _("Enter the link to the picture.")})
    if reply_by is not None and reply_by <= at:
        raise BadInput({"reply_by": _("Choose a time that is still to come.")})
    number = reserve(Removal, 1)[0]
    subject = f"conduct.removal:{number}"
    kept, due = _asked(person, picture, by=by, at=at, reply_by=reply_by, subject=subject)
    if due is None:
        raise NotNow(
            _("Your policy doesn’t say that this person can be told to remove it."),
            _("Report a concern instead."),
        )
    text = words.strip() if picture is None else f"{picture.link.strip()}\n{words.strip()}"
    row = Removal.objects.create(
        pk=number, person=person, told_by=by, told_at=at, reply_by=reply_by, decision=kept,
        words_ref=vault.put("conduct", text, about=subject),
    )  # fmt: skip
    open_duty(
        kind=REMOVE, subject=row, at=at, due=due,
        person=person, clauses=kept.clauses, decision=kept, then=Then(Basis.HOUSE, person=by),
    )  # fmt: skip
    record("removal.told", subject=row, at=at, clauses=kept.clauses, decision=kept.pk)
    return row


def _asked(
    person: Person,
    picture: PictureFound | None,
    *,
    by: Person,
    at: datetime,
    reply_by: datetime | None,
    subject: str,
) -> tuple[DecisionRecord, Due | None]:
    """Ask the policy; return its saved answer, and by when it has to be gone: None where it needn't be."""
    if picture is None:
        asked = facts.removal_facts(person, by=by, at=at, told_at=at, reply_by=reply_by, gone=False)
        kept = record_decision(POST, asked, at=at, by=None, subject=subject)
        wanted = next((duty for duty in answered(kept).duties if duty.what == "removal"), None)
        due = Due.of(wanted.due) if wanted is not None else None
    else:
        shown = facts.picture_facts(
            person, at=at, school_photograph=picture.school_photograph, shows_school=picture.shows_school
        )
        kept = record_decision(PICTURE, shown, at=at, by=None, subject=subject)
        due = Due.at(reply_by) if reply_by is not None else Due.none_promised()
        if kept.outcome != Outcome.NOT_PERMITTED:
            due = None
    forget_facts(kept)
    return kept, due


@action
def note_gone(*, by: Person, at: datetime, removal: Removal) -> Removal:
    """Record that the post is gone; what it was about is forgotten.

    Raises NotFound for everyone but its author and the person who told them; NotNow once it is gone."""
    if by.pk not in (removal.person_id, removal.told_by_id):
        raise NotFound
    words_ref = removal.words_ref
    if not Removal.objects.filter(pk=removal.pk, gone_at=None).update(gone_at=at, words_ref=None):
        raise done_before(removal, _("This post is already recorded as gone."), gone_at__isnull=False)
    if words_ref is not None:
        vault.forget(words_ref)
    removal.refresh_from_db()
    discharge(kind=REMOVE, subject=removal, by=by, at=at, how="gone")
    record("removal.gone", subject=removal, at=at, clauses=removal.decision.clauses)
    return removal
