"""The page that shows administrators what is stuck, and how it goes at each of their schools; and backups:
their state, and what a restored installation waits for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.backups import sealing
from schoolgate.core.backups.making import standing as standing_of_backups
from schoolgate.core.errors import NotAllowed
from schoolgate.core.heartbeats import STOPPED, Still, said_once
from schoolgate.core.models import Restoration
from schoolgate.core.restored import awaiting_release
from schoolgate.notices import mails
from schoolgate.records.journal import left_to_people, since_backup
from schoolgate.reports import after_restore
from schoolgate.reports import running as standing
from schoolgate.reports.running import by_school
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.parts import PagePart, PlaceLink, beside_people, on_today_page

TROUBLE: Mapping[str, Promise] = {
    sealing.NO_KEY: _("There is no backup key yet."),
    sealing.NO_SPACE: _("The disk is full."),
    sealing.CANNOT_WRITE: _("Schoolgate couldn’t write to the backup folder."),
    sealing.DAMAGED: _("The backup couldn’t be read after writing. The disk may be failing."),
    sealing.NOT_SOUND: _("The restored data doesn’t match the backup."),
    sealing.BUSY: _("Another backup was running at the same time."),
}
BROKE = _("It stopped before it finished. The person who runs the server can find the reason in the logs.")
STANDS: Mapping[str, Promise] = {
    "none": _("There is no backup yet. If this server fails, everything is lost."),
    "old": _("The latest backup is more than two days old."),
    "rehearsal": _("The latest backup couldn’t be restored in a test."),
}


@page(place="people", capacity="administer")
def backups(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the state of the backups."""
    found = standing_of_backups(visit.at)
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
        "left": left_to_people(visit.federation, restoration) if restoration else [],
        "since": since_backup(visit.federation, restoration) if restoration else None,
        "may_release": after_restore.may_release_here(visit.federation),
        "last_restored": Restoration.objects.exclude(released_at=None).order_by("-pk").first(),
    }
    return render(request, "running/backups.html", context)


@page(place="people", capacity="administer")
def release(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Let a restored home go, after a page that says what follows."""
    if not after_restore.may_release_here(visit.federation):
        raise NotAllowed(
            _("Several federations share this server, so you can’t release it for the others."),
            _("Ask the person who runs the server to do it."),
        )
    if request.method == "POST":
        after_restore.release(by=visit.person, at=visit.at)
        return done(request, _("Released. Schoolgate is working again."), "backups")
    return render(request, "running/release.html", {"restoration": awaiting_release()})


@beside_people
def lead(visit: Visit) -> PlaceLink | None:
    """Return a link above the list of people, for the people who look after them."""
    return PlaceLink("backups", _("Backups")) if "administer" in visit.capacities else None


@on_today_page
def waiting(visit: Visit) -> PagePart | None:
    """Return a card for everyone while a restored installation waits to be released."""
    restoration = awaiting_release() if visit.restoring else None
    if restoration is None:
        return None
    shown = {"restoration": restoration, "leads": "administer" in visit.capacities}
    return PagePart("running/_waiting.html", shown)


WHAT: Mapping[str, Promise] = {
    **STOPPED,
    standing.MAIL: _("Emails aren’t being sent"),
    standing.BACKUPS: _("Backups aren’t being made"),
    standing.READING: _("An account hasn’t been read for more than a day"),
}
BY_THE_MACHINE = _(
    "Ask the person who runs the server to look. The command schoolgate check says what’s wrong."
)
TO_DO: Mapping[str, Promise] = {
    standing.READING: _("Open the account and connect it again."),
}
LINKS: Mapping[str, str] = {standing.BACKUPS: "backups", standing.READING: "accounts"}


@dataclass(frozen=True)
class Line:
    """One stuck thing, ready to be shown."""

    title: str | Promise
    since: datetime | None
    to_do: str | Promise
    page: str


@page(place="people", capacity="administer")
def running(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show what is stuck for this federation, and how it goes at each of its schools."""
    mail = mails.standing_still(visit.at)
    to_do = {**TO_DO, **({standing.MAIL: mail.next_step} if mail else {})}
    lines = [_line(found, to_do) for found in said_once(standing.here(visit.at))]
    schools = by_school(visit.at)
    return render(
        request, "running/standing.html", {"lines": lines, "schools": schools if len(schools) > 1 else []}
    )


def _line(found: Still, to_do: Mapping[str, str | Promise]) -> Line:
    what = found.what
    return Line(WHAT[what], found.since, to_do.get(what, BY_THE_MACHINE), LINKS.get(what, ""))


urlpatterns = [
    path("backups", backups, name="backups"),
    path("backups/release", release, name="release-restored"),
    path("running", running, name="running"),
]
