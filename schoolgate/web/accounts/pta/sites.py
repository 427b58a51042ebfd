"""Sites that the school hosts itself, and how each account is looked after: arrangements, rules, checks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import access, opening_facts
from schoolgate.accounts.care import team_names
from schoolgate.accounts.models import Account, SiteWordKind
from schoolgate.accounts.sites import (
    LOOKED_AHEAD,
    care_of,
    check_facts,
    guidance_wanted,
    hosting,
    languages_of,
    look_over,
    prepare_facts,
    put_word_on_record,
    say_whereabouts,
    settle_site,
    suits_facts,
    to_settle,
    write_site_text,
)
from schoolgate.core.days import stored_day
from schoolgate.core.errors import NotFound
from schoolgate.networks.registry import capabilities
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.rules import can
from schoolgate.policy.asking import verdict
from schoolgate.policy.queries import PolicyInForce, in_force
from schoolgate.web.accounts.pta.sites_forms import AbsenceForm, LookForm, SettleForm, TextForm, WordForm
from schoolgate.web.accounts.views import after, following_link
from schoolgate.web.frame import wording
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import form_page
from schoolgate.web.frame.parts import (
    PagePart,
    PlaceLink,
    beside_accounts,
    on_account_page,
)

SITUATIONS = ("site.prepare", "site.suits", "site.check")
PAGE = 25


@beside_accounts
def to_sites(visit: Visit) -> PlaceLink | None:
    """Return the link to the list of sites, where the policy has rules for sites that the school hosts."""
    return PlaceLink("sites", _("Sites we host")) if _bound(in_force(visit.on), "site.check") else None


@on_account_page
def looking_after(visit: Visit, account: Account) -> PagePart | None:
    """Return how it is looked after, for people inside, where the policy or the school's rules cover it."""
    if not access.may_set_up(visit.person, account, on=visit.on):
        return None
    policy = in_force(visit.on)
    texts = opening_facts.site_texts(account)
    if not texts and not any(_bound(policy, each) for each in SITUATIONS):
        return None
    return PagePart("sites/_looking_after.html", {"account": account, "texts": texts})


