"""Allow people who aren't employed to take a part in running an account, where the policy wants that."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.facts import MAY_RUN
from schoolgate.accounts.ladders import role_key
from schoolgate.accounts.models import Proposal
from schoolgate.accounts.queries.proposals import PartToAllow, people_to_allow
from schoolgate.accounts.rules.proposals import check_may_allow
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import done_before
from schoolgate.core.subjects import subject_of
from schoolgate.people.actions import end_permission, give_permission
from schoolgate.people.models import Permission, Person
from schoolgate.policy.queries import in_force


@action
def allow_part(
    *, proposal: Proposal, person: Person, by: Person, at: datetime, to_day: date | None
) -> Permission:
    """Allow a person named in a proposal to take their part, in the role that decides on it: up to a last
    day, or with no end. An earlier permission ends.

    Raises NotAllowed for people who don't decide on it and for the person's own; NotFound for people who need
    none; NotNow before it was sent for approval or after a refusal; BadInput for a day in the past.
    """
    on = local_day(at)
    book = in_force(on).book
    role = check_may_allow(by, proposal, person, book, on=on)
    found = _part(proposal, person, on=on)
    if found.leave is not None:
        end_permission(by=by, at=at, leave=found.leave)
    leave = give_permission(
        by=by, at=at, role_key=role_key(book, role), written=True, covers=MAY_RUN,
        subject=subject_of(person), from_day=on, to_day=to_day,
    )  # fmt: skip
    record(
        "proposal.part_allowed", subject=proposal, at=at, actor=by, clauses=found.clauses, permission=leave.pk
    )
    return leave


@action
def end_part(*, proposal: Proposal, person: Person, by: Person, at: datetime) -> Permission:
    """End that permission. Raises NotAllowed, NotFound, NotNow where there is none."""
    on = local_day(at)
    check_may_allow(by, proposal, person, in_force(on).book, on=on)
    found = _part(proposal, person, on=on)
    if found.leave is None:
        raise _no_part(proposal, person)
    record("proposal.part_ended", subject=proposal, at=at, actor=by, clauses=found.clauses)
    return end_permission(by=by, at=at, leave=found.leave)


def _no_part(proposal: Proposal, person: Person) -> NotNow:
    """Return what is told where no such permission stands: a colleague ended it, or its time is over."""
    given = Permission.objects.filter(subject=subject_of(person), covers=MAY_RUN).order_by("-pk").first()
    over = NotNow(_("There is no permission to end here."), _("Give another if one is still needed."))
    if given is None:
        return over
    return done_before(
        given,
        _("This permission has already ended."),
        _("Give another if one is still needed."),
        otherwise=over,
        ended_at__isnull=False,
    )


def _part(proposal: Proposal, person: Person, *, on: date) -> PartToAllow:
    for one in people_to_allow(proposal, in_force(on).book, on=on):
        if one.person.pk == person.pk:
            return one
    raise NotFound
