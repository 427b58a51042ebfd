"""The page on which those who administer see what stands still, since when, and what to do."""

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

from schoolgate.core.beats import WORKER, Still, said_once
from schoolgate.notices import health
from schoolgate.reports import running as standing
from schoolgate.web.frame.doors import Visit, page

WHAT: Mapping[str, Promise] = {
    WORKER: _("Nothing is done in the background: no post goes out, no comment is read, nobody is reminded"),
    "minutely.deliveries": _("What follows from one step is not passed on to the next"),
    "minutely.duties": _("Nobody is reminded of what is due"),
    "minutely.reports": _("Reports that nobody took are not passed on"),
    "minutely.trials": _("Trying out a reading of the policy does not go on"),
    "minutely.notices": _("People are not told by mail, and get no morning mail"),
    "minutely.send_due": _("Posts do not go out at their time"),
    "minutely.poll": _("Comments and messages are not read"),
    "lane.sending": _("Posts and replies wait, because every place for sending is taken"),
    "lane.reading": _("Comments wait, because every place for reading is taken"),
    "hourly.account_keys": _("Nobody is told which account passwords must change"),
    "hourly.backups": _("Nobody looks whether backups are made"),
    "hourly.care": _("Nobody is told which accounts are left unchecked"),
    "hourly.imports": _("Uploaded lists that were never confirmed are not erased"),
    "hourly.known": _("Nobody is asked to confirm that they know the policy"),
    "hourly.leaving": _("People who leave keep their roles"),
    "hourly.past_imports": _("Downloads of old posts are not finished or erased"),
    "hourly.policies": _("Policies do not come into force on their day"),
    "hourly.record_heads": _("The record is not signed"),
    "daily.backups": _("Backups are not tested"),
    "daily.going_on": _("Permissions to keep using an account end without a reminder"),
    "daily.marks": _("Nobody checks whether accounts still link to the register"),
    "daily.notices": _("Old messages are not erased"),
    "daily.proposals": _("Nobody is reminded of proposals that wait"),
    "daily.sign_ins": _("Old sign-ins are not erased"),
    standing.MAIL: _("Mails do not go out"),
    standing.BACKUPS: _("No backup is made any more"),
    standing.READING: _("An account could not be read for more than a day"),
}
BY_THE_MACHINE = _(
    "Ask the person who runs the machine to look. The command schoolgate check says what is the matter."
)
TO_DO: Mapping[str, Promise] = {
    standing.READING: _("Open the account and connect it again."),
}
LINKS: Mapping[str, str] = {standing.BACKUPS: "backups", standing.READING: "accounts"}


@dataclass(frozen=True)
class Line:
    """One thing that stands still, ready to be shown."""

    title: str | Promise
    since: datetime | None
    to_do: str | Promise
    page: str


@page(place="people", capacity="administer")
def running(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """What stands still for this federation."""
    mail = health.standing_still(visit.at)
    to_do = {**TO_DO, **({standing.MAIL: mail.next_step} if mail else {})}
    lines = [_line(found, to_do) for found in said_once(standing.here(visit.at))]
    return render(request, "running/standing.html", {"lines": lines})


def _line(found: Still, to_do: Mapping[str, str | Promise]) -> Line:
    what = found.what
    return Line(WHAT[what], found.since, to_do.get(what, BY_THE_MACHINE), LINKS.get(what, ""))


urlpatterns = [path("running", running, name="running")]
