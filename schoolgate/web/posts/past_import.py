"""Importing a network's own download: the file, what it contains, the import, and its result."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.access import account_for
from schoolgate.accounts.models import Account
from schoolgate.core.errors import BadInput
from schoolgate.core.tenancy import scope
from schoolgate.networks.archives import wording
from schoolgate.networks.archives.reading import archive_of
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.publishing import past_files, past_import, past_posts
from schoolgate.publishing.models import PastImport, PastState, Whose
from schoolgate.publishing.past_files import KeptDownload
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm, form_page
from schoolgate.web.frame.numbers import number_in_address
from schoolgate.web.frame.uploads import takes_up_to
from schoolgate.web.posts.past_wording import TAGS, file_size, found_shown, progress, why_unreadable

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
        return past_files.keep_download(cast("BinaryIO", sent), sent.size, federation_id=visit.federation.pk)
    except past_files.NoRoom:
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
urlpatterns = [
    path("accounts/<int:pk>/before", bring, name="account-before"),
    path(_ONE, look, name="past-import"),
    path(f"{_ONE}/stop", stop, name="past-import-stop"),
    path(f"{_ONE}/go-on", go_on, name="past-import-go-on"),
    path(f"{_ONE}/drop", drop, name="past-import-drop"),
]
