"""Who may be shown: the pupils of a school, a class or a group that was ticked in a list, on one network; and
one pupil: whether they may be shown, named or heard; the answers behind it for those who keep them; the
do-not-publish list: entries, changes that wait for a lead, and what a lead hasn't seen yet.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, AssociatedPage, Fake, SiteText
from schoolgate.core import files, vault
from schoolgate.core.errors import NotFound
from schoolgate.core.leaving import LONGEST as LONGEST_REASON
from schoolgate.core.models import School
from schoolgate.core.rows import words_of
from schoolgate.duties.queries import standing
from schoolgate.inbox import taking_off
from schoolgate.inbox.models import Item
from schoolgate.inbox.seeing import check_finds
from schoolgate.people.rules import can
from schoolgate.policy.choices import (
    choose_leavers,
    choose_own_yes,
    choose_withdrawn_within,
    leavers_looked_for,
    own_yes_from,
    removal_clauses,
    withdrawn_within,
)
from schoolgate.policy.models import GuideVersion, PackText
from schoolgate.policy.queries import policy_or_none
from schoolgate.policy.rules import check_may_own
from schoolgate.publishing import named_in_public as posts_named
from schoolgate.publishing.duty_kinds import NAME_ON_PAGE
from schoolgate.publishing.withdrawn import comments_that_may_name, names_are_off, standing_with
from schoolgate.pupils import answering, consents, keeping_off
from schoolgate.pupils.answering import LONGEST_NAME, LONGEST_WHY
from schoolgate.pupils.consents import LONGEST_NAME as LONGEST_GROUP
from schoolgate.pupils.consents import Standing, channels_here
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
from schoolgate.pupils.retention import PupilsWhoLeft
from schoolgate.records.destroying import in_force
from schoolgate.web.accounts.register_wording import network_name
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm, radios
from schoolgate.web.frame.paging import number_in, numbers_in
from schoolgate.web.frame.parts import PlaceLink, beside_people
from schoolgate.web.frame.shown import ShownClause
from schoolgate.web.frame.uploads import kept_upload, scan_of
from schoolgate.web.frame.wording import clauses_of
from schoolgate.web.pupils.consents import of_class, of_pupil

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


SAVE, DROP = "group", "drop-group"


@dataclass
class GroupsOnPage:
    """The groups of these schools, the one that is shown, and the form below its pupils."""

    every: list[PupilGroup]
    shown: PupilGroup | None
    form: GroupForm
    ticked: set[int]

    @property
    def members(self) -> list[Pupil] | None:
        """Return the pupils of the group that is shown; None where none is."""
        return None if self.shown is None else consents.members_of(self.shown)


def groups_on_page(request: HttpRequest, schools: Sequence[School]) -> GroupsOnPage:
    """Return the groups that the page shows. Raises NotFound for a group of another school."""
    every = consents.groups_at(schools)
    shown = consents.group_at(schools, number_in(request.GET["group"])) if "group" in request.GET else None
    sent = request.POST if request.POST.get("do") == SAVE else None
    form = GroupForm(sent, groups=every, group=shown)
    return GroupsOnPage(every, shown, form, set(numbers_in(request.POST.getlist("pupil"))))


def change_groups(
    request: HttpRequest, visit: Visit, schools: Sequence[School], here: GroupsOnPage
) -> HttpResponseBase | None:
    """Save or delete the group that was asked for; None where nothing was, or something is wrong with it."""
    if request.POST.get("do") == DROP and here.shown is not None:
        consents.drop_group(by=visit.person, at=visit.at, group=here.shown)
        return done(request, _("Group deleted."), "pupils")
    saved = here.form.save(lambda typed: _save(visit, schools, here, typed))
    if saved is None:
        return None
    done(request, _("Group saved."), "pupils")
    return redirect(f"{reverse('pupils')}?group={saved.value.pk}")


def _save(visit: Visit, schools: Sequence[School], here: GroupsOnPage, typed: dict[str, Any]) -> PupilGroup:
    pupils = {each.pk: each for each in consents.pupils_by_id(schools, here.ticked)}
    group, name = here.shown, typed["name"]
    if typed.get("to"):
        group = consents.group_at(schools, number_in(typed["to"]))
        pupils |= {each.pk: each for each in consents.members_of(group)}
        name = group.name
    return consents.save_group(
        by=visit.person, at=visit.at, name=name, pupils=list(pupils.values()), group=group
    )


SIZE = 25
LONGEST_SEARCH = 200
SHOWN = (Use.PICTURE, Use.FILM, Use.NAME)
"""Uses that the list shows; a pupil's page shows all."""
TO_PRINT = (Use.PICTURE, Use.NAME)


