"""One pupil: whether they may be shown, named or heard; the answers behind it for those who keep them; the
do-not-publish list: entries, changes that wait for a lead, and what a lead hasn't seen yet.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Model
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, AssociatedPage, Fake, SiteText
from schoolgate.core import files, vault
from schoolgate.core.errors import NotFound
from schoolgate.core.leaving import LONGEST as LONGEST_REASON
from schoolgate.duties.queries import standing
from schoolgate.inbox import taking_off
from schoolgate.inbox.models import Item
from schoolgate.inbox.seeing import check_finds
from schoolgate.people.rules import can
from schoolgate.policy.choices import own_yes_from
from schoolgate.policy.models import GuideVersion, PackText
from schoolgate.publishing import named_in_public as posts_named
from schoolgate.publishing.duty_kinds import NAME_ON_PAGE
from schoolgate.publishing.withdrawn import comments_that_may_name, names_are_off, standing_with
from schoolgate.pupils import answering, consents, keeping_off
from schoolgate.pupils.answering import LONGEST_NAME, LONGEST_WHY
from schoolgate.pupils.consents import LONGEST_NAME as LONGEST_GROUP
from schoolgate.pupils.consents import channels_here
from schoolgate.pupils.keeping_off import LONGEST
from schoolgate.pupils.list_lines import label_of
from schoolgate.pupils.models import (
    ANSWERING,
    ENTERED,
    LOOK,
    NAMES,
    Answer,
    ChangeState,
    Consent,
    ConsentWords,
    NotPublished,
    Pupil,
    PupilChange,
    PupilGroup,
    Use,
)
from schoolgate.web.accounts.register_wording import network_name
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm, radios
from schoolgate.web.frame.paging import number_in
from schoolgate.web.policy.uploads import kept_upload, scan_of
from schoolgate.web.pupils.consents import of_pupil

SAYS = {
    Answer.GIVEN: _("Yes"),
    Answer.REFUSED: _("No"),
    Answer.NOT_ASKED: _("Withdraws the answer"),
}


class AnswerForm(SchoolForm):
    """An answer that reached the school."""

    uses = forms.MultipleChoiceField(
        label=_("What is it about?"), choices=Use.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    answer = radios(_("What is the answer?"), list(SAYS.items()))
    giver = radios(_("Who answered?"), list(ANSWERING.items()))
    who = forms.CharField(
        label=_("Parent’s name"),
        help_text=_("This tells two parents’ answers apart."),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    form = radios(_("How?"), list(ENTERED.items()))
    until = DayField(label=_("Last day of a yes"), help_text=_("Leave empty if it has none."), required=False)
    scan = forms.FileField(
        label=_("Copy of the paper"), help_text=_("PDF or picture (optional)"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        where = [("", _("All official accounts")), *((key, network_name(key)) for key in channels_here())]
        self.fields["channel"] = forms.ChoiceField(label=_("Where?"), choices=where, required=False)


class SettleForm(SchoolForm):
    """Which of two answers holds, once those who gave them were asked."""

    uses = forms.MultipleChoiceField(
        label=_("What is it about?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    answer = radios(
        _("Which answer counts?"),
        [(Answer.REFUSED, _("The refusal counts")), (Answer.GIVEN, _("The consent counts"))],
    )
    form = radios(_("How did you find out?"), list(ENTERED.items()))
    why = forms.CharField(
        label=_("What did you find out?"),
        help_text=_("For example: both parents came in, and agree."),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, disputed: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["uses"]
        field.choices = [each for each in Use.choices if each[0] in disputed]
        self.initial["uses"] = list(disputed)


class GroupForm(SchoolForm):
    """The pupils ticked as a group: a new one, or one more of theirs. Ticks and name are checked together."""

    to = forms.ChoiceField(label=_("Add the ticked pupils to"), required=False)
    name = forms.CharField(
        label=_("Name of the group"), required=False, max_length=LONGEST_GROUP,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(
        self, *args: Any, groups: Sequence[PupilGroup], group: PupilGroup | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if group is not None or not groups:
            del self.fields["to"]
            self.initial["name"] = group.name if group is not None else ""
        else:
            field: Any = self.fields["to"]
            field.choices = [("", _("A new group")), *((str(each.pk), each.name) for each in groups)]


class KeepOffForm(SchoolForm):
    """Why a pupil is on the do-not-publish list."""

    why = forms.CharField(
        label=_("Reason"),
        help_text=_("Encrypted. Only the safeguarding lead and deputies read it. You needn’t give one."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "data-secret": ""}),
    )


class ReasonForm(SchoolForm):
    """A safeguarding lead's reason."""

    why = forms.CharField(
        label=_("Reason"),
        help_text=_("A few words. Encrypted: only safeguarding leads read it."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2, "data-secret": ""}),
    )


class HoursForm(SchoolForm):
    """Within how many hours posts are taken down once consent is withdrawn."""

    hours = forms.IntegerField(label=_("Hours"), help_text=_("From 1 to 168."), min_value=1, max_value=168)


