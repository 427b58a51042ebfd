"""What can be used again: the library of pictures, and the register of permissions that owners gave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core import files
from schoolgate.core.days import day_in
from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.core.rows import words_of
from schoolgate.media.models import Picture
from schoolgate.people.rules import can, check_capacity
from schoolgate.policy.queries import in_force
from schoolgate.publishing import library, owners, queries, rules
from schoolgate.publishing.drafting import draft_post
from schoolgate.publishing.library import Again, Filters
from schoolgate.publishing.models import OwnedThing, OwnerForm, OwnerPermission, Post
from schoolgate.publishing.owners import (
    AUTHORS_WORD,
    LIMITS,
    chosen_for,
    day_needed,
    wants_by_line,
    who_decides,
)
from schoolgate.publishing.queries import Judged, picture_for, post
from schoolgate.publishing.sending import note_held
from schoolgate.pupils.consents import pupils_with, schools_seen
from schoolgate.records.destroying import check_decides
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm, at
from schoolgate.web.frame.paging import number_in, numbers_in, page_by_key
from schoolgate.web.frame.uploads import kept_upload, scan_of
from schoolgate.web.posts.wording import kind_of, snippet

# The library of pictures: a way of showing the list of posts. One picture leads to a new draft with it.

PAGE = 12
AGAIN: dict[Again, tuple[str, str | Promise]] = {
    Again.YES: ("good", _("May be used again")),
    Again.ASK: ("wait", _("Ask again first")),
    Again.NO: ("no", _("May not be used again")),
}
LONGEST_SEARCH = 200


def shown(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the pictures of posts, newest first, or one with where it was used.

    The name of a pupil comes by POST and never goes into an address.
    """
    if request.GET.get("picture"):
        return _one(request, visit, number_in(request.GET["picture"]))
    asked = request.POST if request.method == "POST" else request.GET
    schools = schools_seen(visit.person, on=visit.on)
    name = request.POST.get("pupil", "").strip()[:LONGEST_SEARCH] if schools else ""
    filters = Filters(
        account=number_in(asked["account"]) if asked.get("account") else None,
        month=_month(asked.get("month", "")),
        pupils=pupils_with(schools, words_of(name)) if name else None,
    )
    before = number_in(request.GET["before"]) if request.GET.get("before") else None
    pictures, older = library.pictures_page(visit.person, filters, on=visit.on, before=before, limit=PAGE)
    uses = library.uses_of(pictures, visit.person, on=visit.on)
    kept = {"as": "pictures", "account": filters.account or "", "month": asked.get("month", "")}
    context: dict[str, Any] = {
        "pictures": [(each, len(uses[each.pk])) for each in pictures],
        "accounts": library.accounts_used(visit.person, on=visit.on),
        "months": _months(visit.on),
        "filters": filters,
        "month": asked.get("month", ""),
        "name": name,
        "by_pupil": bool(schools),
        "older": urlencode({**kept, "before": older}) if older and not name else "",
    }
    return render(request, "posts_live/pictures.html", context)


