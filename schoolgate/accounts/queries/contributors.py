"""Reads of requests to follow, scoped to the person who asks."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from schoolgate.accounts.models import Account, Admission, Circle, TeamMember, Vetting
from schoolgate.accounts.rules.contributors import LOOKS_AFTER, SEES_BESIDE, may_see_admission
from schoolgate.accounts.states.contributors import AdmissionState, AskedFor
from schoolgate.core.errors import NotFound
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments, book_for
from schoolgate.rulebook.adviser.speech import fold

MOST_EARLIER = 20


def waiting_for(person: Person, on: date) -> QuerySet[Admission]:
    """Return the requests that wait for this person, for paging: to be checked or accepted on the accounts
    that they look after, unless the account's form names another person for it. The number of queries does
    not grow."""
    looked_after = _reached(person, on, frozenset(LOOKS_AFTER))
    mine = Q(vetter=person) | (Q(vetter=None) | Q(vetter__left_on__lte=on)) & looked_after
    to_confirm = looked_after | Q(vetter=person)
    rows = Admission.objects.filter(
        mine & Q(state=AdmissionState.WAITING) | to_confirm & Q(state=AdmissionState.LET_IN)
    )
    return rows.select_related("account", "school", "vetter")


def admissions(person: Person, on: date) -> QuerySet[Admission]:
    """Return all that a person may see, for paging. The number of queries does not grow with the rows."""
    mine = Q(vetter=person) | Q(entered_by=person) | _reached(person, on, SEES_BESIDE)
    return Admission.objects.filter(mine).select_related("account", "school", "vetter")


def admissions_of(account: Account) -> QuerySet[Admission]:
    """Return all requests ever made to follow an account, for paging. Permission to show them: `rules`."""
    return Admission.objects.filter(account=account).select_related("account", "school", "vetter")


def number_open(account: Account) -> int:
    """Return how many requests to follow this account are undecided, or not yet added on its network."""
    undone = (AdmissionState.WAITING, AdmissionState.LET_IN)
    return Admission.objects.filter(account=account, state__in=undone).count()


def circle_of(account: Account) -> Circle | None:
    """Return what was said about who is in an account and who can message each other there, with who said
    it."""
    return Circle.objects.filter(account=account).select_related("said_by").first()


def admission_for(person: Person, pk: int, *, on: date) -> Admission:
    """Return one request with its checks in `.vettings`. Raises NotFound where the person may not know of
    it."""
    found = (
        Admission.objects.filter(pk=pk)
        .select_related(
            "account__school", "school", "vetter", "entered_by", "decided_by", "decision", "done_by",
            "ended_by", "told_by", "approval__decided_by",
        )
        .prefetch_related(Prefetch("vettings", Vetting.objects.select_related("by").order_by("-pk")))
        .first()
    )  # fmt: skip
    if found is None or not may_see_admission(person, found, on=on):
        raise NotFound
    return found


def earlier_refusals(admission: Admission, person: Person, on: date) -> list[Admission]:
    """Return when earlier requests under the same name were refused, newest first: as far as the person may
    see those requests themselves. One query beside their holdings."""
    if not admission.who_key:
        return []
    rows = admissions(person, on).filter(who_key=admission.who_key, state=AdmissionState.REFUSED)
    return list(rows.exclude(pk=admission.pk).order_by("-entered_at", "-pk")[:MOST_EARLIER])


def key_of(who: str) -> str:
    """Return a name normalised for comparison: lower-case letters and figures only, without accents."""
    return "".join(letter for letter in fold(who) if letter.isalnum()) or who.strip().casefold()


def is_friend(account: Account, name: str) -> bool:
    """Return whether a friend of this name was added to an account, and is not deleted again."""
    rows = Admission.objects.filter(account=account, asked_for=AskedFor.FRIEND, state=AdmissionState.DONE)
    return bool(name.strip()) and rows.filter(who_key=key_of(name)).exists()


def _reached(person: Person, on: date, wanted: frozenset[str]) -> Q:
    """Return rows of the accounts in whose team the person is, or where one of their roles has one of
    these."""
    team = TeamMember.objects.filter(person=person, to_day=None).values("account_id")
    found = Q(account__in=team)
    roles = {role.key: role.capacities for role in book_for(person).roles}
    for assignment in assignments(person, on=on, where=Where(anywhere=True)):
        if wanted.isdisjoint(roles.get(assignment.role_key, frozenset())):
            continue
        if assignment.scope_kind == "federation":
            return Q(pk__gt=0)
        if assignment.scope_kind == "school":
            found |= Q(account__school_id=assignment.school_id) | Q(school_id=assignment.school_id)
        elif assignment.scope_kind == "account":
            found |= Q(account_id=assignment.account_id)
    return found