class LeaversForm(SchoolForm):
    """For how many years the names of pupils who left are looked for."""

    years = forms.IntegerField(label=_("Years"), help_text=_("From 1 to 14."), min_value=1, max_value=14)


class OwnYesForm(SchoolForm):
    """From which age the pupil's own yes is needed."""

    age = forms.IntegerField(
        label=_("Age"),
        help_text=_("From 5 to 18. Leave empty if parents’ answers are enough until 18."),
        min_value=5,
        max_value=18,
        required=False,
    )


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
        "waiting": [_change_shown(each, found) for each in changes.filter(state=ChangeState.WAITING)],
        "decided": [_change_shown(each, found) for each in decided[:MOST]],
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
    more = posts_named.are_more_than_read() or taking_off.are_more_than_read()
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


def _change_shown(row: PupilChange, found: Pupil) -> dict[str, Any]:
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


@page(place="people", check=consents.check_may_see, prepare=kept_upload)
def pupil(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show one pupil, and record an answer or an entry on the do-not-publish list."""
    found = consents.pupil_for(visit.person, pk, on=visit.on)
    do = request.POST.get("do", "")
    keeps = can(consents.check_may_keep, visit.person, on=visit.on, school=found.school)
    here: dict[str, Any] = {"by": visit.person, "at": visit.at, "pupil": found}
    answer = AnswerForm(*((request.POST, request.FILES) if do == "answer" else ()))
    if answer.save(
        lambda typed: answering.record_answer(**here, **{**typed, "scan": scan_of(visit.prepared)})
    ):
        return done(request, _("Answer saved."), "pupil", pk)
    disputed = consents.disputes_of([found], on=visit.on).get(found.pk, {}) if keeps else {}
    if do == "settle" and not disputed:
        raise answering.settled_already(found)
    settle = SettleForm(request.POST if do == "settle" else None, disputed=disputed, prefix="settle")
    seen = number_in(request.POST.get("seen", "")) if do == "settle" else consents.newest_answer(found)
    if settle.save(lambda typed: answering.settle_consent(**here, **typed, seen=seen)):
        return done(request, _("Settled."), "pupil", pk)
    if do == "scan" and keeps:
        return _scan(found, number_in(request.POST.get("answer", "")))
    of_links = of_pupil(request, visit, found) if keeps else {}
    if not isinstance(of_links, dict):
        return of_links
    if do == "objects":
        answering.record_objection(**here)
        return done(request, _("The refusal is recorded. It counts for a week."), "pupil", pk)
    wall = wall_of(request, visit, found)
    if not isinstance(wall, dict):
        return wall
    context = {
        "pupil": found,
        "uses": _standings(visit, found, why=keeps),
        "keeps": keeps,
        "chooses": can(consents.check_may_choose, visit.person, found.school, on=visit.on),
        "answers": [_answer_shown(each) for each in consents.consents_of(found)] if keeps else [],
        "answer": answer,
        "settle": settle if disputed else None,
        "seen": seen,
        "against": _against(found, disputed),
        **wall,
        **of_links,
    }
    sent = (answer, settle, wall["keep_off"], wall["end"], wall["decide"], of_links.get("link_form"))
    wrong = any(each is not None and each.errors for each in sent)
    response = render(request, "pupils/pupil.html", context, status=422 if wrong else 200)
    response["Cache-Control"] = "no-store"
    return response


def _standings(visit: Visit, found: Pupil, *, why: bool) -> list[dict[str, Any]]:
    """Return for each use on which networks it is allowed; with `why`, the reason of a no."""
    by_channel = consents.standings_by_channel(
        [found], uses=Use.values, channels=consents.channels_here(), on=visit.on,
        own_yes_from=own_yes_from(on=visit.on),
    )[found.pk]  # fmt: skip
    rows = []
    for use in Use:
        yes = [channel for channel, each in by_channel.items() if each[use].may]
        noes = [each[use].why.label for each in by_channel.values() if not each[use].may]
        rows.append(
            {
                "use": use.label,
                "all": len(yes) == len(by_channel),
                "some": [network_name(channel) for channel in yes],
                "why": list(dict.fromkeys(noes)) if why else [],
            }
        )
    return rows


def _answer_shown(row: Consent) -> dict[str, Any]:
    return {"row": row, "says": SAYS[row.answer], "where": network_name(row.channel) if row.channel else ""}  # type: ignore[index]


def _against(found: Pupil, disputed: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """Return the answers to the uses that are to be settled, newest first, each use by itself."""
    answers = consents.consents_of(found) if disputed else []
    return [
        {"use": Use(use).label, "answers": [_answer_shown(each) for each in answers if each.use == use]}
        for use in disputed
    ]


def _scan(found: Pupil, pk: int) -> HttpResponseBase:
    """Return the scanned paper of an answer."""
    row = next((each for each in consents.consents_of(found) if each.pk == pk and each.scan), None)
    if row is None:
        raise NotFound
    return FileResponse(
        files.opened(row.scan), content_type=row.scan_type, as_attachment=True,
        filename=f"consent-{row.pk}.{row.scan_type.rpartition('/')[2]}",
    )  # fmt: skip
