"""Build the facts of the situations that judge requests to follow, from their rows."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal

from schoolgate.accounts.asked_small import QUESTIONS
from schoolgate.accounts.facts.proposals import actor, role_names
from schoolgate.accounts.facts.small import approvals_of
from schoolgate.accounts.models import Account, Admission, Circle, Vetting
from schoolgate.accounts.states.contributors import AskedFor, AskerIs, AskerKind, Consent, GrownUp
from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.core.subjects import person_key
from schoolgate.people.models import Person
from schoolgate.policy.queries import PolicyInForce
from schoolgate.rulebook import Book
from schoolgate.rulebook.facts import Attested, Facts
from schoolgate.rulebook.situations import contact_friend, contributors
from schoolgate.rulebook.situations.contact_friend import FriendAdmit, Site, SiteSettings
from schoolgate.rulebook.situations.contributors import ContributorAdmit, PlatformAdmit, UsageNotice

GIVEN_BY: dict[str, Literal["parent", "responsible adult"]] = {
    Consent.PARENT: "parent",
    Consent.ADULT: "responsible adult",
}


def admission_facts(
    admission: Admission, policy: PolicyInForce, *, by: Person, at: datetime
) -> Iterator[tuple[str, Facts]]:
    """Return each situation that judges accepting a request, with its facts, for `by` who is about to
    accept it.

    They don't identify the person: the way of checking goes by its code, and what the school knows of them
    only as whether it was written down.
    """
    checks = list(admission.vettings.select_related("by").order_by("pk"))
    for situation in QUESTIONS[AskedFor(admission.asked_for)]:
        match situation:
            case "friend.admit":
                yield situation, _friend(admission, checks, policy.book, by=by, at=at)
            case "contributor.admit":
                yield situation, _contributor(admission, checks, policy.book, by=by, at=at)
            case _:
                yield situation, _platform(admission, at=at)


def place_of(admission: Admission) -> School | None:
    """Return the school it is about; None for the whole federation."""
    return admission.account.school if admission.account else admission.school


def site_of(account: Account | None) -> Site:
    """Return who is in a site and who can contact each other there, as its team stated it; what is not stated
    is not known."""
    if account is None:
        return Site()
    circle = Circle.objects.filter(account=account).first()
    made_for = circle.made_for_pupils if circle else None
    if made_for is None:
        made_for = account.setup.get("made_for_pupils")
    return Site(
        with_pupils=circle.with_pupils if circle else None,
        made_for_pupils=made_for,
        private_messages=circle.private_messages if circle else None,
    )


def circle_facts(account: Account, policy: PolicyInForce, *, by: Person, at: datetime) -> SiteSettings:
    """Return the facts of how the members of a site can reach each other, as now on record."""
    on = local_day(at)
    who = actor(by, policy.book, on=on, school=account.school)
    return SiteSettings(now=at, on=on, by=who, site=site_of(account))


def _friend(
    admission: Admission, checks: list[Vetting], book: Book, *, by: Person, at: datetime
) -> FriendAdmit:
    on = local_day(at)
    given: dict[str, Any] = {
        "kind": admission.kind,
        "relation": admission.relation or None,
        "as_what": "friend" if admission.asked_for == AskedFor.FRIEND else "participant",
    }
    return FriendAdmit(
        now=at,
        on=on,
        by=actor(by, book, on=on, school=place_of(admission)),
        site=site_of(admission.account),
        vettings=tuple(_checked(check, admission, book) for check in checks),
        name_identifies=_name_identifies(checks),
        approvals=approvals_of(admission.approval, book),
        **given,
    )


def _checked(check: Vetting, admission: Admission, book: Book) -> contact_friend.Vetting:
    return contact_friend.Vetting(
        by=person_key(check.by_id),
        roles=role_names(check.by, book, on=local_day(check.at), school=place_of(admission)),
        passed=check.passed,
        how_known=bool(check.how_known),
        real_person=check.real_person,
        grown_up=check.grown_up == GrownUp.ADULT if check.grown_up else None,
    )


def _name_identifies(checks: list[Vetting]) -> Attested | None:
    """Return the last answer. A check is of one request and its name, so it covers what is judged."""
    for check in reversed(checks):
        if check.name_identifies is not None:
            return Attested(
                answer=check.name_identifies, by=person_key(check.by_id), at=check.at, of_this_version=True
            )
    return None


def _contributor(
    admission: Admission, checks: list[Vetting], book: Book, *, by: Person, at: datetime
) -> ContributorAdmit:
    on = local_day(at)
    looked = [
        contributors.Vetting(by=person_key(check.by_id), at=check.at, how=check.how) for check in checks
    ]
    return ContributorAdmit(
        now=at,
        on=on,
        by=actor(by, book, on=on, school=place_of(admission)),
        act="let_in",
        vettings=tuple(looked),
        in_care_of_others=_in_care_of_others(admission, checks),
        consents=_consents(checks),
    )


def _in_care_of_others(admission: Admission, checks: list[Vetting]) -> bool | None:
    """Return whether someone else has to agree: for a pupil, or where the last check says so. None where no
    check says."""
    if admission.relation == AskerIs.PUPIL:
        return True
    last = _last_consent(checks)
    if last is None:
        return False if admission.kind == AskerKind.ORGANISATION else None
    return last.consent != Consent.NOT_NEEDED


def _consents(checks: list[Vetting]) -> tuple[contributors.Consent, ...]:
    last = _last_consent(checks)
    if last is None or last.consent not in GIVEN_BY:
        return ()
    return (contributors.Consent(by=GIVEN_BY[last.consent], on=last.consent_on),)


def _last_consent(checks: list[Vetting]) -> Vetting | None:
    return next((check for check in reversed(checks) if check.consent), None)


def _platform(admission: Admission, *, at: datetime) -> PlatformAdmit:
    told = (UsageNotice(what="acceptable use", at=admission.told_at),) if admission.told_at else ()
    relation: Any = admission.relation or None
    return PlatformAdmit(now=at, on=local_day(at), relation=relation, may_post=True, told=told)
