"""Check who may know about a report, and who may act on it."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.core.moves import done_before
from schoolgate.duties.models import Duty
from schoolgate.incidents.meant import meaning
from schoolgate.incidents.models import Opening, Report, Step
from schoolgate.incidents.states import LETS_IN, WAITS, OpeningState, ReportState, StepKind
from schoolgate.people.models import Person, RoleAssignment, ScopeKind
from schoolgate.people.queries import away_on, held_by, here_on
from schoolgate.people.safeguarding import lead_of, reads_from


def may_see(person: Person, on: date) -> Q:
    """Return the condition on reports that this person may know of on a day: they were told, by name or in a
    role that they hold; it was handed over to them, or they took it; or they are the designated
    safeguarding lead or a deputy. Of one that is kept to the leads, only what came to them by name since then
    counts, or that they took it since. One that two people opened for them counts until a lead ends it. Never
    one that may be about them."""
    held = held_by(person, on=on)
    told = Step.objects.filter(report=OuterRef("pk"), kind__in=LETS_IN)
    named_since = Exists(told.filter(person=person, at__gte=OuterRef("restricted_at")))
    mine = Exists(told.filter(_told(person, held))) & Q(restricted_at=None) | named_since
    meant = Exists(meaning(person).filter(report=OuterRef("pk")))
    opened = Exists(Opening.objects.filter(report=OuterRef("pk"), by=person, state=OpeningState.AGREED))
    took = Q(taken_by=person) & (Q(restricted_at=None) | Q(taken_at__gte=F("restricted_at")))
    return (mine | opened | took | _all_of_the_lead(person, held)) & ~Q(meant)


def hidden_subjects(person: Person, on: date) -> list[str]:
    """Return how the record names the concerns that this person may not know of, and the tasks about them: a
    word about one would show them that it exists. Overseeing how the policy is followed opens none."""
    seen = set(Report.objects.filter(may_see(person, on)).values_list("pk", flat=True))
    subjects = [
        f"{Report._meta.label_lower}:{pk}"
        for pk in Report.objects.order_by("pk").values_list("pk", flat=True)
        if pk not in seen
    ]
    told = Step.objects.filter(kind=StepKind.HARMED).exclude(report__in=seen).order_by("pk")
    subjects += [f"{Step._meta.label_lower}:{pk}" for pk in told.values_list("pk", flat=True)]
    tasks = Duty.objects.filter(subject__in=subjects).values_list("pk", flat=True) if subjects else ()
    return [*subjects, *(f"{Duty._meta.label_lower}:{pk}" for pk in tasks)]


def is_lead(person: Person, on: date) -> bool:
    """Whether a person is the designated safeguarding lead or a deputy of any school, or holds the role that
    the policy itself makes that."""
    return bool(lead_of(person, held_by(person, on=on)))


def check_may_take(by: Person, report: Report) -> None:
    """Raise NotNow if another person has it already. Anyone who may see a report may take it."""
    if report.state not in WAITS:
        raise done_before(
            report,
            otherwise=NotNow(
                _("Someone else is dealing with this, or it is closed."),
                _("Open it again to see who, and talk to them."),
            ),
            state=ReportState.TAKEN,
            taken_by=by,
        )


def check_has_it(by: Person, report: Report, *, on: date) -> None:
    """Raise NotAllowed unless the person took the report, or is the designated safeguarding lead. If the
    person who took it has left or is on long leave, anyone who may see it can continue."""
    if report.state in WAITS:
        raise NotAllowed(_("No one is dealing with this yet."), _("Select “I’ll deal with this” first."))
    if report.taken_by_id == by.pk or is_lead(by, on):
        return
    took = Person.objects.filter(here_on(on), ~away_on(on, person="pk"), pk__in=[report.taken_by_id])
    if took.exists():
        raise NotAllowed(
            _("The person dealing with this records the outcome."),
            _("Talk to the person who is dealing with it."),
        )


def _told(person: Person, held: list[RoleAssignment]) -> Q:
    """Return the steps that tell this person. One that names a person tells no one else of that role."""
    told = Q(person=person)
    for one in held:
        if one.scope_kind == ScopeKind.FEDERATION:
            told |= Q(person=None, role_key=one.role_key)
        elif one.scope_kind == ScopeKind.SCHOOL:
            told |= Q(person=None, role_key=one.role_key, report__school=one.school_id)
    return told


def _all_of_the_lead(person: Person, held: list[RoleAssignment]) -> Q:
    """Return the condition on reports of their schools, and of no school, that came since they lead."""
    found = Q(pk__in=[])
    since = reads_from(person, held) if lead_of(person, held) else {}
    for school, at in since.items():
        here = Q(reported_at__gte=at)
        found |= here if school is None else here & (Q(school=school) | Q(school=None))
    return found
