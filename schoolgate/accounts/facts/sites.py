"""From rows to the facts of site.prepare, site.suits and site.check."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, cast

from schoolgate.accounts.facts.proposals import MAY_RUN, actor, permission_on, role_names
from schoolgate.accounts.facts.seen import standing
from schoolgate.accounts.models import Account, SiteCare, SiteLook, SiteWord, TeamMember, Whereabouts
from schoolgate.accounts.sites import RISKS, Hosting
from schoolgate.accounts.states import Part, ProposalState, SiteWordKind
from schoolgate.core.clock import local_day
from schoolgate.core.subjects import person_key, subject_of
from schoolgate.networks.registry import capabilities
from schoolgate.people.absences import extended_absences_within
from schoolgate.people.models import ExtendedAbsence, Person
from schoolgate.policy.queries import PolicyInForce
from schoolgate.rulebook import facts as known
from schoolgate.rulebook.situations.sites import (
    DaysAway,
    GuidanceCheck,
    Minder,
    SiteCheck,
    SitePrepare,
    SiteSuits,
)

LOOKED_AHEAD = timedelta(days=14)
"""How far ahead absences are looked over: a page's own span, no rule's."""


def hosting(account: Account) -> Hosting:
    """Return who hosts it: as the proposal's form says, else by its network. The noticeboard is the school's
    own."""
    said = (account.proposal.answers if account.proposal else {}).get("host")
    if said in ("school", "third_party"):
        return "school" if said == "school" else "third party"
    return "school" if capabilities(account.network).ours else "third party"


def care_of(account: Account) -> SiteCare | None:
    """Return what was settled about the site; None where nothing is settled yet."""
    return SiteCare.objects.filter(account=account).first()


def prepare_facts(account: Account, policy: PolicyInForce, *, by: Person, at: datetime) -> SitePrepare:
    """Return the facts of settling its care. The noticeboard shows nothing before it is read."""
    on = local_day(at)
    care = care_of(account)
    moderators = [
        person_key(row.person_id)
        for row in _team(account)
        if row.part in (Part.MODERATOR, Part.ADMINISTRATOR)
    ]
    before = capabilities(account.network).premoderated
    given: dict[str, Any] = {"moderation": "before"} if before else {}
    if care is not None:
        given |= {
            "users_may_write": care.users_may_write,
            "users_may_add_pictures": care.users_may_add_pictures,
            "answers_given_by": tuple(care.answers_given_by),
            "moderation": "before" if before else care.moderation or None,
            "started_by": care.started_by or None,
            "answers_for_moderation": care.answers_for_moderation or None,
            "reporting_route": bool(care.reporting_route),
            "steps_in_how": bool(care.steps_in_how),
            "own_plan": bool(care.own_plan),
            "friends_note": care.friends_note or None,
        }
    return SitePrepare(
        now=at,
        on=on,
        by=actor(by, policy.book, on=on, school=account.school),
        host=hosting(account),
        made_for_pupils=standing(account, policy.book).get("made_for_pupils"),
        moderators=tuple(dict.fromkeys(moderators)),
        handovers=tuple(
            known.Given(by=row.team, at=row.at, written=True)
            for row in _words(account, SiteWordKind.HANDOVER)
        ),
        **given,
    )


def suits_facts(account: Account, policy: PolicyInForce, *, by: Person, at: datetime) -> SiteSuits:
    """Return the facts of planning a site for young or vulnerable people."""
    on = local_day(at)
    care = care_of(account)
    said: dict[str, Any] = dict(care.suits) if care else {}
    helped = said.get("confidential_help_from")
    return SiteSuits(
        now=at,
        on=on,
        by=actor(by, policy.book, on=on, school=account.school),
        host=hosting(account),
        for_young_people=account.pupils_in_audience,
        risks_answered=None
        if care is None
        else cast("Any", tuple(key for key, _label in RISKS if said.get(f"risk {key}"))),
        other_risks=said.get("other_risks") or None,
        taught_safely=said.get("taught_safely") or None,
        known_of_them=said.get("known_of_them") or None,
        vulnerable=said.get("vulnerable"),
        confidential_help_from=None if helped is None else tuple(helped),
        channel_reason=said.get("channel_reason") or None,
        in_doubt=said.get("in_doubt"),
        advice=tuple(
            known.Given(
                by=person_key(row.by_id),
                roles=role_names(row.by, policy.book, on=local_day(row.at), school=account.school),
                at=row.at,
            )
            for row in _words(account, SiteWordKind.ADVICE)
        ),
        checks=tuple(_guidance(row) for row in _words(account, SiteWordKind.GUIDANCE)),
    )


def check_facts(account: Account, policy: PolicyInForce, *, at: datetime) -> SiteCheck:
    """Return the facts of checking a site: what the last check found, and who is there on the days to
    come."""
    on = local_day(at)
    look = SiteLook.objects.filter(account=account).order_by("-id").first()
    last = on + LOOKED_AHEAD
    return SiteCheck(
        now=at,
        on=on,
        host=hosting(account),
        house_rules_found=look.house_rules_found if look else None,
        terms_found=look.terms_found if look else None,
        logo_can_link=look.logo_can_link if look else None,
        logo_leads_to=cast("Any", (look.logo_leads_to or None) if look else None),
        minders=_minders(account, first=on, last=last),
        first=on,
        last=last,
    )


def guidance_wanted(policy: PolicyInForce) -> list[str]:
    """Return the titles of published guidance that a site is compared with."""
    return list(policy.book.stated("site.suits", "site_guidance", "guidance"))


def _minders(account: Account, *, first: date, last: date) -> tuple[Minder, ...]:
    team = _team(account)
    people = {row.person_id: row.person for row in team}
    approved = _approved(account, people, on=first)
    said = {
        row.person_id: row
        for row in Whereabouts.objects.filter(
            account=account, person__in=people, first__lte=first, last__gte=last
        )
        .order_by("person_id", "-id")
        .distinct("person_id")
    }
    moderators = {row.person_id for row in team if row.part == Part.MODERATOR}
    on_leave = extended_absences_within(people, first=first, last=last)
    return tuple(
        Minder(
            key=person_key(pk),
            moderator=pk in moderators,
            approved=pk in approved,
            away=_days_away(said.get(pk), on_leave.get(pk, ()), first=first, last=last),
        )
        for pk in people
    )


def _days_away(
    said: Whereabouts | None, on_leave: Iterable[ExtendedAbsence], *, first: date, last: date
) -> tuple[DaysAway, ...] | None:
    """Return the days on which a person is away: as stated, and long leave on record. None where nothing
    was stated and long leave does not cover all of the days: then the rest is not known."""
    leaves = [
        {"first": max(leave.from_day, first), "last": min(_last_day(leave) or last, last)}
        for leave in on_leave
    ]
    if said is None and not any(one == {"first": first, "last": last} for one in leaves):
        return None
    away = [{"first": begins, "last": ends} for begins, ends in (said.away if said else ())]
    return tuple(DaysAway.model_validate(each) for each in [*away, *leaves])


def _last_day(leave: ExtendedAbsence) -> date | None:
    """Return the last day of a long leave, the day before it was over where that is known; None: no known
    end."""
    if leave.over_on is not None:
        return leave.over_on - timedelta(days=1)
    return leave.to_day


def _approved(account: Account, people: Iterable[int], *, on: date) -> set[int]:
    """Return the people named in an approved form, and those with permission on record to run accounts."""
    proposal = account.proposal
    named: set[int] = set()
    if proposal is not None and proposal.state == ProposalState.APPROVED:
        for key in ("moderators", "administrators", "run_by"):
            named.update(proposal.answers.get(key) or [])
    subjects = {f"{subject_of(Person(pk=pk))}": pk for pk in people}
    given = (
        permission_on(on).filter(covers=MAY_RUN, subject__in=list(subjects)).values_list("subject", flat=True)
    )
    return named | {subjects[subject] for subject in given}


def _team(account: Account) -> list[TeamMember]:
    return list(account.team.filter(to_day=None).select_related("person").order_by("id"))


def _words(account: Account, kind: str) -> list[SiteWord]:
    return list(account.site_words.filter(kind=kind).select_related("by").order_by("id"))


def _guidance(row: SiteWord) -> GuidanceCheck:
    return GuidanceCheck(
        guidance=row.guidance,
        replaces=row.replaces or None,
        on=local_day(row.at),
        by=person_key(row.by_id),
        open_points=tuple(row.open_points),
    )
