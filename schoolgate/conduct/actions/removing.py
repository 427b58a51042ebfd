"""Tell a person to remove a post of their own, and record that it is gone."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.conduct import facts, rules
from schoolgate.conduct.duty_kinds import REMOVE
from schoolgate.conduct.models import Removal
from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.ids import reserve
from schoolgate.duties.actions import Then, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.duties.states import Basis
from schoolgate.people.models import Person
from schoolgate.policy.asking import answered, forget_facts, record_decision

LONGEST = 1000


@action
def tell_to_remove(
    *, by: Person, at: datetime, person: Person, words: str, reply_by: datetime | None
) -> Removal:
    """Tell a person to remove a post that breaks the policy; they get a task, due by the policy or by then.

    `words`: which post and why, sealed for the two of them. Raises NotAllowed unless `by` deals with
    concerns; NotNow where the policy doesn't speak of it; BadInput (words, reply_by, person)."""
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
    if reply_by is not None and reply_by <= at:
        raise BadInput({"reply_by": _("Choose a time that is still to come.")})
    number = reserve(Removal, 1)[0]
    subject = f"conduct.removal:{number}"
    asked = facts.removal_facts(person, by=by, at=at, told_at=at, reply_by=reply_by, gone=False)
    kept = record_decision("posting.withdraw", asked, at=at, by=None, subject=subject)
    forget_facts(kept)
    wanted = next((duty for duty in answered(kept).duties if duty.what == "removal"), None)
    if wanted is None:
        raise NotNow(
            _("Your policy doesn’t say that this person can be told to remove a post."),
            _("Report a concern instead."),
        )
    row = Removal.objects.create(
        pk=number, person=person, told_by=by, told_at=at, reply_by=reply_by, decision=kept,
        words_ref=vault.put("conduct", words.strip(), about=subject),
    )  # fmt: skip
    open_duty(
        kind=REMOVE, subject=row, at=at, due=Due.of(wanted.due),
        person=person, clauses=kept.clauses, decision=kept, then=Then(Basis.HOUSE, person=by),
    )  # fmt: skip
    record("removal.told", subject=row, at=at, clauses=kept.clauses, decision=kept.pk)
    return row


@action
def note_gone(*, by: Person, at: datetime, removal: Removal) -> Removal:
    """Record that the post is gone; what it was about is forgotten.

    Raises NotFound for everyone but its author and the person who told them; NotNow once it is gone."""
    if by.pk not in (removal.person_id, removal.told_by_id):
        raise NotFound
    words_ref = removal.words_ref
    if not Removal.objects.filter(pk=removal.pk, gone_at=None).update(gone_at=at, words_ref=None):
        raise NotNow(_("This post is already recorded as gone."), _("You don’t need to do anything else."))
    if words_ref is not None:
        vault.forget(words_ref)
    removal.refresh_from_db()
    discharge(kind=REMOVE, subject=removal, by=by, at=at, how="gone")
    record("removal.gone", subject=removal, at=at, clauses=removal.decision.clauses)
    return removal
