"""Record answers to a short check of understanding; only the result is saved."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.duties.actions import discharge
from schoolgate.people.models import Person
from schoolgate.policy import knowing
from schoolgate.policy.actions.saying import attest
from schoolgate.policy.duty_kinds import WRONG_ANSWERS
from schoolgate.policy.models import UnderstandingCheck
from schoolgate.policy.queries import in_force
from schoolgate.policy.questions import ANSWERS, questions_for, right_answers
from schoolgate.policy.states import Attested


@action
def take_check(*, by: Person, at: datetime, number: int, given: Sequence[str]) -> UnderstandingCheck:
    """Save the person's answers to their check of this number on the version in force; `given` are
    outcomes, in the order of the questions.

    All right counts as having understood it where the policy asks for such a check, and nowhere else.
    Raises NotNow where that check was answered already or the version has changed; BadInput where an answer
    is missing.
    """
    on = local_day(at)
    policy = in_force(on)
    last = knowing.last_check(by, policy.version)
    if number != (last.number if last else 0) + 1:
        raise NotNow(_("These questions are no longer in use."), _("Answer the new ones."))
    asked = questions_for(policy.book, person=by.pk, version=policy.version.pk, number=number)
    if not asked:
        raise NotNow(
            _("No questions are available for this policy."), _("Read the policy on its page instead.")
        )
    missing = {
        f"question_{position}": _("Choose an answer.")
        for position in range(len(asked))
        if position >= len(given) or given[position] not in ANSWERS
    }
    if missing:
        raise BadInput(missing)
    row = UnderstandingCheck.objects.create(
        person=by,
        version=policy.version,
        number=number,
        right=right_answers(asked, given[: len(asked)]),
        asked=len(asked),
        at=at,
    )
    record("understandingcheck.taken", subject=row, at=at, actor=by, right=row.right, asked=row.asked)
    if row.right == row.asked:
        discharge(kind=WRONG_ANSWERS, subject=policy.version, person=by, by=by, at=at, how="all_right")
        if knowing.wants(policy, on=on).understanding:
            attest(
                kind=Attested.POLICY_UNDERSTOOD,
                about=policy.version,
                by=by,
                at=at,
                seen={"version": policy.version.pk, "questions": [one.key for one in asked]},
            )
    return row