@page(place="people", check=consents.check_may_see)
def pupils(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List who may be shown on a network, by class or group; with `show=list` one class or group as a list to
    print, with yes or no for all networks. Names that are searched for come by POST, so that they reach no
    address and no log."""
    sent = request.POST if request.POST.get("do") == "age" else None
    age = OwnYesForm(sent)
    if age.save(lambda typed: choose_own_yes(by=visit.person, at=visit.at, age=typed["age"])):
        return done(request, _("Age saved as your federation’s own choice."), "pupils")
    hours = HoursForm(request.POST if request.POST.get("do") == "hours" else None)
    if hours.save(lambda typed: choose_withdrawn_within(by=visit.person, at=visit.at, **typed)):
        return done(request, _("Time saved as your federation’s own choice."), "pupils")
    leavers = LeaversForm(request.POST if request.POST.get("do") == "leavers" else None)
    if leavers.save(lambda typed: choose_leavers(by=visit.person, at=visit.at, **typed)):
        return done(request, _("Years saved as your federation’s own choice."), "pupils")
    schools = consents.schools_seen(visit.person, on=visit.on)
    channels = consents.channels_here()
    channel, form = request.GET.get("on", channels[0]), request.GET.get("class", "")
    forms = consents.forms_at(schools)
    if channel not in channels or (form and form not in forms):
        raise NotFound
    keeps = can(consents.check_may_keep, visit.person, on=visit.on)
    of_links = of_class(request, visit, schools, form) if keeps else {}
    if not isinstance(of_links, dict):
        return of_links
    groups = groups_on_page(request, schools)
    if changed := change_groups(request, visit, schools, groups):
        return changed
    words = words_of(request.POST.get("words", "")[:LONGEST_SEARCH])
    to_print = request.GET.get("show") == "list"
    found, more = _found(request, visit, schools, groups, form=form, words=words, to_print=to_print)
    from_age = own_yes_from(on=visit.on)
    may = consents.standings_by_channel(
        found, uses=SHOWN, channels=channels, on=visit.on, own_yes_from=from_age
    )
    disputed, more_disputed = _disputed(request, visit, schools) if keeps and not to_print else ([], False)
    here: dict[str, str] = {"on": channel, **({"class": form} if form else {})}
    if groups.shown is not None:
        here["group"] = str(groups.shown.pk)
    may_choose = can(check_may_own, visit.person, on=visit.on)
    context = {
        "rows": [
            {
                "pupil": each,
                "may": [use.label for use in SHOWN if may[each.pk][channel][use].may],
                "everywhere": [_everywhere(may[each.pk], use) for use in TO_PRINT],
                "ticked": each.pk in groups.ticked if groups.form.errors else groups.shown is not None,
            }
            for each in found
        ],
        "to_print": to_print,
        "groups": groups,
        "channels": [(key, network_name(key)) for key in channels],
        "channel": channel,
        "network": network_name(channel),
        "forms": forms,
        "form": form,
        "several": len(schools) > 1,
        "typed": request.POST.get("words", "")[:LONGEST_SEARCH],
        "here": urlencode(here),
        "following": urlencode({**here, "after": str(found[-1].pk)}) if more else "",
        "keeps": keeps,
        "disputed": disputed,
        "more_disputed": disputed[-1].pk if more_disputed else 0,
        **of_links,
        "may_choose": may_choose,
        "looked_for": leavers_looked_for(on=visit.on) if may_choose else None,
        "kept_months": in_force(PupilsWhoLeft()).months if may_choose else None,
        "leavers_form": leavers,
        "age": from_age,
        "age_form": age,
        "within": withdrawn_within(on=visit.on),
        "within_of_policy": _removal_of_policy(visit, schools) if may_choose else [],
        "hours_form": hours,
        "on": visit.on,
    }
    forms_sent = (age, hours, leavers, groups.form, of_links.get("words_form"))
    wrong = any(each is not None and each.errors for each in forms_sent)
    response = render(request, "pupils/pupils.html", context, status=422 if wrong else 200)
    response["Cache-Control"] = "no-store"
    return response


def _removal_of_policy(visit: Visit, schools: Sequence[School]) -> list[ShownClause]:
    """Return the clauses of the policy in force that give a time for pictures whose consent is withdrawn."""
    policy = policy_or_none(visit.on)
    if policy is None:
        return []
    asked: Sequence[School | None] = schools or [None]
    found = [clause for school in asked for clause in removal_clauses(policy.book, school, at=visit.at)]
    return clauses_of(policy, dict.fromkeys(found))


def _found(
    request: HttpRequest, visit: Visit, schools: Sequence[School], groups: GroupsOnPage, *,
    form: str, words: Sequence[str], to_print: bool,
) -> tuple[list[Pupil], bool]:  # fmt: skip
    """Return the pupils on the page, and whether more follow."""
    if (members := groups.members) is not None:
        return members, False
    if to_print:
        return consents.pupils_of_class(schools, form) if form else [], False
    after = _after(request, visit)
    return consents.pupils_page(schools, form=form, words=words, after=after, limit=SIZE, left=bool(words))


def _everywhere(may: Mapping[str, Mapping[str, Standing]], use: Use) -> dict[str, Any]:
    """Return whether a use is allowed on all networks, and on which where not on all."""
    yes = [channel for channel, each in may.items() if each[use].may]
    return {
        "label": use.label,
        "all": len(yes) == len(may),
        "some": [network_name(channel) for channel in yes],
    }


def _disputed(request: HttpRequest, visit: Visit, schools: Sequence[School]) -> tuple[list[Pupil], bool]:
    """Return the pupils to settle on the page, and whether more follow."""
    after = _after(request, visit, key="settle-after")
    return consents.disputed_at(schools, on=visit.on, after=after, limit=SIZE)


def _after(request: HttpRequest, visit: Visit, *, key: str = "after") -> Pupil | None:
    """The key of a list from the last pupil's number: an address carries no name."""
    if key not in request.GET:
        return None
    return consents.pupil_for(visit.person, number_in(request.GET[key]), on=visit.on)


@beside_people
def lead(visit: Visit) -> PlaceLink | None:
    """Return a link for people who may see pupils."""
    link: Any = PlaceLink("pupils", _("Pupils and consents"))
    return link if can(consents.check_may_see, visit.person, on=visit.on) else None


urlpatterns = [
    path("pupils", pupils, name="pupils"),
    path("pupils/<int:pk>", pupil, name="pupil"),
]
