"""Settle a site's care, write its rules, check it, and record who is away."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import rules
from schoolgate.accounts.facts.sites import check_facts, hosting, prepare_facts, suits_facts
from schoolgate.accounts.models import Account, SiteCare, SiteLook, SiteText, SiteWord, Whereabouts
from schoolgate.accounts.sites import SETTLED, read_settled, to_settle
from schoolgate.accounts.states import LogoLeads, SiteTextKind, SiteWordKind
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, NotAllowed, Text
from schoolgate.core.events import record
from schoolgate.core.leaving import check_leaving
from schoolgate.people.models import Person
from schoolgate.policy.asking import record_decision
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import in_force

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
    rules.check_may_look_after(by, account, on=on)
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
    rules.check_may_look_after(by, account, on=local_day(at))
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
    rules.check_may_look_after(by, account, on=on)
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
    rules.check_may_look_after(by, account, on=local_day(at))
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
        rules.check_not_closed(account)
        rules.check_may_advise(by, account, on=on)
    else:
        rules.check_may_look_after(by, account, on=on)
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
