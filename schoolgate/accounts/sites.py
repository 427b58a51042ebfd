"""A site's care: settled, written as rules, checked, and who is away. What a policy asks of it only where a
rule listens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, cast

from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import opening_facts
from schoolgate.accounts.models import (
    Account,
    FriendsNote,
    LogoLeads,
    Moderation,
    Part,
    ProposalState,
    SiteCare,
    SiteLook,
    SiteText,
    SiteTextKind,
    SiteWord,
    SiteWordKind,
    TeamMember,
    Whereabouts,
)
from schoolgate.accounts.opening_facts import standing
from schoolgate.accounts.opening_questions import Where, listening
from schoolgate.accounts.proposals import MAY_RUN, actor, permission_on, role_names
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, NotAllowed, Text
from schoolgate.core.events import record
from schoolgate.core.leaving import check_leaving
from schoolgate.core.subjects import person_key, subject_of
from schoolgate.networks.registry import capabilities
from schoolgate.people.leaving import extended_absences_within
from schoolgate.people.models import ExtendedAbsence, Person
from schoolgate.policy.asking import record_decision
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import PolicyInForce, in_force
from schoolgate.rulebook import Book
from schoolgate.rulebook import facts as known
from schoolgate.rulebook.situations.sites import (
    DaysAway,
    GuidanceCheck,
    Minder,
    SiteCheck,
    SitePrepare,
    SiteSuits,
)

Hosting = Literal["school", "third party"]
LONGEST = 4000
MOST_LINES = 50


@dataclass(frozen=True)
class Settled:
    """One thing to settle. `host`: asked only of sites with this hosting. `of_suits`: saved with the answers
    about the site's audience; else a column of its own."""

    key: str
    label: str | Promise
    type: Literal["yes_no", "choice", "lines", "text", "long_text", "several"]
    asked_at: Where
    options: tuple[tuple[str, str | Promise], ...] = ()
    host: Hosting | None = None
    of_suits: bool = False
    of_young: bool = False


def _prepares(*points: str) -> Where:
    return tuple(("site.prepare", point) for point in points)


def _suits(*points: str) -> Where:
    return tuple(("site.suits", point) for point in points)


RISKS: tuple[tuple[str, str | Promise], ...] = (
    ("skills ahead of judgement", _("They know the technology better than its dangers")),
    ("posting sensitive personal information", _("They give away sensitive facts about themselves")),
    ("treating online friends as real friends", _("They mistake online friends for real ones")),
    ("grooming", _("Adults who groom them")),
    ("cyberbullying", _("They are bullied online")),
)

NO_TIME = "none"
PLAN_HOURS: tuple[tuple[str, str | Promise], ...] = (
    ("1", _("1 hour")),
    ("4", _("4 hours")),
    ("24", _("24 hours")),
    ("48", _("48 hours")),
    ("72", _("72 hours")),
    (NO_TIME, _("The plan gives no time")),
)

SETTLED: tuple[Settled, ...] = (
    Settled("users_may_write", _("Can visitors add text or comments?"), "yes_no", _prepares("users_text")),
    Settled("users_may_add_pictures", _("Can visitors add pictures?"), "yes_no", _prepares("users_pictures")),
    Settled(
        "answers_given_by",
        _("Who deals with responses? One person or job title per line."),
        "lines",
        _prepares("comments_dealt_with"),
    ),
    Settled(
        "moderation",
        _("When do you read what others write?"),
        "choice",
        _prepares("moderation_set_up"),
        tuple(Moderation.choices),
        host="school",
    ),
    Settled("started_by", _("Which team starts the site?"), "text", _prepares("answerable_for_moderation")),
    Settled(
        "answers_for_moderation",
        _("Which team is responsible for moderation?"),
        "text",
        _prepares("answerable_for_moderation"),
    ),
    Settled(
        "steps_in_how",
        _("How does the network itself respond when something goes wrong?"),
        "long_text",
        _prepares("platform_known"),
        host="third party",
    ),
    Settled(
        "reporting_route",
        _("How do you report something to the network?"),
        "long_text",
        _prepares("platform_known"),
        host="third party",
    ),
    Settled(
        "own_plan",
        _("What do you do beyond what the network does?"),
        "long_text",
        _prepares("own_plan"),
        host="third party",
    ),
    Settled(
        "plan_hours",
        _("How soon must the team step in under your own plan?"),
        "choice",
        (("item.look", "stepped_in"),),
        PLAN_HOURS,
        host="third party",
        of_suits=True,
    ),
    Settled(
        "friends_note",
        _("Does it include a note that online friends are not always real ones?"),
        "choice",
        _prepares("online_friends"),
        tuple(FriendsNote.choices),
    ),
    Settled(
        "vulnerable",
        _("Are the people it is for vulnerable?"),
        "yes_no",
        _suits("right_channel"),
        (),
        None,
        True,
    ),
    Settled(
        "confidential_help_from",
        _("Who gives young people confidential help on the site? Leave blank if no one does."),
        "several",
        _suits("right_channel"),
        (
            ("school", _("The school")),
            ("County Council", _("The County Council")),
            ("other", _("Someone else")),
        ),
        of_suits=True,
    ),
    Settled(
        "channel_reason",
        _("Why doesn’t any other channel meet their needs?"),
        "long_text",
        _suits("right_channel"),
        of_suits=True,
    ),
    Settled(
        "known_of_them",
        _("Which young people is it for?"),
        "long_text",
        _suits("pupils_known"),
        of_suits=True,
        of_young=True,
    ),
    Settled(
        "taught_safely",
        _("How are pupils taught to use it safely?"),
        "long_text",
        _suits("taught_to_use_it"),
        of_suits=True,
        of_young=True,
    ),
    *(
        Settled(f"risk {key}", label, "long_text", _suits("site_dangers"), of_suits=True, of_young=True)
        for key, label in RISKS
    ),
    Settled(
        "other_risks",
        _("What else may endanger them, and what is done about it?"),
        "long_text",
        _suits("site_dangers"),
        of_suits=True,
        of_young=True,
    ),
    Settled(
        "in_doubt",
        _("Are you unsure whether the internet suits these young people?"),
        "yes_no",
        _suits("channel_doubt"),
        of_suits=True,
        of_young=True,
    ),
)


