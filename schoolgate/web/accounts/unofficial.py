"""Pages that aren't ours: unofficial ones in our name, which anyone here can note and the people who keep
the register settle; and those of Friends and PTAs, entered, allowed the name or the logo, taken off the
list.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.connecting import register_address
from schoolgate.accounts.models import FOUND_ENDS, FOUND_MOVES, AssociatedPage, FoundPage, FoundState, MadeBy
from schoolgate.accounts.register import (
    associated_page,
    associated_pages,
    check_may_keep_register,
    end_associated,
    enter_associated,
    may_be_shown,
    permission_for_associated_pages,
    permissions_about,
)
from schoolgate.accounts.unofficial import (
    LONGEST_WHOSE,
    LONGEST_WORDS,
    adopt_found,
    ask_to_close,
    end_found,
    found_page,
    found_pages,
    note_found,
    protects_private_life,
    report_found,
    text_for_owner,
)
from schoolgate.core import vault
from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.core.subjects import subject_of
from schoolgate.people.assignments import give_permission
from schoolgate.people.queries import book_of, roles_of
from schoolgate.people.rules import can
from schoolgate.rulebook import Book
from schoolgate.web.accounts import fakes
from schoolgate.web.accounts.account import where_in
from schoolgate.web.accounts.register_wording import known_shown, network_name
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm
from schoolgate.web.frame.paging import page_by_key
from schoolgate.web.frame.parts import PlaceLink, beside_accounts
from schoolgate.web.frame.wording import kept_verdict

ASSETS = {"name": _("the name"), "logo": _("the logo")}
YES_NO_UNSURE = [("yes", _("Yes")), ("no", _("No")), ("", _("I’m not sure"))]
KNOWN = {"yes": True, "no": False}


def list_address() -> str:
    """Return the address of the list of PTA pages."""
    return f"{reverse('unofficial-pages')}?show=pta"


class AssociatedForm(SchoolForm):
    """What the public may know of the page."""

    name = forms.CharField(label=_("Page name"), max_length=120, required=False)
    address = forms.CharField(
        label=_("Address"), help_text=_("Starting with https://"), max_length=500, required=False
    )
    school = forms.ModelChoiceField(
        School.objects.none(), label=_("Which school?"), required=False,
        empty_label=_("The whole federation"),
    )  # fmt: skip
    purpose = forms.CharField(
        label=_("Purpose"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    contact = forms.CharField(
        label=_("Contact"), help_text=_("An office or address, not a private person."),
        max_length=300, required=False,
    )  # fmt: skip
    uses_name = forms.ChoiceField(
        label=_("Does it use the name of a school or the federation?"), choices=YES_NO_UNSURE,
        required=False, widget=forms.RadioSelect,
    )  # fmt: skip
    uses_logo = forms.ChoiceField(
        label=_("Does it use the logo of a school or the federation?"), choices=YES_NO_UNSURE,
        required=False, widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = School.objects.order_by("name")  # type: ignore[attr-defined]


def form_for(request: HttpRequest, visit: Visit) -> AssociatedForm | None:
    """Return the form for another page; None for people who add none. Raises NotAllowed where they sent
    one."""
    if request.method == "POST":
        check_may_keep_register(visit.person, on=visit.on)
    elif not can(check_may_keep_register, visit.person, on=visit.on):
        return None
    return AssociatedForm(request.POST or None)


def enter(visit: Visit, typed: dict[str, Any]) -> AssociatedPage:
    """Enter such a page."""
    return enter_associated(
        by=visit.person, at=visit.at, name=typed["name"], address=typed["address"],
        school=typed["school"], purpose=typed["purpose"], contact=typed["contact"],
        uses_name=KNOWN.get(typed["uses_name"]), uses_logo=KNOWN.get(typed["uses_logo"]),
    )  # fmt: skip


def listed(visit: Visit) -> dict[str, Any]:
    """Return the pages run beside the school, and whether the public register shows them."""
    book = book_of(visit.federation)
    found = associated_pages(at=visit.at)
    leaves = permissions_about([subject_of(one) for one, _decision in found], covers=ASSETS)
    return {
        "rows": [
            {
                **known_shown(one),
                "pk": one.pk,
                "shown": may_be_shown(decision),
                "leaves": [
                    {"asset": ASSETS[leave.covers], "leave": leave}
                    for leave in leaves
                    if leave.subject == subject_of(one)
                ],
                "gives": _gives(book, visit, one),
            }
            for one, decision in found
        ],
        "keeps": can(check_may_keep_register, visit.person, on=visit.on),
        "givers": sorted(set(permission_for_associated_pages(book).values())),
    }


def _gives(book: Book, visit: Visit, one: AssociatedPage) -> list[tuple[str, Any, str]]:
    """Return what this person may give written permission for: they hold the policy's own role for it."""
    held = roles_of(visit.person, on=visit.on, school=one.school)
    wanted = permission_for_associated_pages(book)
    return [(asset, ASSETS[asset], role) for asset, role in wanted.items() if role in held]


