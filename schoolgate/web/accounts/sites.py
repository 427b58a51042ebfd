"""Sites that the school hosts itself, and how each account is looked after: arrangements, rules, checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import access, opening_facts
from schoolgate.accounts.care import team_names
from schoolgate.accounts.models import Account, LogoLeads, SiteCare, SiteTextKind, SiteWordKind
from schoolgate.accounts.opening_questions import clauses_of
from schoolgate.accounts.sites import (
    LOOKED_AHEAD,
    Settled,
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
from schoolgate.rulebook import Book
from schoolgate.web.accounts.account import after, following_link
from schoolgate.web.frame import wording
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import YES_NO, DayField, SchoolForm, at, form_page, radios, yes_no
from schoolgate.web.frame.parts import PagePart, PlaceLink, beside_accounts, on_account_page
from schoolgate.web.frame.wording import RESTATED_IN

ANSWER = {"yes": True, "no": False}


class SettleForm(SchoolForm):
    """What the policy requires settled before a site opens, each with its clause."""

    def __init__(
        self, *args: Any, asked: Sequence[Settled], care: SiteCare | None, book: Book, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial=_initial(asked, care), **kwargs)
        self.asked = asked
        for one in asked:
            self.fields[field_name(one)] = _field(one, book)

    def answers(self) -> dict[str, Any]:
        """The answers, as `settle_site` takes them."""
        return {one.key: _answer(one, self.cleaned_data[field_name(one)]) for one in self.asked}


def field_name(one: Settled) -> str:
    """A key as the name of a field."""
    return one.key.replace(" ", "-")


def _initial(asked: Sequence[Settled], care: SiteCare | None) -> dict[str, Any]:
    if care is None:
        return {}
    suits: Mapping[str, Any] = care.suits
    found = {}
    for one in asked:
        value = suits.get(one.key) if one.of_suits else getattr(care, one.key)
        if one.type == "yes_no":
            value = yes_no(value)
        elif one.type == "lines":
            value = "\n".join(value or [])
        found[field_name(one)] = value
    return found


def _field(one: Settled, book: Book) -> forms.Field:
    clause = book.clause(clauses_of(book, one.asked_at)[0])
    help_text = format_html(
        '<span lang="{}" data-quoted>{}: {}</span>', RESTATED_IN, clause.section, clause.says
    )
    given: dict[str, Any] = {"label": one.label, "help_text": help_text, "required": False}
    match one.type:
        case "yes_no":
            return forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect, **given)
        case "choice":
            return forms.ChoiceField(choices=list(one.options), widget=forms.RadioSelect, **given)
        case "several":
            return forms.MultipleChoiceField(
                choices=list(one.options), widget=forms.CheckboxSelectMultiple, **given
            )
        case "text":
            return forms.CharField(max_length=120, **given)
        case _:
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=4000, **given)


def _answer(one: Settled, typed: Any) -> Any:
    if one.type == "yes_no":
        return ANSWER.get(typed)
    if one.type == "lines":
        return [line.strip() for line in typed.splitlines() if line.strip()]
    return typed


class TextForm(SchoolForm):
    """The house rules or terms of use of a site, in one language."""

    kind = forms.ChoiceField(label=_("Which text?"), choices=SiteTextKind.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Text"),
        help_text=_("Everyone can read it. The previous version is saved under its number."),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=20_000,
    )

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(settings.LANGUAGES)
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"),
            choices=[(each, names.get(each, each)) for each in languages],
            widget=forms.RadioSelect,
            initial=languages[0],
        )
        self.order_fields(["kind", "language", "words"])


class LookForm(SchoolForm):
    """What a person finds on a site today, as far as the policy asks for it."""

    def __init__(self, *args: Any, points: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "rules_found" in points:
            self.fields["house_rules_found"] = radios(_("Can everyone find its house rules?"), YES_NO)
            self.fields["terms_found"] = radios(_("Can everyone find its terms of use?"), YES_NO)
        if "logo_leads" in points:
            self.fields["logo_can_link"] = radios(_("Can its logo link anywhere?"), YES_NO)
            self.fields["logo_leads_to"] = radios(_("Where does its logo link to?"), LogoLeads.choices)
        self.fields["note"] = forms.CharField(
            label=_("Anything else you noticed"),
            widget=forms.Textarea(attrs={"rows": 3}),
            required=False,
            max_length=4000,
        )

    def given(self) -> dict[str, Any]:
        """Return what was found, as `look_over` takes it."""
        typed = self.cleaned_data
        yes_or_no = ("house_rules_found", "terms_found", "logo_can_link")
        return {key: ANSWER.get(value) if key in yes_or_no else value for key, value in typed.items()}


class AbsenceForm(SchoolForm):
    """When a person who looks after a site is away, and until when that is settled."""

    policy_help = {"person": (at("site.check", "looked_after_in_absence", "moderators_on_hand"),)}

    person = forms.ChoiceField(label=_("Who?"))
    until = DayField(label=_("Until which date is this set?"), help_text=_("At least two weeks from today."))
    away_from = DayField(
        label=_("Away from"),
        help_text=_("Leave both blank if they’re always available."),
        required=False,
    )
    away_to = DayField(label=_("Away until"), required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(str(pk), name) for pk, name in people]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Add an error where one of the two days of an absence is missing."""
        typed: dict[str, Any] = super().clean() or {}
        if not self.errors and (typed["away_from"] is None) != (typed["away_to"] is None):
            self.add_error("away_to", str(_("Enter both dates, or neither.")))
        return typed

    def stretch(self) -> list[tuple[date, date]]:
        """Return the absence; none where both days are empty."""
        begins, ends = self.cleaned_data["away_from"], self.cleaned_data["away_to"]
        return [(begins, ends)] if begins else []


class WordForm(SchoolForm):
    """Advice, a signed handover, or a comparison with published guidance."""

    def __init__(self, *args: Any, kind: str, guidance: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == SiteWordKind.ADVICE:
            self.fields["words"] = _long(_("Your advice"))
        elif kind == SiteWordKind.HANDOVER:
            self.fields["team"] = forms.CharField(
                label=_("Which team hands over moderation, in a signed document?"), max_length=120
            )
        else:
            self.fields["guidance"] = forms.ChoiceField(
                label=_("Which guidance?"),
                choices=[(each, each) for each in guidance],
                widget=forms.RadioSelect,
            )
            self.fields["later"] = forms.CharField(
                label=_("Name of newer guidance that replaced it, if you used any"),
                max_length=300,
                required=False,
            )
            self.fields["open_points"] = _long(
                _("What doesn’t meet the guidance yet? One point per line. Leave blank if none."),
                False,
            )


def _long(label: Any, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": 4}), max_length=4000, required=required
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