def to_settle(book: Book, host: Hosting, *, for_young: bool | None) -> tuple[Settled, ...]:
    """Return what some rule of this policy wants settled for a site with this hosting. `for_young`: its
    audience includes pupils; None where it is not stated."""
    return tuple(
        one
        for one in SETTLED
        if one.host in (None, host)
        and not (one.of_young and for_young is False)
        and listening(book, one.asked_at)
    )


def read_settled(asked: tuple[Settled, ...], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers by key, each checked by its type; None or empty: not settled. Raises BadInput."""
    points = {one.key: one for one in asked}
    wrong: dict[str, str | Promise] = {
        key: _("This isn’t needed here. Leave it blank.") for key in given.keys() - points.keys()
    }
    read: dict[str, Any] = {}
    for key in given.keys() & points.keys():
        value, one = given[key], points[key]
        if _fits(one, value):
            read[key] = value.strip() if isinstance(value, str) else value
        else:
            wrong[key] = _("You can’t use that answer. Choose one from the list.")
    if wrong:
        raise BadInput(wrong)
    return read


def _fits(one: Settled, value: Any) -> bool:
    keys = [key for key, _label in one.options]
    match one.type:
        case "yes_no":
            return value is None or isinstance(value, bool)
        case "choice":
            return value in ("", *keys)
        case "several":
            return isinstance(value, list) and all(each in keys for each in value)
        case "lines":
            return (
                isinstance(value, list)
                and len(value) <= MOST_LINES
                and all(isinstance(each, str) and each.strip() and _short(each, 120) for each in value)
            )
        case "text":
            return isinstance(value, str) and _short(value, 120)
        case _:
            return isinstance(value, str) and _short(value, LONGEST)


def _short(text: str, most: int) -> bool:
    return len(text) <= most and "\x00" not in text


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


MOST_WORDS = 20_000
LONGEST_AWAY = 400
MOST_STRETCHES = 30


@action
def settle_site(*, account: Account, by: Person, at: datetime, answers: Mapping[str, Any]) -> SiteCare:
    """Save what was settled about the care of an account or site, in place of the earlier values.

    Asks site.prepare and site.suits, where rules listen, and records their answers. Raises NotAllowed,
    NotNow once it is closed, BadInput by field.
    """
    on = local_day(at)
    opening_facts.check_may_look_after(by, account, on=on)
    policy = in_force(on)
    asked = to_settle(policy.book, hosting(account), for_young=account.pupils_in_audience)
    given = read_settled(asked, answers)
    care = SiteCare.objects.filter(account=account).first() or SiteCare(account=account)
    care.saved_at, care.saved_by = at, by
    of_suits = {one.key for one in SETTLED if one.of_suits}
    care.suits = {**care.suits, **{key: value for key, value in given.items() if key in of_suits}}
    for key in given.keys() - of_suits:
        setattr(care, key, given[key])
    care.save()
    for situation, make in (("site.prepare", prepare_facts), ("site.suits", suits_facts)):
        if policy.book.bound(situation):
            kept = record_decision(
                situation, make(account, policy, by=by, at=at), at=at, by=by, subject=account
            )
            record("site.settled", subject=account, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    return care


@action
def write_site_text(
    *, account: Account, by: Person, at: datetime, kind: str, language: str, words: str
) -> SiteText:
    """Replace the house rules or terms of use of a site; the earlier text is saved under its number.

    Raises NotAllowed, NotNow, BadInput.
    """
    opening_facts.check_may_look_after(by, account, on=local_day(at))
    wrong: dict[str, Text] = {}
    if kind not in SiteTextKind.values:
        wrong["kind"] = _("Choose which text it is.")
    if language not in languages_of(account):
        wrong["language"] = _("Choose one of the school’s languages.")
    if not words.strip() or len(words) > MOST_WORDS or "\x00" in words:
        wrong["words"] = _("Enter the text, up to 20,000 characters.")
    if wrong:
        raise BadInput(wrong)
    check_leaving(Door.SITE_TEXT, {"words": words}, about=account, by=by, at=at, school=account.school)
    Account.objects.select_for_update().get(pk=account.pk)  # two who write at once take numbers in turn
    there = account.site_texts.filter(kind=kind, language=language)
    number = (there.aggregate(most=Max("number"))["most"] or 0) + 1
    row = SiteText.objects.create(
        account=account, kind=kind, language=language, number=number, words=words.strip(), by=by, at=at
    )
    record("site.text_written", subject=row, at=at, actor=by, kind=kind, number=number)
    return row


@action
def look_over(
    *,
    account: Account,
    by: Person,
    at: datetime,
    house_rules_found: bool | None = None,
    terms_found: bool | None = None,
    logo_can_link: bool | None = None,
    logo_leads_to: str = "",
    note: str = "",
) -> DecisionRecord:
    """Record the findings of today's check of the site, and what the policy says about them and about cover
    in the days to come.

    A check withholds nothing: what is missing is shown. Raises NotAllowed, NotNow, BadInput.
    """
    on = local_day(at)
    opening_facts.check_may_look_after(by, account, on=on)
    if logo_leads_to not in ("", *LogoLeads.values):
        raise BadInput({"logo_leads_to": _("Choose where the logo links to.")})
    look = SiteLook.objects.create(
        account=account,
        by=by,
        at=at,
        house_rules_found=house_rules_found,
        terms_found=terms_found,
        logo_can_link=logo_can_link,
        logo_leads_to=logo_leads_to,
        note=note.strip()[:4000],
    )
    kept = record_decision(
        "site.check", check_facts(account, in_force(on), at=at), at=at, by=by, subject=account
    )
    record(
        "site.looked_over", subject=account, at=at, actor=by, clauses=kept.clauses, decision=kept.pk,
        look=look.pk,
    )  # fmt: skip
    return kept


@action
def say_whereabouts(
    *,
    account: Account,
    by: Person,
    at: datetime,
    person: Person,
    first: date,
    last: date,
    away: Iterable[tuple[date, date]],
) -> Whereabouts:
    """Record when a person who looks after a site is away, between two days; no periods: never.

    Raises NotAllowed, NotNow, BadInput.
    """
    opening_facts.check_may_look_after(by, account, on=local_day(at))
    if not account.team.filter(person=person, to_day=None).exists():
        raise NotAllowed(_("This person doesn’t manage it."), _("Choose someone who does."))
    stretches = list(away)
    if not first <= last or (last - first).days > LONGEST_AWAY:
        raise BadInput({"last": _("Choose a last day after the first, no more than 400 days later.")})
    if len(stretches) > MOST_STRETCHES or any(begins > ends for begins, ends in stretches):
        raise BadInput({"away": _("Each absence must end on or after its first day.")})
    row = Whereabouts.objects.create(
        account=account,
        person=person,
        by=by,
        at=at,
        first=first,
        last=last,
        away=[[begins.isoformat(), ends.isoformat()] for begins, ends in stretches],
    )
    record("site.absences_said", subject=account, at=at, actor=by, person=person.pk)
    return row


@action
def put_word_on_record(
    *,
    account: Account,
    by: Person,
    at: datetime,
    kind: str,
    words: str = "",
    team: str = "",
    guidance: str = "",
    replaces: str = "",
    open_points: Iterable[str] = (),
) -> SiteWord:
    """Record advice, a signed handover of the moderation, or a comparison with guidance.

    Advice comes from those who decide or advise; the rest from those who look after the site. Raises
    NotAllowed, NotNow, BadInput.
    """
    on = local_day(at)
    if kind == SiteWordKind.ADVICE:
        opening_facts.check_not_closed(account)
        opening_facts.check_may_advise(by, account, on=on)
    else:
        opening_facts.check_may_look_after(by, account, on=on)
    wrong: dict[str, Text] = {}
    if kind not in SiteWordKind.values:
        wrong["kind"] = _("Choose a type.")
    if kind == SiteWordKind.ADVICE and not words.strip():
        wrong["words"] = _("Enter your advice.")
    if kind == SiteWordKind.HANDOVER and not team.strip():
        wrong["team"] = _("Enter which team handed over.")
    if kind == SiteWordKind.GUIDANCE and not guidance.strip():
        wrong["guidance"] = _("Enter which guidance it was.")
    if wrong:
        raise BadInput(wrong)
    row = SiteWord.objects.create(
        account=account,
        kind=kind,
        by=by,
        at=at,
        words=words.strip()[:4000],
        team=team.strip()[:120],
        guidance=guidance.strip()[:300],
        replaces=replaces.strip()[:300],
        open_points=[point.strip()[:500] for point in open_points if point.strip()][:100],
    )
    record("site.word_kept", subject=row, at=at, actor=by, kind=kind)
    return row


def languages_of(account: Account) -> list[str]:
    """Return the languages that the site's school speaks."""
    return list(account.school.languages if account.school else account.federation.languages)
