"""Wording of the public register: proofs of an account, notices about fakes, whether a page is ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolgate.accounts.models import Account, AssociatedPage, Fake, FakeState, Mark, SeenThere
from schoolgate.accounts.register import Genuine, News, Verification, account_facts
from schoolgate.core.clock import local_day
from schoolgate.networks.capabilities import OURS, all_capabilities
from schoolgate.policy.asking import verdicts
from schoolgate.policy.queries import policy_or_none
from schoolgate.rulebook.book import CompiledRule
from schoolgate.rulebook.kinds import Basis, Kind
from schoolgate.rulebook.situations.account_run import DAYS_OF_A_WEEK
from schoolgate.web.frame.shown import ShownClause, day_in_words
from schoolgate.web.frame.wording import clause_shown, federation_of, quote_from

SAID_OF = frozenset({Genuine.OURS, Genuine.UNKNOWN, Genuine.FAKE})
SAID_TO_ALL = frozenset({Kind.MET, Kind.PERMITS, Kind.FORBIDS, Kind.BREACHED})


def network_name(key: str) -> str:
    """Return the name of a network; "A website" for a page on an unknown one."""
    found = all_capabilities().get(key)
    return found.name if found else _("A website")


def since_in_words(since: str) -> str:
    """Return since when an account exists, as far as known: "1 September 2016", "September 2016", "2016"."""
    parts = [int(part) for part in since.split("-")]
    if len(parts) == 1:
        return since
    day = date(parts[0], parts[1], parts[2] if len(parts) > 2 else 1)
    return day_in_words(day) if len(parts) > 2 else date_format(day, "F Y")


def there_before(account: Account) -> str:
    """Return that an account existed before Schoolgate, and since when; empty for one opened here."""
    before = getattr(account, "imported", None)
    if before is None:
        return ""
    return _("Existed before Schoolgate, since {since}.").format(since=since_in_words(before.since))


def not_confirmed(accounts: Sequence[Account], *, on: date) -> frozenset[int]:
    """Return accounts without the mark by which the policy in force recognises official accounts, if it has
    one."""
    if not accounts or policy_or_none(on) is None:
        return frozenset()
    answers = verdicts("account.looked_up", [account_facts(one, on=on) for one in accounts], on=on)
    return frozenset(
        account.pk
        for account, answer in zip(accounts, answers, strict=True)
        if str(answer.points["official_mark"]) == "hold"
    )


def proofs_in_words(account: Account) -> list[str]:
    """Return what shows that the account is ours, each with the day of the last check."""
    said = {
        Mark.LINK: _("Its page links back to this register (checked on {day})."),
        Mark.TEXT: _("Our code is in its profile (checked on {day})."),
        Mark.POLICY_LINK: _("It has our official accounts link (checked on {day})."),
    }
    told = [
        said[Mark(mark.mark)].format(day=day_in_words(local_day(mark.looked_at)))
        for mark in account.marks.all()
        if mark.seen == SeenThere.THERE and mark.looked_at is not None
    ]
    if account.network == OURS:
        told.insert(0, _("It’s part of this site."))
    return told


def proofs_as_data(account: Account) -> list[dict[str, Any]]:
    """Return the same for machines, including failed checks; `by`: "program" or "person"."""
    return [
        {
            "mark": mark.mark,
            "there": mark.seen == SeenThere.THERE,
            "looked_at": mark.looked_at,
            "by": "person" if mark.by_id else "program",
        }
        for mark in account.marks.all()
        if mark.looked_at is not None
    ]


def fake_shown(fake: Fake) -> dict[str, Any]:
    """Return a notice about a fake account. Its address is text, never a link, and shown only where the
    person who confirmed it chose so."""
    return {
        "pk": fake.pk,
        "network": network_name(fake.network),
        "address": fake.address if fake.address_shown else "",
        "school": fake.school.name if fake.school else "",
        "confirmed_on": local_day(fake.confirmed_at) if fake.confirmed_at else None,
        "told_network_on": local_day(fake.told_at) if fake.told_at else None,
    }


def known_shown(page: AssociatedPage) -> dict[str, Any]:
    """Return a page run by people beside the school."""
    return {
        "name": page.name,
        "network": network_name(page.network),
        "address": page.address,
        "school": page.school.name if page.school else "",
        "purpose": page.purpose,
        "contact": page.contact,
    }


@dataclass(frozen=True)
class Announcement:
    """A sentence to begin with, and what follows it."""

    title: str
    words: str = ""


def news_in_words(one: News) -> Announcement:
    """One entry of the feed."""
    if one.fake is not None:
        network = network_name(one.fake.network)
        if one.what == "fake":
            words = one.fake.address if one.fake.address_shown else ""
            return Announcement(_("Not ours: a fake account on {network}").format(network=network), words)
        ours = one.fake.state == FakeState.OURS
        title = (
            _("Correction: the page on {network} is ours")
            if ours
            else _("The fake account on {network} is gone")
        )
        return Announcement(title.format(network=network))
    account = one.account
    if account is None:
        return Announcement("")
    title = {
        "opened": _("New official account: {name} ({network})"),
        "taken_in": _("Now on our register: {name} ({network})"),
        "closed": _("Closed: {name} ({network})"),
        "moved": _("New address: {name} ({network})"),
    }[one.what]
    words = account.address if one.what != "closed" else _("What is there now isn’t ours.")
    if one.what == "taken_in":
        words = f"{words} {there_before(account)}".strip()
    return Announcement(title.format(name=account.name, network=network_name(account.network)), words)


def answer_in_words(told: Verification) -> Announcement:
    """The answer to whether a page is ours. What is not on the register is never called a fake for that."""
    until = day_in_words(local_day(told.until)) if told.until else ""
    match told.answer:
        case Genuine.OURS if told.typed and not told.typed.key:
            return Announcement(
                _("Yes, on the networks below this is ours"),
                _(
                    "The same name on another network may belong to someone else. Check "
                    "using the page’s address."
                ),
            )
        case Genuine.OURS:
            return Announcement(_("Yes, this is ours"))
        case Genuine.MOVED:
            return Announcement(
                _("This was ours until {day}").format(day=until),
                _("We have moved. What is there now isn’t ours. We are here:"),
            )
        case Genuine.CLOSED:
            return Announcement(
                _("This was ours and closed on {day}").format(day=until),
                _("What is there now isn’t ours."),
            )
        case Genuine.FAKE:
            return _fake_in_words(told)
        case Genuine.KNOWN:
            return Announcement(
                _("This isn’t ours, but we know about it"),
                _("A PTA or friends’ group runs this page, not the school. It doesn’t speak for us."),
            )
        case Genuine.ALIKE:
            return Announcement(
                _("This isn’t on our register, but it looks very similar to one of ours"),
                _("Check it letter by letter. Ours are:"),
            )
        case Genuine.UNREADABLE:
            return Announcement(
                _("We don’t recognise this as an address or a name"),
                _("Copy the full address from the top of your browser, or the name starting with @."),
            )
        case _:
            return Announcement(
                _("This isn’t on our register"),
                _("It doesn’t speak for us. That alone doesn’t make it fake: it may belong to someone else."),
            )


def _fake_in_words(told: Verification) -> Announcement:
    fake = told.fake
    on = day_in_words(local_day(fake.confirmed_at)) if fake and fake.confirmed_at else ""
    more = ""
    if fake and fake.state == FakeState.GONE and fake.ended_at:
        more = _("It had been removed from its network on {day}.").format(
            day=day_in_words(local_day(fake.ended_at))
        )
    return Announcement(
        _("No. This is a fake account. We confirmed on {day} that it isn’t ours").format(day=on), more
    )


def clauses_behind(told: Verification, *, on: date) -> list[ShownClause]:
    """Return what the policy itself says about such a page, without points that only wait for something."""
    policy = policy_or_none(on)
    if told.decision is None or policy is None or told.answer not in SAID_OF:
        return []
    cited = dict.fromkeys(
        clause for one in told.decision.findings if one.kind in SAID_TO_ALL for clause in one.clauses
    )
    quote, federation = quote_from(policy.book), federation_of(policy.book.key)
    return [clause_shown(clause, basis="policy", federation=federation, quote=quote) for clause in cited]


def hours_in_words(on: date) -> list[str]:
    """Return when accounts are checked, as the policy says or the federation chose; otherwise empty."""
    policy = policy_or_none(on)
    if policy is None:
        return []
    told: dict[str, list[str]] = {}
    for bound in policy.book.at("account.watch", *WATCHED):
        if said := _hours(bound):
            told.setdefault(_how_sure(bound), []).append(said)
    return [" ".join(filter(None, (*dict.fromkeys(said), sure))) for sure, said in told.items()]


WATCHED = frozenset({"looked_at", "days_looked_at", "looked_at_in_holidays"})
MONDAY_TO_FRIDAY = ("Mon", "Tue", "Wed", "Thu", "Fri")


def _hours(bound: CompiledRule) -> str:
    if hours := sum(bound.stated("check_interval_hours")):
        return ngettext(
            "We check our accounts at least every hour.",
            "We check our accounts at least every {hours} hours.",
            hours,
        ).format(hours=hours)
    if DAYS_OF_A_WEEK in bound.stated("check_days_per_week"):
        return _("We check our accounts every day of the week.")
    if bound.stated("weekday") == MONDAY_TO_FRIDAY:
        return _("We check our accounts from Monday to Friday.")
    return _("We check them during the holidays too.") if bound.point == "looked_at_in_holidays" else ""


def _how_sure(bound: CompiledRule) -> str:
    if bound.basis == Basis.CHOSEN:
        return _("This is our own choice.")
    return _("We aim to do this but can’t guarantee it.") if bound.may_depart or bound.is_advice else ""
