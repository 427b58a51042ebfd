"""The do-not-publish list on a pupil's page: entries, changes that wait for a lead, and what a lead hasn't
seen yet."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, AssociatedPage, Fake, SiteText
from schoolgate.core import vault
from schoolgate.core.errors import NotFound
from schoolgate.duties.queries import standing
from schoolgate.inbox import named_in_public as comments_named
from schoolgate.inbox.models import Item
from schoolgate.inbox.rules import check_finds
from schoolgate.people.rules import can
from schoolgate.policy.models import GuideVersion, PackText
from schoolgate.publishing import named_in_public as posts_named
from schoolgate.publishing.actions.off_our_pages import names_are_off
from schoolgate.publishing.duty_kinds import NAME_ON_PAGE
from schoolgate.publishing.our_pages import standing_with
from schoolgate.publishing.withdrawn import comments_that_may_name
from schoolgate.pupils import consents, keeping_off
from schoolgate.pupils.duty_kinds import LOOK
from schoolgate.pupils.list_lines import label_of
from schoolgate.pupils.models import NAMES, ChangeState, ConsentWords, NotPublished, Pupil, PupilChange
from schoolgate.web.frame.doors import Visit, done
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.pupils.forms import KeepOffForm, ReasonForm

MOST = 20
"""Decided changes and ended entries that a page shows, the newest; what waits is shown whole."""


def wall_of(request: HttpRequest, visit: Visit, found: Pupil) -> dict[str, Any] | HttpResponseBase:
    """Return what a page shows of a pupil's place on the list, or the answer where something was done."""
    do = request.POST.get("do", "")
    here: dict[str, Any] = {"by": visit.person, "at": visit.at, "pupil": found}
    keep_off = KeepOffForm(request.POST if do == "keep-off" else None)
    if keep_off.save(lambda typed: keeping_off.keep_off(**here, **typed)):
        return done(request, _("On the do-not-publish list now."), "pupil", found.pk)
    end = ReasonForm(request.POST if do == "end" else None, prefix="end")
    if end.save(lambda typed: keeping_off.end_keeping_off(**here, **typed)):
        return done(
            request,
            _("Off the do-not-publish list. The other safeguarding leads are told."),
            "pupil",
            found.pk,
        )
    decide = ReasonForm(request.POST if do == "decide" else None, prefix="decide")
    if decide.save(lambda typed: _decide(request, visit, found, typed["why"])):
        return done(request, _("Saved. The other safeguarding leads are told."), "pupil", found.pk)
    if do == "seen-wall":
        keeping_off.look_at_wall(**here)
        return done(request, _("Marked as seen."), "pupil", found.pk)
    if do == "off-pages":
        names_are_off(**here)
        return done(request, _("Marked as done."), "pupil", found.pk)
    leads = consents.leads_on_safeguarding(visit.person, found.school, on=visit.on)
    shown = _seen_by_leads(visit, found) if leads else {}
    return {"leads": leads, "keep_off": keep_off, "end": end, "decide": decide, **shown}


def _decide(request: HttpRequest, visit: Visit, found: Pupil, why: str) -> PupilChange:
    number = number_in(request.POST.get("change", ""))
    change = PupilChange.objects.filter(pupil=found, pk=number).first()
    if change is None:
        raise NotFound
    agree = "agree" in request.POST
    return keeping_off.decide_change(by=visit.person, at=visit.at, change=change, agree=agree, why=why)


def _seen_by_leads(visit: Visit, found: Pupil) -> dict[str, Any]:
    changes = PupilChange.objects.filter(pupil=found).select_related("by", "decided_by").order_by("-pk")
    decided = changes.filter(decided_by__isnull=False)
    unseen = [each for tasks in standing(LOOK, [found]).values() for each in tasks]
    ended = NotPublished.objects.filter(pupil=found, ended_at__isnull=False).select_related("ended_by")
    return {
        "entry": _entry(found),
        "waiting": [_shown(each, found) for each in changes.filter(state=ChangeState.WAITING)],
        "decided": [_shown(each, found) for each in decided[:MOST]],
        "ended": [
            {"row": each, "why": _revealed(each.ended_why_ref)} for each in ended.order_by("-pk")[:MOST]
        ],
        "on_pages": _on_pages(visit, found),
        "unseen": any(each.person_id == visit.person.pk for each in unseen),
    }


def _on_pages(visit: Visit, found: Pupil) -> dict[str, Any] | None:
    """Return what of our own pages still names a pupil whose name had to go, with where it is changed, and
    the posts and comments that may name them; None where no lead has to look."""
    if not any(standing(NAME_ON_PAGE, [found]).values()):
        return None
    left = [(WORDS[type(row)], _link(row)) for row, _fields in standing_with(found)]
    items = Item.every.filter(pk__in=comments_that_may_name(found)).select_related("account", "school")
    comments = [
        each.pk for each in items.order_by("-pk") if can(check_finds, visit.person, each, on=visit.on)
    ]
    more = posts_named.are_more_than_read() or comments_named.are_more_than_read()
    return {
        "left": left, "posts": posts_named.posts_that_may_name(found), "comments": comments,
        "read": posts_named.MOST_READ if more else 0,
    }  # fmt: skip


WORDS: dict[type[Model], Promise] = {
    GuideVersion: _("A guide"),
    Account: _("The name or address of an account"),
    AssociatedPage: _("The name or address of a PTA page"),
    Fake: _("The address of a fake account"),
    SiteText: _("The rules or terms of a site"),
    ConsentWords: _("What the parents’ page says"),
    PackText: _("The text of the policy"),
}


def _link(row: Model) -> str:
    account = row if isinstance(row, Account) else row.account if isinstance(row, SiteText) else None
    return reverse("account", args=[account.pk]) if account else ""


def _shown(row: PupilChange, found: Pupil) -> dict[str, Any]:
    """Return a change with the names that it gives, where they differ from those before."""
    was = row.before or {name: getattr(found, name) for name in NAMES}
    names = [
        {"field": label_of(name), "old": was[name], "new": row.after[name]}
        for name in (NAMES if row.after else ())
        if was[name] != row.after[name]
    ]
    return {"row": row, "names": names, "why": _revealed(row.why_ref)}


def _entry(found: Pupil) -> dict[str, Any] | None:
    row = NotPublished.objects.filter(pupil=found, ended_at=None).select_related("by").first()
    return {"row": row, "why": _revealed(row.why_ref)} if row is not None else None


def _revealed(ref: int | None) -> str:
    return vault.reveal(ref) if ref else ""
