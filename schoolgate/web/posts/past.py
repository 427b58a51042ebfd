"""Posts from before Schoolgate: the card on an account's page, the list that is searched, importing a
network's own download, and those that may show a pupil who may not be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.access import account_for
from schoolgate.accounts.models import Account, AccountState
from schoolgate.core.clock import local_day
from schoolgate.core.days import stored_instant
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.core.rows import key_as_text, key_in
from schoolgate.core.tenancy import scope
from schoolgate.networks.archives import wording
from schoolgate.networks.archives.reading import archive_of
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.people.rules import can
from schoolgate.publishing import past_import, past_posts
from schoolgate.publishing.models import PastImport, PastPost, PastState, Whose
from schoolgate.publishing.past_import import KeptDownload
from schoolgate.publishing.past_posts import PostsCovered, known_of, look_at_older, older_for, say_older
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm, form_page
from schoolgate.web.frame.paging import number_in, number_in_address
from schoolgate.web.frame.parts import PagePart, on_account_page
from schoolgate.web.frame.shown import day_in_words
from schoolgate.web.frame.uploads import takes_up_to

TAGS = {
    PastState.READING: "info",
    PastState.FOUND: "wait",
    PastState.UNREADABLE: "no",
    PastState.TAKING: "info",
    PastState.STOPPED: "wait",
    PastState.DONE: "good",
}


def known_in_words(known: PostsCovered) -> str:
    """Return from which day the posts of an account are known here, and what cannot be known."""
    if known.since is None:
        return gettext("We don’t have this account’s earlier posts yet.")
    said = gettext("Complete from {day}.").format(day=day_in_words(known.since))
    if known.gap is not None:
        said += " " + gettext(
            "Another download goes further back, but no download covers {first} to {last}."
        ).format(first=day_in_words(known.gap[0]), last=day_in_words(known.gap[1]))
    return said


def known_of_each(accounts: Iterable[Account]) -> list[tuple[str, str]]:
    """Account and sentence, in the order given, each account once. One query."""
    each = list({account.pk: account for account in accounts}.values())
    known = known_of(each)
    return [(account.name, known_in_words(known[account.pk])) for account in each]


@dataclass(frozen=True)
class ShownCount:
    """A number with what it counts."""

    number: int
    what: str | Promise


def left_out_shown(counted: Mapping[str, int]) -> list[ShownCount]:
    """Return what was left out and why, the most frequent first."""
    rows = sorted(counted.items(), key=lambda row: (-row[1], row[0]))
    return [ShownCount(number, wording.left_out(why)) for why, number in rows if number]


def why_unreadable(brought: PastImport) -> tuple[str, str]:
    """Return why a download can't be used, and what helps."""
    code, _, network = brought.because.partition(":")
    return str(wording.unreadable(code, network)), str(wording.next_step(code))


def found_shown(brought: PastImport) -> dict[str, Any]:
    """Return what a download contains, for its page."""
    found = brought.found
    span = [
        day_in_words(local_day(stored_instant(found[end]))) for end in ("first", "last") if found.get(end)
    ]
    return {
        "posts": found.get("posts", 0),
        "replies": found.get("replies", 0),
        "pictures": found.get("pictures", 0),
        "first": span[0] if len(span) == 2 else "",
        "last": span[1] if len(span) == 2 else "",
        "left_out": left_out_shown({**found.get("left_out", {}), **brought.left_out}),
    }


def file_size(size: int) -> str:
    """A size as people say it."""
    if size < 1_000_000:
        return gettext("{number} kB").format(number=max(1, round(size / 1000)))
    return gettext("{number} MB").format(number=round(size / 1_000_000))


def progress(brought: PastImport) -> str:
    """Return how many posts are imported, of how many."""
    posts = brought.found.get("posts", 0)
    done = min(posts, brought.taken + brought.already + sum(brought.left_out.values()))
    return ngettext("{done} of {number} post imported.", "{done} of {number} posts imported.", posts).format(
        done=done, number=posts
    )


MOST_UPLOADED = 250_000_000
"""Bytes by the page. A school's line sends that in some five minutes at eight megabits a second, and it lies
on the disk twice for a moment; posts alone are far less. What is larger comes by the command."""
FORM_AROUND = 100_000
TOO_LARGE = _(
    "This file is larger than 250 MB. Request it without videos and "
    "pictures, or upload only the file with the posts."
)


class DownloadForm(SchoolForm):
    """The file itself."""

    file = forms.FileField(
        label=_("Download file"),
        help_text=_("Up to 250 MB. Nothing is imported until you’ve seen what was found."),
    )