@page(place="accounts", methods=("GET", "HEAD"))
def sites(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The sites that the school hosts itself, by name."""
    found, following = opening_facts.sites_page(after=after(request), limit=PAGE)
    context = {"rows": found, "following": following_link(following)}
    return render(request, "sites/sites.html", context)


def _bound(policy: PolicyInForce, situation: str) -> bool:
    return bool(policy.book.bound(situation))


def _site(visit: Visit, pk: int) -> Account:
    """Return the account, for people inside it. Others learn only that it is on the register."""
    found = access.account_for(visit.person, pk)
    if not access.may_set_up(visit.person, found, on=visit.on):
        raise NotFound
    return found


@page(place="accounts", methods=("GET", "HEAD"))
def site(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show one site: what is settled, its current rules, the last check of it, and who is away."""
    found = _site(visit, pk)
    policy = in_force(visit.on)
    facts: dict[str, Any] = {
        "site.prepare": prepare_facts(found, policy, by=visit.person, at=visit.at),
        "site.suits": suits_facts(found, policy, by=visit.person, at=visit.at),
        "site.check": check_facts(found, policy, at=visit.at),
    }
    shown = [
        (
            wording.situation_title(each),
            wording.verdict(verdict(each, facts[each], on=visit.on), at=visit.at),
        )
        for each in SITUATIONS
        if _bound(policy, each)
    ]
    context = {
        "account": found,
        "shown": shown,
        "texts": opening_facts.site_texts(found),
        "looks": opening_facts.site_looks(found),
        "away": opening_facts.whereabouts(found, on=visit.on),
        "words": opening_facts.site_words(found),
        "may": can(opening_facts.check_may_look_after, visit.person, found, on=visit.on),
        "may_advise": bool(policy.book.at("site.suits", "channel_doubt"))
        and can(opening_facts.check_may_advise, visit.person, found, on=visit.on),
        "settles": bool(_to_settle(found, policy)),
        "looks_over": _bound(policy, "site.check"),
        "compares": bool(guidance_wanted(policy)),
        "hands_over": bool(policy.book.at("site.prepare", "answerable_for_moderation")),
    }
    return render(request, "sites/site.html", context)


def _still_away(found: Account, visit: Visit, person: int) -> list[tuple[date, date]]:
    """Return the person's recorded absences that are not over."""
    said = [row.away for row in opening_facts.whereabouts(found, on=visit.on) if row.person_id == person]
    days = [(stored_day(begins), stored_day(ends)) for away in said for begins, ends in away]
    return [(begins, ends) for begins, ends in days if ends >= visit.on]


def _to_settle(found: Account, policy: PolicyInForce) -> tuple[Any, ...]:
    """Return what is asked here. For a noticeboard, when comments are read isn't asked: the program ensures
    it."""
    asked = to_settle(policy.book, hosting(found), for_young=found.pupils_in_audience)
    read_first = capabilities(found.network).premoderated
    return tuple(one for one in asked if not (read_first and one.key == "moderation"))


@page(place="accounts")
def settle(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Settle how it is looked after."""
    found = _site(visit, pk)
    opening_facts.check_may_look_after(visit.person, found, on=visit.on)
    policy = in_force(visit.on)
    asked = _to_settle(found, policy)
    if not asked:
        raise NotFound
    form = SettleForm(request.POST or None, asked=asked, care=care_of(found), book=policy.book)
    if form.save(
        lambda _typed: settle_site(account=found, by=visit.person, at=visit.at, answers=form.answers())
    ):
        return done(request, _("Site management saved."), "site", pk)
    return _form(request, found, form, title=_("Set up site management"), button=_("Save"))


@page(place="accounts")
def text(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Write its house rules or terms of use."""
    found = _site(visit, pk)
    opening_facts.check_may_look_after(visit.person, found, on=visit.on)
    form = TextForm(request.POST or None, languages=languages_of(found))
    if form.save(lambda typed: write_site_text(account=found, by=visit.person, at=visit.at, **typed)):
        return done(request, _("Text saved. Everyone can read it."), "site", pk)
    return _form(request, found, form, title=_("Write house rules"), button=_("Save text"))


@page(place="accounts")
def look(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Save what was found on the site today."""
    found = _site(visit, pk)
    opening_facts.check_may_look_after(visit.person, found, on=visit.on)
    bound = in_force(visit.on).book.bound("site.check")
    if not bound:
        raise NotFound
    form = LookForm(request.POST or None, points=frozenset(each.point for each in bound))
    if form.save(lambda _typed: look_over(account=found, by=visit.person, at=visit.at, **form.given())):
        return done(request, _("Recorded under your name."), "site", pk)
    return _form(request, found, form, title=_("Check site"), button=_("Save check"))


@page(place="accounts")
def absence(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Save when a person who looks after the site is away."""
    found = _site(visit, pk)
    opening_facts.check_may_look_after(visit.person, found, on=visit.on)
    initial = {"until": visit.on + LOOKED_AHEAD}
    form = AbsenceForm(request.POST or None, people=team_names(found), initial=initial)
    if form.save(lambda typed: _say_whereabouts(visit, found, form.stretch(), typed)):
        return done(request, _("Availability saved."), "site", pk)
    return _form(request, found, form, title=_("Who is away?"), button=_("Save"))


def _say_whereabouts(
    visit: Visit, found: Account, stretch: list[tuple[date, date]], typed: dict[str, Any]
) -> None:
    person = int(typed["person"])
    say_whereabouts(
        account=found,
        by=visit.person,
        at=visit.at,
        person=person_by_id(person),
        first=visit.on,
        last=typed["until"],
        away=[*_still_away(found, visit, person), *stretch] if stretch else [],
    )


@page(place="accounts")
def word(request: HttpRequest, visit: Visit, pk: int, kind: str) -> HttpResponseBase:
    """Put advice, a signed handover or a comparison with guidance on record."""
    found = _site(visit, pk)
    if kind not in SiteWordKind.values:
        raise NotFound
    form = WordForm(request.POST or None, kind=kind, guidance=guidance_wanted(in_force(visit.on)))
    if form.save(
        lambda typed: put_word_on_record(
            account=found, by=visit.person, at=visit.at, kind=kind, **_given(typed)
        )
    ):
        return done(request, _("Recorded under your name."), "site", pk)
    return _form(request, found, form, title=SiteWordKind(kind).label, button=_("Save"))


def _given(typed: dict[str, Any]) -> dict[str, Any]:
    """Put later guidance in place of the guidance that the policy names."""
    given = dict(typed)
    later = given.pop("later", "")
    if later:
        given["replaces"], given["guidance"] = given["guidance"], later
    if "open_points" in given:
        given["open_points"] = given["open_points"].splitlines()
    return given


def _form(request: HttpRequest, found: Account, form: Any, *, title: Any, button: Any) -> HttpResponseBase:
    return form_page(request, "sites/form.html", form, {"account": found, "title": title, "button": button})


urlpatterns = [
    path("accounts/sites", sites, name="sites"),
    path("accounts/<int:pk>/site", site, name="site"),
    path("accounts/<int:pk>/site/settle", settle, name="site-settle"),
    path("accounts/<int:pk>/site/text", text, name="site-text"),
    path("accounts/<int:pk>/site/look", look, name="site-look"),
    path("accounts/<int:pk>/site/absence", absence, name="site-absence"),
    path("accounts/<int:pk>/site/words/<slug:kind>", word, name="site-word"),
]
