"""Pages of Friends and PTAs, from the inside: entered, allowed the name or the logo, taken off the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import AssociatedPage
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
from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.core.subjects import subject_of
from schoolgate.people.actions import give_permission
from schoolgate.people.queries import book_of, roles_of
from schoolgate.people.rules import can
from schoolgate.rulebook import Book
from schoolgate.web.accounts.register_wording import known_shown
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm

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
def end(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take it off the list."""
    end_associated(page=associated_page(pk), by=visit.person, at=visit.at)
    return done(request, _("Page removed from the list."), list_address())


urlpatterns = [
    path("accounts/beside/<int:pk>/leave", leave, name="associated-leave"),
    path("accounts/beside/<int:pk>/end", end, name="associated-end"),
]