class ConfirmForm(SchoolForm):
    """When the download was made, and why it is this account's where the file does not show it."""

    made_on = DayField(
        label=_("On which day was this download made?"),
        help_text=_("The date is in the network’s message. Posts after that day aren’t included."),
    )

    def __init__(self, *args: Any, brought: PastImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if brought.whose != Whose.SAME:
            self.fields["because"] = forms.CharField(
                label=_("How do you know these are this account’s posts?"),
                help_text=_("For example, we had another name until March. This is saved with the import."),
                max_length=past_import.LONGEST_WHY,
                error_messages={"required": _("Say how you know these are this account’s posts.")},
            )


def _take(request: HttpRequest) -> KeptDownload | BadInput | None:
    """The door's `prepare`: put away what was sent, as a stream, before the page's transaction opens."""
    sent = request.FILES.get("file") if request.method == "POST" else None
    if sent is None:
        return None
    visit: Visit = request.visit  # type: ignore[attr-defined]
    pk = number_in_address(request)
    with scope(visit.federation.pk, visit.person.pk):
        found = account_for(visit.person, pk)
        past_posts.check_may_bring(visit.person, found, on=visit.on)
        past_posts.check_takes_downloads(found)
    if sent.size is None or sent.size > MOST_UPLOADED:
        return BadInput({"file": TOO_LARGE})
    try:
        return past_import.keep_download(cast("BinaryIO", sent), sent.size, federation_id=visit.federation.pk)
    except past_import.NoRoom:
        return BadInput(
            {"file": _("There is no room for this file on the server. Tell the person who runs it.")}
        )


@takes_up_to(MOST_UPLOADED + FORM_AROUND)
@page(place="accounts", prepare=_take)
def bring(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show how to request the network's download, upload it, and list the last ones of this account."""
    account = account_for(visit.person, pk)
    past_posts.check_may_bring(visit.person, account, on=visit.on)
    past_posts.check_takes_downloads(account)
    form = DownloadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        kept = visit.prepared
        if isinstance(kept, KeptDownload):
            brought = past_import.bring_download(
                by=visit.person, at=visit.at, account=account, file=kept.file, content=kept.content,
                size=kept.size,
            )  # fmt: skip
            return redirect("past-import", brought.pk)
        form.refuse(kept)
    return form_page(request, "past/bring.html", form, _bringing(account))


def _bringing(account: Account) -> dict[str, Any]:
    archive = archive_of(account.network)
    return {
        "account": account,
        "network": all_capabilities()[account.network].name,
        "how": wording.how_to_ask(account.network),
        "proven": wording.proven(archive.proven) if archive else "",
        "proven_kind": "good" if archive and archive.proven == "real_file" else "wait",
        "rows": [
            {"import": each, "tag": TAGS.get(PastState(each.state), ""), "size": file_size(each.size)}
            for each in past_posts.imports_of(account)
        ],
    }


@page(place="accounts")
def look(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show the status of a download and what it contains; confirm it on POST."""
    brought = past_posts.import_for(visit.person, pk, on=visit.on)
    form = ConfirmForm(request.POST or None, brought=brought)
    if form.save(lambda typed: past_import.take_in(by=visit.person, at=visit.at, brought=brought, **typed)):
        return done(request, _("Importing posts."), "past-import", pk)
    return form_page(request, "past/import.html", form, _shown(brought))


def _shown(brought: PastImport) -> dict[str, Any]:
    archive = archive_of(brought.account.network)
    state = PastState(brought.state)
    return {
        "import": brought,
        "account": brought.account,
        "tag": TAGS.get(state, ""),
        "state": state.value,
        "moving": state in (PastState.READING, PastState.TAKING),
        "size": file_size(brought.size),
        "found": found_shown(brought),
        "progress": progress(brought),
        "because": why_unreadable(brought) if brought.because else ("", ""),
        "told": " ".join(one for one in (brought.owner.get("handle"), brought.owner.get("address")) if one)
        or brought.owner.get("id", ""),
        "proven": wording.proven(archive.proven) if archive else "",
        "published_form": archive is not None and archive.proven == "published_form",
    }


@page(methods=("POST",))
def stop(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Stop the import."""
    brought = past_posts.import_for(visit.person, pk, on=visit.on)
    past_import.stop_taking_in(by=visit.person, at=visit.at, brought=brought)
    return done(request, _("Import stopped. Posts already imported stay."), "past-import", pk)


@page(methods=("POST",))
def go_on(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Go on after a stop."""
    brought = past_posts.import_for(visit.person, pk, on=visit.on)
    past_import.go_on(by=visit.person, at=visit.at, brought=brought)
    return done(request, _("Import continued."), "past-import", pk)


@page(methods=("POST",))
def drop(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Import nothing, or nothing more."""
    brought = past_posts.import_for(visit.person, pk, on=visit.on)
    past_import.drop_download(by=visit.person, at=visit.at, brought=brought)
    return done(request, _("Import cancelled."), "past-import", pk)


_ONE = "posts/before/imports/<int:pk>"


class SearchForm(SchoolForm):
    """Words and an account. The words never go into an address, because they may be a child's name."""

    words = forms.CharField(
        label=_("Search words"),
        help_text=_("Finds posts with all of these words. The start of a word is enough."),
        required=False,
        max_length=300,
    )
    account = forms.ChoiceField(label=_("Account"), required=False)

    def __init__(self, *args: Any, accounts: list[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("All accounts")), *((str(one.pk), one.name) for one in accounts)]
        self.fields["account"].choices = choices  # type: ignore[attr-defined]


@on_account_page
def from_before(visit: Visit, account: Account) -> PagePart | None:
    """Return a card of the account's posts from before Schoolgate, and since when they are complete."""
    may_see = can(past_posts.check_may_see, visit.person, account, on=visit.on)
    may_bring = can(past_posts.check_may_bring, visit.person, account, on=visit.on)
    if account.state == AccountState.WAITING or not (may_see or may_bring):
        return None
    shown = {
        "account": account,
        "number": past_posts.number_of(account),
        "known": known_in_words(known_of([account])[account.pk]),
        "may_see": may_see,
        "may_bring": may_bring and archive_of(account.network) is not None,
        "unread": archive_of(account.network) is None,
        "network": all_capabilities()[account.network].name,
    }
    return PagePart("past/_card.html", shown, aside=True)


def listed(request: HttpRequest, visit: Visit, context: dict[str, Any]) -> HttpResponseBase:
    """List the old posts of all accounts that the visitor may see, newest first; or those with all the search
    words. `context`: of the list of posts, which this is one heading of."""
    accounts = past_posts.accounts_with_posts(visit.person, on=visit.on)
    asked = request.POST if request.method == "POST" else request.GET
    form = SearchForm(
        {
            "words": asked.get("words", "") if request.method == "POST" else "",
            "account": asked.get("account", ""),
        },
        accounts=accounts,
    )
    if not form.is_valid():
        if "account" in form.errors:
            raise NotFound
        return render(request, "past/posts.html", context | {"form": form, "rows": []}, status=422)
    words, chosen = form.cleaned_data["words"], form.cleaned_data["account"]
    before = key_in(asked["older"]) if "older" in asked else None
    shown = [number_in(chosen)] if chosen else [one.pk for one in accounts]
    found = past_posts.posts_page(accounts=shown, typed=words, before=before)
    context |= {
        "page": None,
        "form": form,
        "words": words,
        "chosen": chosen,
        "rows": [_row(post) for post in found.rows],
        "older": key_as_text(*found.older) if found.older else "",
        "further": found.further,
        "beginnings": found.beginnings,
        "any": bool(accounts),
        "known": known_of_shown(accounts, shown),
    }
    return render(request, "past/posts.html", context)


def known_of_shown(accounts: list[Account], shown: list[int]) -> list[tuple[str, str]]:
    """Return from which day on the posts of each account shown are known. One query."""
    each = [one for one in accounts if one.pk in set(shown)]
    known = known_of(each)
    return [(one.name, known_in_words(known[one.pk])) for one in each]


def _row(post: PastPost) -> dict[str, Any]:
    opened = post.account.opened_at
    return {"post": post, "before": opened is None or post.at < opened}


@page(place="posts")
def older_post(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show what has to be taken down or looked through, and take the word of the one and the other."""
    row = older_for(visit.person, pk, on=visit.on)
    do = request.POST.get("do", "")
    if do == "say":
        say_older(by=visit.person, at=visit.at, row=row, said=request.POST.get("said", ""))
        return done(request, _("Saved. Someone else will check."), "older-post", pk)
    if do == "look":
        look_at_older(by=visit.person, at=visit.at, row=row, right="right" in request.POST)
        return done(request, _("Saved."), "older-post", pk)
    return render(
        request,
        "past/older.html",
        {"row": row, "post": row.post, "pupil": row.pupil, "may_look": row.said_by_id != visit.person.pk},
    )


urlpatterns = [
    path("accounts/<int:pk>/before", bring, name="account-before"),
    path(_ONE, look, name="past-import"),
    path(f"{_ONE}/stop", stop, name="past-import-stop"),
    path(f"{_ONE}/go-on", go_on, name="past-import-go-on"),
    path(f"{_ONE}/drop", drop, name="past-import-drop"),
    path("posts/before/older/<int:pk>", older_post, name="older-post"),
]
