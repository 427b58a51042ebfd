"""Backups, for those who look after the federation: how it goes, and what a restored home waits for."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.backups import trouble as codes
from schoolgate.core.backups.rehearsing import standing
from schoolgate.core.errors import NotAllowed
from schoolgate.core.models import Restoration
from schoolgate.core.restored import awaiting_release
from schoolgate.reports import after_restore
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.parts import PagePart, PlaceLink, beside_people, on_today_page

TROUBLE: Mapping[str, Promise] = {
    codes.NO_KEY: _("There is no key yet that backups are locked with."),
    codes.NO_SPACE: _("There was no room left on the disk."),
    codes.CANNOT_WRITE: _("The folder for backups could not be written to."),
    codes.DAMAGED: _("What was written could not be read again. The disk may be failing."),
    codes.NOT_SOUND: _("What came back is not what went in."),
    codes.BUSY: _("Another backup was being made at the same moment."),
}
BROKE = _("It broke off. The person who runs the machine finds the reason in its logs.")
STANDS: Mapping[str, Promise] = {
    "none": _("There is no backup yet. If this machine fails, everything is lost."),
    "old": _("The newest backup is more than two days old."),
    "rehearsal": _("The newest backup could not be restored when that was tried out."),
}


@page(place="people", capacity="administer")
def backups(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """How it goes with the backups."""
    found = standing(visit.at)
    restoration = awaiting_release()
    context = {
        "newest": found.newest,
        "failed": TROUBLE.get(found.failed.trouble, BROKE) if found.failed else "",
        "failed_at": found.failed.began_at if found.failed else None,
        "rehearsed": found.rehearsed,
        "rehearsal_trouble": (
            TROUBLE.get(found.rehearsed.trouble, BROKE) if found.rehearsed and found.rehearsed.trouble else ""
        ),
        "stands": STANDS.get(found.trouble, ""),
        "restoration": restoration,
        "look": after_restore.to_look_at(restoration) if restoration else None,
        "lost": restoration.lost.get(str(visit.federation.pk)) if restoration else None,
        "may_release": after_restore.may_release_here(visit.federation),
        "last_restored": Restoration.objects.exclude(released_at=None).order_by("-pk").first(),
    }
    return render(request, "running/backups.html", context)


@page(place="people", capacity="administer")
def release(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Let a restored home go, after a page that says what follows."""
    if not after_restore.may_release_here(visit.federation):
        raise NotAllowed(
            _("Several federations live on this machine, so that none releases it for the others."),
            _("Ask the person who runs the machine to do it."),
        )
    if request.method == "POST":
        after_restore.release(by=visit.person, at=visit.at)
        return done(request, _("Released. The program works again."), "backups")
    return render(request, "running/release.html", {"restoration": awaiting_release()})


@beside_people
def lead(visit: Visit) -> PlaceLink | None:
    """A link above the list of people, for those who look after them."""
    return PlaceLink("backups", _("Backups")) if "administer" in visit.capacities else None


@on_today_page
def waiting(visit: Visit) -> PagePart | None:
    """A card for everybody while a restored home waits to be released."""
    restoration = awaiting_release()
    if restoration is None:
        return None
    shown = {"restoration": restoration, "leads": "administer" in visit.capacities}
    return PagePart("running/_waiting.html", shown)


urlpatterns = [
    path("backups", backups, name="backups"),
    path("backups/release", release, name="release-restored"),
]