def _one(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    picture, posts = _used(visit, pk)
    note_held(posts, at=visit.at)
    again = library.may_be_used_again(post(posts[0].pk), at=visit.at)
    context = {
        "picture": picture,
        "posts": [(each, snippet(each), kind_of(each)) for each in posts],
        "again": [(account.name, *AGAIN[each]) for account, each in again],
        "may_erase": can(check_decides, visit.person, on=visit.on),
        "may_use": can(rules.check_may_write, visit.person, picture.school, on=visit.on)
        and any(each != Again.NO for _account, each in again),
    }
    return render(request, "posts_live/picture.html", context)


@page(place="posts", methods=("POST",))
def use_again(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Start a draft with a picture and the people of its newest post; it is checked like any new one."""
    picture, posts = _used(visit, pk)
    made = draft_post(
        by=visit.person, at=visit.at, school=picture.school, targets=[], pictures=[picture],
        people=library.people_of(post(posts[0].pk)),
    )  # fmt: skip
    return redirect("post-edit", pk=made.pk)


def _used(visit: Visit, pk: int) -> tuple[Picture, list[Any]]:
    """Return a picture and its posts. Raises NotFound, also for one that is in no post the person sees."""
    picture = picture_for(visit.person, pk, on=visit.on)
    posts = library.uses_of([picture], visit.person, on=visit.on)[picture.pk]
    if not posts:
        raise NotFound
    return picture, posts


def _month(text: str) -> date | None:
    if not text:
        return None
    try:
        return day_in(f"{text}-01")
    except ValueError:
        raise NotFound from None


def _months(on: date) -> list[tuple[str, str]]:
    """Return the last twelve months, this one first, each with its name."""
    found = []
    year, month = on.year, on.month
    for _number in range(12):
        found.append((f"{year}-{month:02}", f"{MONTHS[month]} {year}"))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return found


VIEW = "permissions"
SIZE = 8
"""Permissions on a page, so that it stays short on a phone."""
BESIDE: dict[str, Promise] = {
    "others_work": _("Everything else in it is our own"),
    "names_partner": _("It doesn’t mention any other organisation"),
}
"""What the author confirms where permissions are chosen, by the question."""


class PermissionForm(SchoolForm):
    """What an owner agreed to, and what shows it."""

    policy_help = {
        "what": (at("post.publish", "copyright", "permission", "partner"),),
        "by_line": (at("post.publish", "credit"),),
    }

    what = forms.ChoiceField(
        label=_("What is it for?"),
        choices=[("", _("Choose")), *OwnedThing.choices],
        error_messages={"required": _("Choose what the permission is for.")},
    )
    title = forms.CharField(
        label=_("Which one?"),
        help_text=_("For example the poem’s title, or the organisation’s name."),
        max_length=LIMITS["title"][0],
        error_messages={"required": _("Say what it is.")},
    )
    owner = forms.CharField(
        label=_("Who gave the permission?"),
        max_length=LIMITS["owner"][0],
        error_messages={"required": _("Enter who gave the permission.")},
    )
    form = forms.ChoiceField(
        label=_("How did they agree?"),
        choices=OwnerForm.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the owner agreed.")},
    )
    given_on = DayField(label=_("When?"))
    until = DayField(label=_("Last day"), help_text=_("Leave empty if it has none."), required=False)
    by_line = forms.CharField(
        label=_("By-line"),
        help_text=_("Word for word as it should appear in the post."),
        max_length=LIMITS["by_line"][0],
        required=False,
    )
    limits = forms.CharField(label=_("Any limits?"), max_length=LIMITS["limits"][0], required=False)
    scan = forms.FileField(
        label=_("Letter, email or licence"), help_text=_("PDF or picture (optional)"), required=False
    )

    def __init__(self, *args: Any, schools: Sequence[School], accounts: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schools = {str(each.pk): each for each in schools}
        self.accounts = {str(each.pk): each for each in accounts}
        self.fields["accounts"] = forms.MultipleChoiceField(
            label=_("Where?"),
            help_text=_("Leave all unticked to include every account."),
            choices=[(key, each.name) for key, each in self.accounts.items()],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        if len(schools) > 1:
            chosen = [("", _("Choose")), *((key, each.name) for key, each in self.schools.items())]
            school = forms.ChoiceField(
                label=_("School"), choices=chosen, error_messages={"required": _("Choose the school.")}
            )
            self.fields = {"school": school, **self.fields}

    def given(self, typed: dict[str, Any]) -> dict[str, Any]:
        """Return what was typed, as `record_owner_permission` takes it."""
        found = dict(typed)
        key = found.pop("school", "") or next(iter(self.schools))
        accounts = [self.accounts[one] for one in found["accounts"]]
        return {**found, "school": self.schools[key], "accounts": accounts}


def listed(request: HttpRequest, visit: Visit, form: PermissionForm | None = None) -> HttpResponseBase:
    """Show the register to those who write posts: what counts, what has ended, and the live posts with it."""
    check_capacity(visit.person, "write_post", on=visit.on, anywhere=True)
    schools = queries.schools_to_write_for(visit.person, on=visit.on)
    shown = page_by_key(library.permissions_at(schools), request.GET, size=SIZE)
    live = library.live_with(shown.rows, visit.person, on=visit.on)
    book = in_force(visit.on).book
    context = {
        "form": form or _form(visit, schools, None),
        "refused": form is not None,
        "page": shown,
        "view": VIEW,
        "several": len(schools) > 1,
        "rows": [
            {"row": each, "over": each.over_on(visit.on), "live": live.get(each.pk, [])}
            for each in shown.rows
        ],
        "decides": who_decides(book),
        "by_line": wants_by_line(book),
    }
    return render(request, "posts_owners/register.html", context, status=422 if form is not None else 200)


def _form(visit: Visit, schools: Sequence[School], request: HttpRequest | None) -> PermissionForm:
    accounts = {each.pk: each for school in schools for each in queries.accounts_to_post_on(school)}
    sent = (request.POST, request.FILES) if request is not None else ()
    return PermissionForm(*sent, schools=schools, accounts=list(accounts.values()))


@page(place="posts", capacity="write_post", methods=("POST",), prepare=kept_upload)
def add(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Record a permission."""
    form = _form(visit, queries.schools_to_write_for(visit.person, on=visit.on), request)

    def save(typed: dict[str, Any]) -> OwnerPermission:
        given = form.given({**typed, "scan": scan_of(visit.prepared)})
        return owners.record_owner_permission(by=visit.person, at=visit.at, **given)

    if form.save(save):
        told = _("Permission recorded. You can choose it when you write a post.")
        return done(request, told, f"{reverse('posts')}?as={VIEW}")
    return listed(request, visit, form)


@page(place="posts", capacity="write_post", methods=("POST",))
def end(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """End a permission."""
    found = library.permission_for(visit.person, pk, on=visit.on)
    owners.end_owner_permission(by=visit.person, at=visit.at, permission=found)
    live = library.live_with([found], visit.person, on=visit.on).get(found.pk)
    told = _("Permission ended. Live posts still use it: see below.") if live else _("Permission ended.")
    return done(request, told, f"{reverse('posts')}?as={VIEW}")


@page(place="posts", capacity="write_post", methods=("POST",))
def evidence(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Return the letter, email or licence of a permission."""
    found = library.permission_for(visit.person, pk, on=visit.on)
    if not found.scan:
        raise NotFound
    return FileResponse(
        files.opened(found.scan), content_type=found.scan_type, as_attachment=True,
        filename=f"permission-{found.pk}.{found.scan_type.rpartition('/')[2]}",
    )  # fmt: skip


def owners_in(request: HttpRequest, school: School) -> list[OwnerPermission]:
    """Return the permissions ticked on the page of writing. Raises NotFound for another school's."""
    wanted = dict.fromkeys(numbers_in(request.POST.getlist("owner")))
    found = {each.pk: each for each in library.permissions_at([school]).filter(pk__in=list(wanted))}
    if len(found) < len(wanted):
        raise NotFound
    return [found[pk] for pk in wanted]


@dataclass(frozen=True)
class ShownOwners:
    """What an author can choose from and what is chosen. `over`: what was chosen and doesn't count for the
    day and the accounts of the post."""

    rows: list[OwnerPermission]
    chosen: list[OwnerPermission]
    over: list[OwnerPermission]
    decides: list[str]
    by_line: bool
    view: str = VIEW


def owners_shown(
    visit: Visit,
    school: School,
    post: Post | None,
    *,
    ticked: Sequence[str] | None,
    planned_at: datetime | None,
    accounts: Sequence[Account],
) -> ShownOwners:
    """Return what the page of writing shows of the register. `ticked`: what was sent, None before."""
    saved = {each.pk for each in chosen_for(post)} if post else set()
    chosen = saved if ticked is None else set(numbers_in(ticked))
    rows = library.offered_for(school, on=visit.on, chosen=chosen | saved)
    day, book = day_needed(planned_at, at=visit.at), in_force(visit.on).book
    mine = [each for each in rows if each.pk in chosen]
    return ShownOwners(
        rows=rows,
        chosen=mine,
        over=[
            each
            for each in mine
            if not all(each.counts(on=day, account_id=account.pk) for account in accounts)
        ],
        decides=who_decides(book),
        by_line=wants_by_line(book),
    )


def statement_beside(name: str, owners: ShownOwners, otherwise: str | Promise) -> str | Promise:
    """Return what the author confirms: where permissions are chosen, about everything beside them."""
    return BESIDE.get(name, otherwise) if owners.chosen else otherwise


def over_wanted(owners: ShownOwners, judged: Sequence[Judged]) -> list[str]:
    """Return what is to be done about permissions that don't count, where the policy asks for them."""
    needs = {
        need.what
        for each in judged
        for finding in each.decision.findings
        if finding.stands
        for need in finding.needs
    }
    if not needs & AUTHORS_WORD:
        return []
    words = gettext("“{title}”: no permission for this day and account. Record a new one, or leave it out.")
    return [words.format(title=each.title) for each in owners.over]


urlpatterns = [
    path("posts/pictures/<int:pk>/again", use_again, name="post-picture-again"),
    path("posts/permissions/add", add, name="owner-permission-add"),
    path("posts/permissions/<int:pk>/end", end, name="owner-permission-end"),
    path("posts/permissions/<int:pk>/file", evidence, name="owner-permission-file"),
]