@page(methods=("POST",))
def leave(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Give written permission for the name or the logo, in the person's own role."""
    one, book = associated_page(pk), book_of(visit.federation)
    given = {asset: role for asset, _words, role in _gives(book, visit, one)}
    asset = request.POST.get("asset", "")
    if asset not in given or one.ended_at is not None:
        raise NotFound
    give_permission(
        by=visit.person, at=visit.at, role_key=book.role(given[asset]).key, written=True, covers=asset,
        subject=subject_of(one), from_day=visit.on,
    )  # fmt: skip
    return done(request, _("Your permission has been recorded."), list_address())


@page(methods=("POST",))
def take_off_list(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take it off the list."""
    end_associated(page=associated_page(pk), by=visit.person, at=visit.at)
    return done(request, _("Page removed from the list."), list_address())


SHOWS = {"found": _("Pages in our name"), "pta": _("PTA pages"), "fakes": _("Fake accounts")}
ADDS = {"found": _("Report an unofficial page"), "pta": _("Add a page")}
TAGS = {
    "found": "wait", "adopting": "info", "asked": "wait", "reported": "no", "closed": "good", "ours": "good",
    "left": "",
}  # fmt: skip


class FoundForm(SchoolForm):
    """A page that a person came across. More is asked only where the policy requires it."""

    address = forms.CharField(label=_("Web address of the page"), max_length=500, required=False)
    name = forms.CharField(label=_("What name does it use?"), max_length=120, required=False)
    school = forms.ModelChoiceField(
        School.objects.none(), label=_("Which school?"), required=False,
        empty_label=_("The whole federation, or I’m not sure"),
    )  # fmt: skip
    in_our_name = forms.ChoiceField(
        label=_("Does it speak in the name of the school or federation?"), choices=YES_NO_UNSURE,
        required=False, widget=forms.RadioSelect,
    )  # fmt: skip
    made_by = forms.ChoiceField(
        label=_("Who created it, as far as you know?"), choices=[*MadeBy.choices, ("", _("I don’t know"))],
        required=False, widget=forms.RadioSelect,
    )  # fmt: skip
    whose = forms.CharField(
        label=_("Who might own it?"),
        help_text=_("One or two sentences. Access is restricted. Don’t include pupils’ names."),
        max_length=LONGEST_WHOSE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    touches_school = forms.ChoiceField(
        label=_("Does it name the school, or affect it?"), choices=YES_NO_UNSURE, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(
        self, *args: Any, platforms: tuple[str, ...], private_life: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not private_life:
            del self.fields["touches_school"]
        self.fields["school"].queryset = School.objects.order_by("name")  # type: ignore[attr-defined]
        if platforms:
            self.fields["comparable_to"] = forms.MultipleChoiceField(
                label=gettext("Is its network similar to one of these?"),
                choices=[*((one, one) for one in platforms), ("none", gettext("None of these"))],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def comparable(self) -> list[str] | None:
        """Return the comparable platforms; None where this was not checked, empty where it is like none of
        them."""
        chosen = self.cleaned_data.get("comparable_to")
        return [one for one in chosen if one != "none"] if chosen else None


class AskedForm(SchoolForm):
    """When to look again."""

    remind_on = DayField(
        label=_("When should we remind you to check?"),
        help_text=_("Optional. Leave blank if you don’t want a reminder."),
        required=False,
    )


class HandOnForm(SchoolForm):
    """The form about the fake."""

    words = forms.CharField(
        label=_("What did you see?"),
        help_text=_("Two sentences are enough. Don’t write a child’s name."),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def platforms_asked_about(book: Book) -> tuple[str, ...]:
    """Return the platforms that the policy names with "or ones like it". The person must then say whether
    this is one."""
    return book.stated("account.looked_up", "schools_own_account", "comparable")


@beside_accounts
def link(visit: Visit) -> PlaceLink:
    """Return the link to the unofficial pages. Everyone sees it."""
    return PlaceLink("unofficial-pages", _("Unofficial pages"))


@page(place="accounts")
def unofficial(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List pages beside our accounts: those found in our name, PTA pages, reported fakes. Add one."""
    shows = request.GET.get("show", "found")
    handles = fakes.handles(visit)
    context: dict[str, Any] = {"public": f"/{visit.federation.slug}/register"}
    if shows == "fakes":
        fakes.check_handles(visit)
        rows = page_by_key(fakes.mine(visit), request.GET, by="reported_at")
        context |= {"page": rows, "rows": [fakes.row(one) for one in rows.rows]}
    elif shows == "pta":
        form = form_for(request, visit)
        if form and form.save(lambda typed: enter(visit, typed)):
            return done(request, _("Page added."), list_address())
        context |= {"form": form, **listed(visit)}
    else:
        shows = "found"
        book = book_of(visit.federation)
        found_form = FoundForm(
            request.POST or None, platforms=platforms_asked_about(book),
            private_life=protects_private_life(book),
        )  # fmt: skip
        if made := found_form.save(lambda typed: _note(request, visit, found_form, typed)):
            said = _("Thank you. The register’s managers will see it on their Today page.")
            return done(request, said, "found-page", made.value.pk)
        rows_found = page_by_key(found_pages(), request.GET, by="found_at")
        context |= {"form": found_form, "page": rows_found, "rows": [_row(one) for one in rows_found.rows]}
    tabs = [(key, label) for key, label in SHOWS.items() if key != "fakes" or handles]
    context |= {"shows": shows, "tabs": tabs, "add": ADDS.get(shows), "query": f"show={shows}"}
    form = context.get("form")
    wrong = form is not None and form.is_bound
    return render(request, "found/unofficial.html", context, status=422 if wrong else 200)


def _row(found: FoundPage) -> dict[str, Any]:
    return {
        "href": reverse("found-page", args=[found.pk]),
        "name": found.name or Truncator(found.address).chars(60),
        "network": network_name(found.network),
        "school": found.school,
        "at": found.found_at,
        "tag": TAGS[found.state],
        "state": found.get_state_display(),
    }


def _note(request: HttpRequest, visit: Visit, form: FoundForm, typed: dict[str, Any]) -> FoundPage:
    return note_found(
        by=visit.person, at=visit.at, address=typed["address"], name=typed["name"],
        school=typed["school"], in_our_name=KNOWN.get(typed["in_our_name"]),
        made_by=typed["made_by"], comparable_to=form.comparable(), whose=typed["whose"],
        where=where_in(visit, request), touches_school=KNOWN.get(typed.get("touches_school", "")),
    )  # fmt: skip


@page(place="accounts")
def one(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show one of them: what is known, what the policy says about it, and the possible outcomes."""
    return _show(request, visit, found_page(pk))


def _show(request: HttpRequest, visit: Visit, found: FoundPage, **given: Any) -> HttpResponseBase:
    settles = can(check_may_keep_register, visit.person, on=visit.on)
    follows = FOUND_MOVES[FoundState(found.state)]
    handed_on = settles or found.found_by_id == visit.person.pk
    context = {
        "found": found,
        "network": network_name(found.network),
        "tag": TAGS[found.state],
        "whose": _whose(found) if handed_on else "",
        "verdict": kept_verdict(found.decision, at=visit.at) if found.decision else None,
        "stands": found.state not in FOUND_ENDS,
        "settles": settles,
        "may_adopt": FoundState.ADOPTING in follows
        and found.proposal_id is None
        and "propose_account" in visit.capacities,
        "may_ask": settles and FoundState.ASKED in follows,
        "may_hand_on": settles and FoundState.REPORTED in follows,
        "may_end": settles and FoundState.CLOSED in follows,
        "text": text_for_owner(
            address=found.address, federation=visit.federation.name,
            school=found.school.name if found.school else "", register=register_address(visit.federation),
        ),
        "forms": {"asked": AskedForm(), "hand_on": HandOnForm(), **given},
        "form": next((form for form in given.values() if form.errors), None),
    }  # fmt: skip
    return render(request, "found/found_page.html", context, status=422 if context["form"] else 200)


def _whose(found: FoundPage) -> str:
    if found.whose_ref is None:
        return ""
    try:
        return vault.reveal(found.whose_ref)
    except vault.CannotOpen:  # the home's keys were lost
        return gettext("This can no longer be opened.")


@page(methods=("POST",))
def adopt(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Begin a proposal for it."""
    proposal = adopt_found(found=found_page(pk), by=visit.person, at=visit.at)
    said = _("We’ve started a proposal with what we know. Complete it and send it for approval.")
    return done(request, said, "proposal", proposal.pk)


@page(place="accounts", methods=("POST",))
def asked(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record that its owner was asked to close it."""
    found, form = found_page(pk), AskedForm(request.POST)
    if form.save(lambda typed: ask_to_close(found=found, by=visit.person, at=visit.at, **typed)):
        said = _("Your request has been recorded. It stays on your Today page.")
        return done(request, said, "found-page", pk)
    return _show(request, visit, found, asked=form)


@page(place="accounts", methods=("POST",))
def hand_on(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Have it handled as a fake."""
    found, form, where = found_page(pk), HandOnForm(request.POST), where_in(visit, request)
    if made := form.save(
        lambda typed: report_found(found=found, by=visit.person, at=visit.at, where=where, **typed)
    ):
        return done(request, _("This page is now being treated as a fake account."), "fake", made.value.pk)
    return _show(request, visit, found, hand_on=form)


@page(methods=("POST",))
def end(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """It was closed, or is left as it is."""
    end_found(found=found_page(pk), by=visit.person, at=visit.at, to=request.POST.get("to", ""))
    return done(request, _("Closed."), "found-page", pk)


_ONE = "accounts/found/<int:pk>"


urlpatterns = [
    path("accounts/unofficial", unofficial, name="unofficial-pages"),
    path(_ONE, one, name="found-page"),
    path(f"{_ONE}/adopt", adopt, name="found-adopt"),
    path(f"{_ONE}/asked", asked, name="found-asked"),
    path(f"{_ONE}/fake", hand_on, name="found-fake"),
    path(f"{_ONE}/end", end, name="found-end"),
    path("accounts/beside/<int:pk>/leave", leave, name="associated-leave"),
    path("accounts/beside/<int:pk>/end", take_off_list, name="associated-end"),
]
