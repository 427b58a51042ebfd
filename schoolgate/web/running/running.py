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

from schoolgate.core.backups import trouble
from schoolgate.core.backups.making import standing as standing_of_backups
from schoolgate.core.errors import NotAllowed
from schoolgate.core.heartbeats import WORKER, Still, said_once
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
    trouble.NO_KEY: _("There is no backup key yet."),
    trouble.NO_SPACE: _("The disk is full."),
    trouble.CANNOT_WRITE: _("Schoolgate couldn’t write to the backup folder."),
    trouble.DAMAGED: _("The backup couldn’t be read after writing. The disk may be failing."),
    trouble.NOT_SOUND: _("The restored data doesn’t match the backup."),
    trouble.BUSY: _("Another backup was running at the same time."),
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
    WORKER: _(
        "Nothing is running in the background. Posts aren’t published, comments "
        "aren’t read and reminders aren’t sent"
    ),
    "minutely.deliveries": _("Finished steps aren’t starting the next ones"),
    "minutely.duties": _("Reminders about due tasks aren’t being sent"),
    "minutely.live": _("No one is told when posts are changed on their network"),
    "minutely.journal": _("A restore would lose what was refused or taken down since the backup"),
    "minutely.reports": _("Concerns that no one is dealing with aren’t being passed on"),
    "minutely.rota": _("No one is told when their shift on the rota starts"),
    "minutely.trials": _("Tests of the policy interpretation aren’t running"),
    "minutely.notices": _("Notification emails and morning emails aren’t being sent"),
    "minutely.send_due": _("Posts aren’t being published on time"),
    "minutely.withdrawals": _("Parents aren’t being told what happened to posts after a withdrawal"),
    "minutely.poll": _("Comments and messages aren’t being read"),
    "lane.sending": _("Posts and replies are waiting because too many are being sent at once"),
    "lane.reading": _("Comments are waiting because too many accounts are being read at once"),
    "hourly.account_keys": _("No one is told which account passwords must change"),
    "hourly.backups": _("Backups aren’t being checked"),
    "hourly.care": _("No one is told which accounts have not been checked"),
    "hourly.evidence": _("Unfinished evidence uploads couldn’t be deleted"),
    "hourly.imports": _("Uploaded lists that were never confirmed are not deleted"),
    "hourly.breaches": _("New people are not asked to deal with open data breaches"),
    "hourly.conduct": _("No one is reminded to check their own accounts"),
    "hourly.known": _("No one is asked to confirm that they have read the policy"),
    "hourly.leaving": _("People who have left still have their roles"),
    "hourly.listening": _("Saved searches aren’t looking for public posts"),
    "hourly.uploads": _("Uploads that were never used are not deleted"),
    "hourly.withheld": _("Parts of pictures withdrawn earlier are not looked for in new ones"),
    "hourly.inbox_words": _("Older comments can’t be searched yet"),
    "hourly.past_imports": _("Downloads of old posts are not finished or deleted"),
    "hourly.policies": _("Policies do not come into force on their start date"),
    "hourly.record_heads": _("The history isn’t being signed"),
    "hourly.rules_asked": _("Schoolgate isn’t counting how often each clause is used"),
    "hourly.safeguarding": _("No one is asked to agree to new safeguarding leads"),
    "hourly.settling": _("Tasks about pupils’ answers stay open although nothing is left to resolve"),
    "daily.backups": _("Backups are not tested"),
    "daily.connections": _("A connection to a network may end without a reminder"),
    "daily.going_on": _("Permissions to keep using an account end without a reminder"),
    "daily.marks": _("No one checks that accounts still link to the register"),
    "hourly.names": _("Comments are not checked again for people they may be about"),
    "daily.notices": _("Old messages are not deleted"),
    "daily.proposals": _("No one is reminded of waiting proposals"),
    "daily.records": _("Records that are due aren’t destroyed"),
    "daily.rota": _("Old handover notes of the rota are not deleted"),
    "daily.sign_ins": _("Old sign-ins are not deleted"),
    "daily.upkeep": _("No one is told which posts and accounts are out of date"),
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
