"""When a request can be answered, and how it ends by what was decided."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotNow
from schoolgate.people.models import Person
from schoolgate.rights.exemptions import NOT_ASKED, UNSPOKEN
from schoolgate.rights.found import answer_means, changed_since, counts_of, progress_of, waits_for_leads
from schoolgate.rights.models import Request
from schoolgate.rights.states import (
    ANSWERED,
    MENDED,
    MENDS,
    OUTCOMES,
    Decision,
    GatheringState,
    Outcome,
    StepKind,
)


def outcome_of(request: Request) -> Outcome | None:
    """Return how a request ends by what was decided, or was recorded as done; None while something is
    undecided, or nothing was searched for or recorded. What wasn't about the request counts as not found, and
    so does what the leads leave out for a reason that isn't told: it would say that there is something."""
    if request.kind in MENDS:
        return _outcome_by_steps(request)
    progress = progress_of(request)
    if progress is None or progress.gathering.state == GatheringState.RUNNING:
        return None
    counts = counts_of(request)
    if counts.by_decision.get(Decision.UNDECIDED, 0) or waits_for_leads(request):
        return None
    given = counts.by_decision.get(Decision.GIVEN, 0)
    part = counts.by_decision.get(Decision.COVERED, 0)
    unsaid = request.found.filter(lead=True, decision=Decision.LEFT_OUT, exemption__in=UNSPOKEN).count()
    withheld = counts.by_decision.get(Decision.LEFT_OUT, 0) - counts.by_exemption.get(NOT_ASKED, 0) - unsaid
    if not given and not part:
        return Outcome.REFUSED if withheld else Outcome.NOTHING
    return Outcome.PART if part or withheld else Outcome.GIVEN


def _outcome_by_steps(request: Request) -> Outcome | None:
    mended = MENDS[request.kind]
    kinds = set(request.steps.filter(kind__in=[mended, StepKind.LEFT]).values_list("kind", flat=True))
    if not kinds:
        return None
    if len(kinds) > 1:
        return Outcome.SOME
    if StepKind.LEFT in kinds:
        return Outcome.REFUSED
    return Outcome.CHANGED if mended == StepKind.MENDED else Outcome.STOPPED


def outcomes_for(request: Request) -> tuple[Outcome, ...]:
    """Return how a request may end: where something was searched for, of what says what was given only what
    was decided; of what says what was done about data only what was recorded."""
    every = OUTCOMES[request.kind]
    if request.kind in MENDS:
        done = outcome_of(request)
        follows = MENDED if done is None else (*MENDED, Outcome.REFUSED)
        return tuple(one for one in every if one not in follows or one == done)
    if not request.gatherings.exists():
        return every
    decided = outcome_of(request)
    return tuple(one for one in every if one not in ANSWERED or one == decided)


def check_ready(request: Request, *, by: Person) -> None:
    """Raise NotNow unless an answer can be made by this person: the search is over, all is decided and as it
    was then, and nothing that only the safeguarding leads decide on was given by this person alone."""
    progress = progress_of(request)
    if progress is None:
        raise NotNow(_("Nothing has been searched for yet."), _("Start the search first."))
    if progress.gathering.state == GatheringState.RUNNING:
        raise NotNow(_("The search is still running."), _("Wait until it has finished, or stop it."))
    rows = request.found.filter(decision=Decision.UNDECIDED)
    if rows.filter(lead=False).exists():
        raise NotNow(_("Something that was found isn’t decided yet."), _("Decide on it first."))
    if rows.exists() or waits_for_leads(request):
        raise NotNow(
            _("The safeguarding leads haven’t finished searching concerns."), _("Ask your safeguarding lead.")
        )
    check_not_about(request, by)
    given_as_lead = request.found.filter(lead=True, decision__in=[Decision.GIVEN, Decision.COVERED])
    if given_as_lead.filter(by=by).exists():
        raise NotNow(
            _("You decided to give something about safeguarding, so another person has to check it."),
            _("Ask someone else who oversees how the policy is followed to finish this."),
        )
    if changed_since(request):
        raise NotNow(
            _("Something has changed or been deleted since it was decided."),
            _("Look at it and decide again."),
        )


def check_not_about(request: Request, by: Person) -> None:
    """Raise NotNow where the answer has something that may be about the person who finishes or takes it."""
    if answer_means(request, by):
        raise NotNow(
            _("Someone else has to finish this answer."),
            _("Ask another person who oversees how the policy is followed."),
        )
