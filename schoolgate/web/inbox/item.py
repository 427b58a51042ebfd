"""One item of the inbox: its text, what it was found to be, when a reply is due and why, and the steps that
are most likely for it and with its author.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.care import note_reading
from schoolgate.accounts.connecting import abilities_of
from schoolgate.accounts.contributors import is_friend
from schoolgate.core import files
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.duties.queries import about
from schoolgate.inbox import desk, first_read, judged, judging, locking, replying, seeing, sight, telling
from schoolgate.inbox.duty_kinds import TAKE_DOWN
from schoolgate.inbox.judged import ALSO, asked_also
from schoolgate.inbox.judging import NOTHING, may_read_report, standing_word, wanted_with_author
from schoolgate.inbox.listing import item_for
from schoolgate.inbox.models import (
    FAULTS,
    SAYABLE,
    Item,
    ItemState,
    Judgement,
    Relation,
    Sight,
    WriterStep,
    WriterStepKind,
)
from schoolgate.inbox.reaching import why_unseen_below
from schoolgate.inbox.removals import friend_of, house_rules
from schoolgate.networks.capabilities import Way, all_capabilities
from schoolgate.networks.handshake import LIVE
from schoolgate.people.queries import book_of
from schoolgate.people.rules import can
from schoolgate.policy.queries import SEES_DECISIONS, book_in_scope
from schoolgate.policy.queries import kept as kept_by_id
from schoolgate.publishing.queries import STANDS
from schoolgate.publishing.rules import check_may_take_down, stopped
from schoolgate.triage import Lane
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm, at
from schoolgate.web.frame.pictures import picture_answer
from schoolgate.web.frame.shown import ShownClause, due_in_short
from schoolgate.web.frame.twice import undo_by
from schoolgate.web.frame.wording import clause_shown, federation_of, quote_from
from schoolgate.web.inbox.desk import desk_shown
from schoolgate.web.inbox.forms import (
    YES_NO,
    AnswerForm,
    CloseForm,
    FinishForm,
    KeepBackForm,
    KindForm,
    NoDangerForm,
    UnlockForm,
)
from schoolgate.web.inbox.press import item_shown, words_for
from schoolgate.web.inbox.removals import removal_shown
from schoolgate.web.inbox.sight_wording import (
    AuthorForm,
    author_shown,
    before_showing,
    moderation_shown,
    owed_shown,
)
from schoolgate.web.inbox.triage import triage_shown
from schoolgate.web.inbox.wording import (
    STATE_KINDS,
    answer_shown,
    due_shown,
    duty_shown,
    for_reader,
    of_another_type,
    reason_shown,
    sight_in_words,
    text_shown,
    writer,
)
from schoolgate.web.inbox.writing import reply_begun, writing

SAYS = [("", _("Not known")), *YES_NO]


class JudgeForm(SchoolForm):
    """What is wrong with a comment, who wrote it, and whether someone reported it to us."""

    prefix = "judge"
    policy_help = {
        "because": (
            at("item.received", "removal_due", "report_due", "personal_details"),
            at("item.look", "taken_down_in_time", "stepped_in", "acted_on"),
        ),
        "named": (at("item.look", "writer_unnamed"),),
        "rude": (at("item.look", "rudeness"),),
        "abusive": (at("item.look", "abusive_conversation"),),
        "friend": (at("item.look", "taken_down_in_time"), at("comment.admit", "friends_let_through")),
        "relation": (
            at("parent.approach", "asked_to_take_down", "invited_to_talk"),
            at("incident.conclude", "behaviour_policy"),
        ),
    }

    because = forms.ChoiceField(
        label=_("What’s wrong with it?"),
        choices=[*((str(each), each.label) for each in FAULTS), (NOTHING, _("Nothing"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong with it, or that nothing is.")},
    )
    relation = forms.ChoiceField(
        label=_("Who wrote it?"),
        choices=[("", _("Not known")), *Relation.choices],
        required=False,
        widget=forms.Select,
    )
    house_rule = forms.CharField(label=_("House rule"), required=False, max_length=40)
    reported = forms.BooleanField(label=_("Someone reported it to us"), required=False)
    named = forms.ChoiceField(label=_("Does the author give a real name?"), choices=SAYS, required=False)
    rude = forms.ChoiceField(label=_("Is it rude?"), choices=SAYS, required=False)
    abusive = forms.ChoiceField(label=_("Has the conversation become abusive?"), choices=SAYS, required=False)
    friend = forms.ChoiceField(label=_("Is it from a friend of the site?"), choices=SAYS, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        asked = asked_also()
        for name in ALSO:
            if name not in asked:
                del self.fields[name]

    @property
    def also(self) -> list[forms.BoundField]:
        """Return the questions that this policy asks besides."""
        return [self[name] for name in ALSO if name in self.fields]

    def judgement(self) -> dict[str, Any]:
        """Return what was said, as the action takes it."""
        typed = self.cleaned_data
        also = {name: typed[name] for name in ALSO if name in typed}
        return {**{name: value for name, value in typed.items() if name not in ALSO}, "also": also}


class WriterStepForm(SchoolForm):
    """A step with the author at the school: its day, and the answer."""

    on = DayField(label=_("On which day?"))
    words = forms.CharField(max_length=300, required=False)

    def __init__(self, what: WriterStepKind, data: Any = None, **given: Any) -> None:
        self.prefix = f"step-{what}"
        super().__init__(data, **given)
        self.what = what
        self.fields["words"].label = WORDS[what]


WORDS = {
    WriterStepKind.ASKED: _("What did they say?"),
    WriterStepKind.INVITED: _("What did they say?"),
    WriterStepKind.REFERRED: _("Which version of the procedure?"),
    WriterStepKind.BEHAVIOUR: _("Who was it passed to? Give their role, not a pupil’s name."),
}


WITH_PARENT = (WriterStepKind.ASKED, WriterStepKind.INVITED, WriterStepKind.REFERRED)


@dataclass(frozen=True)
class ShownStep:
    """A kind of step: what was done and when, whether the policy still wants it, by which clauses."""

    kind: WriterStepKind
    taken: Sequence[WriterStep]
    wanted: bool
    clauses: Sequence[ShownClause]
    form: WriterStepForm


def judged_shown(found: Item, visit: Visit, extra: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page shows of the judgement on this comment, and the form for one."""
    last, report = judged.judgement_of(found), judged.last_report(found)
    sorts = can(seeing.check_may_sort, visit.person, found, on=visit.on)
    names = book_of(visit.federation).role_names
    said = {True: "yes", False: "no"}
    start = {
        "relation": judged.relation_of(found),
        "because": last.reason if last else "",
        **{name: said.get(getattr(last, name, None), "") for name in judged.ALSO},  # type: ignore[arg-type]
        "friend": _friend(found),
    }
    return {
        "judgement": last,
        "relation": Relation(last.relation).label if last and last.relation else "",
        "take_down": _due(found, visit),
        "may_judge": sorts and found.gone_at is None,
        "judge_form": extra.get("judge_form") or JudgeForm(initial=start),
        "report_of_abuse": report,
        "reported_to": ", ".join(names.get(key, key) for key in report.roles) if report else "",
        "may_read_report": report is not None
        and report.read_at is None
        and may_read_report(visit.person, report, on=visit.on),
        "writer_steps": _steps(found, last, visit, extra.get("step_form")) if last else [],
        "may_step": sorts,
    }


def _friend(found: Item) -> str:
    """Return what is known of the author as a friend of the site: as a person said, else yes where that name
    was added as one. Not looked for where the policy gives no reason to ask."""
    if "friend" not in judged.asked_also():
        return ""
    if (said := friend_of(found)) is not None:
        return "yes" if said else "no"
    return "yes" if is_friend(found.account, found.author_name) else ""


def _due(found: Item, visit: Visit) -> Any:
    """Return when the policy wants it dealt with; None where no such task is open."""
    duty = next((one for one in about(found) if one.kind == TAKE_DOWN and one.still_to_do), None)
    return duty and due_in_short(instant=duty.due_at, day=duty.due_day, at=visit.at)


def _steps(found: Item, last: Judgement, visit: Visit, sent: WriterStepForm | None) -> list[ShownStep]:
    """Return the steps that this policy has for this author; none where it has none."""
    wanted = dict(wanted_with_author(found, last, at=visit.at))
    taken = list(found.writer_steps.select_related("by").order_by("id"))
    kinds = [kind for kind in WriterStepKind if kind in wanted or any(row.what == kind for row in taken)]
    asks_parents = last.relation == Relation.PARENT and last.reason in judged.IMPROPER
    if asks_parents and book_in_scope().bound("parent.approach"):
        kinds = list(dict.fromkeys([*WITH_PARENT, *kinds]))
    book = book_of(visit.federation)
    federation, quote = federation_of(book.key), quote_from(book)
    return [
        ShownStep(
            kind,
            [row for row in taken if row.what == kind],
            kind in wanted,
            [
                clause_shown(one, basis="policy", federation=federation, quote=quote)
                for one in wanted.get(kind, ())
            ],
            sent
            if sent is not None and sent.what == kind
            else WriterStepForm(kind, initial={"on": local_day(visit.at)}),
        )
        for kind in kinds
    ]


MOST = 3
"""Steps that the page offers before *More*."""


class Step(StrEnum):
    """A step, by the template that shows it."""

    ANSWER = "answer"
    SIGHT = "sight"
    CLOSE = "close"
    ONWARDS = "pass_on"

    @property
    def template(self) -> str:
        """Return the template with its form."""
        return f"inbox/_step_{self}.html"


USUAL = (Step.ANSWER, Step.CLOSE, Step.ONWARDS)
UNKNOWN = (Step.ANSWER, Step.SIGHT, Step.ONWARDS)
IMPROPER = (Step.SIGHT, Step.ANSWER, Step.ONWARDS)
HARMFUL = (Step.ONWARDS, Step.SIGHT, Step.ANSWER)
BY_LANE: Mapping[str, tuple[Step, ...]] = {
    Lane.DANGER: HARMFUL,
    Lane.THREAT: HARMFUL,
    Lane.ABUSE: IMPROPER,
    Lane.NAMES_PUPIL: IMPROPER,
    Lane.PERSONAL_DATA: IMPROPER,
    Lane.SPAM: (Step.SIGHT, Step.CLOSE, Step.ONWARDS),
    Lane.QUESTION: USUAL,
    Lane.COMPLAINT: USUAL,
    Lane.JOURNALIST: (Step.ONWARDS, Step.ANSWER, Step.CLOSE),
    Lane.PRAISE: USUAL,
}
"""What is likely while a comment is open. What no list knows may be anything."""
SELDOM_SHOWN = frozenset(
    lane for lane, steps in BY_LANE.items() if steps is HARMFUL or steps[0] is Step.SIGHT
)
"""Of these, a comment that waits is shown in the end, if at all: the button stands below the other steps."""


def steps_shown(found: Item, shown: Mapping[str, Any]) -> dict[str, Any]:
    """Return the likely steps and the others, from what the page knows; and whether *More* stays open,
    because a form in it has to be mended. A step whose form was sent or begun comes first."""
    possible = set(_possible(found, shown))
    begun = [step for step in _begun(shown) if step in possible]
    likely = list(dict.fromkeys([*begun, *(step for step in _likely(found, shown) if step in possible)]))
    likely = likely[:MOST]
    seldom = _is_seldom_shown(found, shown)
    takes_in_bar = bool(possible) and not shown["danger"] and found.locked_at is None
    return {
        "possible": possible,
        "has_bar": takes_in_bar or bool(shown["danger"]),
        "can_hide": any(how == Sight.HIDDEN for how, _way in shown["keep_back"]),
        "takes_here": not takes_in_bar and found.assigned_to_id != shown["visit"].person.pk,
        "likely": likely,
        "show_last": seldom,
        "send_button": "secondary" if shown["shows_first"] and not seldom else "",
        "rarer": [step for step in Step if step in possible and step not in likely],
        "opens_write": Step.ANSWER in begun
        or (likely[:1] == [Step.ANSWER] and shown["answers_first"] and not _stopped(shown)),
        "more_open": any(
            form is not None and form.errors
            for form in (shown.get("judge_form"), shown.get("author_form"), shown.get("appeal_form"))
        ),
    }


def _is_seldom_shown(found: Item, shown: Mapping[str, Any]) -> bool:
    """Return whether the safer act stands first: something speaks against letting people read it, such as
    that a safeguarding lead had to read it, or that it says no to a picture."""
    judged = shown.get("judgement")
    return bool(
        found.kept_back
        or (judged and judged.reason)
        or found.lane in SELDOM_SHOWN
        or found.waits_for_lead_since
        or found.lead_read_at
        or shown["no_picture"]
    )


def _possible(found: Item, shown: Mapping[str, Any]) -> Iterator[Step]:
    if (found.locked_at is None or found.locked_until_read) and not shown["may_settle"]:
        yield Step.ONWARDS
    if shown["may_assign"] or shown["may_sort"]:
        yield Step.ONWARDS
    if shown["may_answer"]:
        yield Step.ANSWER
    if shown["keep_back"]:
        yield Step.SIGHT
    if shown["may_close"]:
        yield Step.CLOSE


def _begun(shown: Mapping[str, Any]) -> Iterator[Step]:
    if shown["begun"] or getattr(shown["form"], "is_bound", False):
        yield Step.ANSWER
    if shown["keep_form"].errors:
        yield Step.SIGHT
    if shown["close_form"].errors:
        yield Step.CLOSE


def _likely(found: Item, shown: Mapping[str, Any]) -> tuple[Step, ...]:
    if found.state != ItemState.OPEN:
        return (Step.ONWARDS,)
    if shown["may_settle"]:
        return (Step.SIGHT, Step.ONWARDS)
    if _stopped(shown):
        return (Step.ONWARDS, Step.SIGHT)
    if found.kept_back:
        return (Step.CLOSE, Step.ANSWER, Step.ONWARDS)
    if _is_seldom_shown(found, shown) and BY_LANE.get(found.lane, UNKNOWN) in (USUAL, UNKNOWN):
        return IMPROPER
    if shown["waits_to_be_read"] and shown["may_let_through"]:
        return UNKNOWN if BY_LANE.get(found.lane) == USUAL else BY_LANE.get(found.lane, UNKNOWN)
    return BY_LANE.get(found.lane, UNKNOWN)


def _stopped(shown: Mapping[str, Any]) -> bool:
    return bool(shown["press"] and shown["press"]["stops"])


ANSWERABLE = frozenset({ItemState.OPEN, ItemState.ANSWERED})
SORTABLE = frozenset({ItemState.OPEN, ItemState.ANSWERING})


@page(place="inbox")
def item(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """The page of one item. Reading it is going through what others wrote on the account."""
    found = item_for(visit.person, pk, on=visit.on)
    if request.method == "GET":
        note_reading(account=found.account, by=visit.person, at=visit.at)
        if desk.is_hard(found):
            desk.note_opened(by=visit.person, at=visit.at, item=found)
        first_read.note(by=visit.person, at=visit.at, item=found)
    begun = words_for(found, request.GET.get("statement", ""))
    return show(request, visit, found, begun=begun or reply_begun(found, visit, request.GET.get("text", "")))


def show(
    request: HttpRequest,
    visit: Visit,
    found: Item,
    *,
    form: AnswerForm | None = None,
    trouble: Any = None,
    refused: Any = None,
    close_form: CloseForm | None = None,
    keep_form: KeepBackForm | None = None,
    unlock_form: UnlockForm | None = None,
    no_danger_form: NoDangerForm | None = None,
    finish_form: FinishForm | None = None,
    author_form: AuthorForm | None = None,
    extra: Mapping[str, Any] | None = None,
    begun: str = "",
    status: int = 200,
) -> HttpResponseBase:
    """Show the page of one item, with what was being typed and the errors. `extra`: forms of a removal
    or a judgement. `begun`: the words with which a reply begins."""
    context = {
        **_content(found, visit),
        **_acts(found, visit),
        **author_shown(found, visit, author_form),
        **removal_shown(found, visit, extra or {}),
        **desk_shown(found, visit),
        **judged_shown(found, visit, extra or {}),
        "form": form,
        "trouble": trouble,
        "refused": refused,
        "close_form": close_form or CloseForm(),
        "keep_form": keep_form or KeepBackForm(),
        "unlock_form": unlock_form or UnlockForm(auto_id="unlock_%s"),
        "no_danger_form": no_danger_form or NoDangerForm(auto_id="no_danger_%s"),
        "finish_form": finish_form or FinishForm(),
        "kind_form": KindForm(initial={"kind": found.kind}),
        "press": item_shown(found, visit),
        "begun": begun,
    }
    context["shows_first"] = bool(
        context["may_let_through"]
        and not context["stopped"]
        and (not context.get("appeal_waits") or context["may_not_hear"])
    )
    if context["may_answer"]:
        context |= writing(found, visit, form, begun=begun)
    context |= steps_shown(found, context)
    return render(request, "inbox/item.html", context, status=status)


def _content(found: Item, visit: Visit) -> dict[str, Any]:
    kept = kept_by_id(found.decision) if found.decision else None
    book = book_of(visit.federation)
    versions = list(found.versions.all())
    standing = [duty for duty in about(found) if duty.still_to_do]
    going = _is_being_shown(found)
    targets = list(found.post.targets.all()) if found.post else []
    newest = versions[-1].text if versions else ""
    held_at = visit.at if stopped(found.school_id, at=visit.at) else None
    return {
        "visit": visit,
        "item": found,
        "network": all_capabilities()[found.account.network].name,
        "ours": all_capabilities()[found.account.network].ours,
        "writer": writer(found),
        "now": text_shown(newest),
        "now_masked": text_shown(for_reader(found, newest, shows_words=False)),
        "before": [
            (one, text_shown(one.text), text_shown(for_reader(found, one.text, shows_words=False)))
            for one in versions[-2::-1]
        ],
        **triage_shown(found, visit, newest, standing),
        "seen": versions[-1].seen_at if versions else found.first_seen_at,
        "post_text": text_shown(targets[0].text) if targets else None,
        "state_kind": STATE_KINDS[found.state],
        "sight": (_("Shown soon"), "info") if going and held_at is None else sight_in_words(found),
        "due": due_shown(found, kept, at=visit.at, short=True),
        "due_by": due_shown(found, kept, at=visit.at),
        "other_type": of_another_type(found, on=visit.on),
        "reason": reason_shown(kept, at=visit.at) if kept else None,
        "kept": kept,
        "sees_decision": bool(visit.capacities & SEES_DECISIONS),
        "duties": [duty_shown(duty, book) for duty in standing],
        "answers": [answer_shown(answer, held_at=held_at) for answer in found.answers.all()],
        "address": found.where.address,
        "photos": list(found.photos.order_by("id")),
        "removal_said": standing_word(found),
        "under_way": moderation_shown(found, held_at=held_at),
    }


def _is_being_shown(found: Item) -> bool:
    """Return whether a person asked the program to show it: pressing again changes nothing."""
    rows = seeing.moderations_of(found)
    return any(row.state in LIVE and row.how == Sight.SHOWN and not row.by_hand for row in rows)


def _acts(found: Item, visit: Visit) -> dict[str, Any]:
    """Return what this person can do here now. The actions check again."""
    on, who = visit.on, visit.person
    able = abilities_of(found.account)
    answers = can(seeing.check_may_answer, who, found, on=on)
    moderates = can(seeing.check_may_moderate, who, found, on=on)
    hides = can(seeing.check_may_hide, who, found, on=on)
    waits = found.waits_for_lead_since is not None
    ways = sight.ways(found) if moderates else {}
    if _is_being_shown(found):
        ways.pop(Sight.SHOWN, None)
    if waits:
        ways = {how: way for how, way in ways.items() if how == Sight.HIDDEN or not sight.can_hide(found)}
        ways.pop(Sight.SHOWN, None)
    return {
        "waits_for_lead": waits and not found.locked_at,
        "reply_way": sight.way_to_reply(found).value,
        "may_answer": answers and not waits and found.state in ANSWERABLE and able.way("reply") is not Way.NO,
        "nobody_can_reply": able.way("reply") is Way.NO,
        "may_close": answers and not waits and found.state == ItemState.OPEN,
        "may_sort": found.state in SORTABLE and can(seeing.check_may_sort, who, found, on=on),
        "sayable": found.kind in SAYABLE,
        "may_let_through": Sight.SHOWN in ways,
        "before_showing": before_showing(found, book_of(visit.federation)) if Sight.SHOWN in ways else None,
        "answers_first": found.state == ItemState.OPEN and (found.released or Sight.SHOWN not in ways),
        "house_rules": house_rules(found.account) if set(ways) - {Sight.SHOWN} else [],
        "keep_back": [(how, way.value) for how, way in ways.items() if how != Sight.SHOWN],
        "moderates": moderates,
        "left_to_network": sight.left_to_network(found) and found.gone_at is None,
        "hides": hides,
        "stopped": stopped(found.school_id, at=visit.at),
        "may_take_down": found.post is not None
        and found.post.state in STANDS
        and can(check_may_take_down, who, found.post, on=on),
        "owed": owed_shown(found, visit) if hides else None,
        "waits_to_be_read": not found.released and not found.kept_back,
        "unseen": why_unseen_below(found),
    }


@page(place="inbox", methods=("POST",))
def gone(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """A second person looked whether what was removed by hand is really gone."""
    found = item_for(visit.person, pk, on=visit.on)
    is_gone = request.POST.get("gone")
    if is_gone not in ("yes", "no"):
        return show(request, visit, found, status=422)
    judging.look_after_removal(by=visit.person, at=visit.at, item=found, gone=is_gone == "yes")
    if is_gone == "yes":
        return done(request, _("Thank you for checking. It’s gone."), "item", pk)
    return done(request, _("Saved: it’s still there. We’ll ask for it to be removed again."), "item", pk)


@page(place="inbox", methods=("GET", "HEAD"))
def photo(request: HttpRequest, visit: Visit, pk: int, photo_pk: int) -> HttpResponseBase:
    """Return a photo of the item, for people who may read it."""
    found = item_for(visit.person, pk, on=visit.on)
    kept = found.photos.filter(pk=photo_pk).first()
    if kept is None:
        raise NotFound
    return picture_answer(files.opened(kept.digest), kept.media_type, f"comment-{found.pk}")


@page(place="inbox", methods=("POST",))
def kind(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say what it is."""
    found = item_for(visit.person, pk, on=visit.on)
    was, before = found.kind, (found.due_words, found.due_at, found.due_day)
    judged.set_kind(by=visit.person, at=visit.at, item=found, kind=request.POST.get("kind", ""))
    way_back = undo_by("item-kind", pk, kind=was) if was in SAYABLE and was != found.kind else None
    words = _("Saved. The policy now sets a different deadline for replying.")
    if before == (found.due_words, found.due_at, found.due_day):
        words = _("Saved. The policy’s deadline for replying hasn’t changed.")
    return done(request, words, "item", pk, undo=way_back)


@page(place="inbox", methods=("POST",))
def close(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Close it without an answer."""
    found = item_for(visit.person, pk, on=visit.on)
    form = CloseForm(request.POST)
    if form.save(lambda typed: replying.close_item(by=visit.person, at=visit.at, item=found, **typed)):
        told = _("Closed. It will reopen if its author edits it.")
        return done(request, told, "item", pk, undo=undo_by("item-open-again", pk))
    return show(request, visit, found, close_form=form, status=422)


@page(place="inbox", methods=("POST",))
def unlock(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """A safeguarding lead gives it back, and says why."""
    found, form = item_for(visit.person, pk, on=visit.on), UnlockForm(request.POST, auto_id="unlock_%s")
    if form.save(lambda typed: locking.unlock_item(by=visit.person, at=visit.at, item=found, **typed)):
        return done(request, _("Unlocked. The people who reply and moderate can find it again."), "inbox")
    return show(request, visit, found, unlock_form=form, status=422)


@page(place="inbox", methods=("POST",))
def no_danger(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """A person read it: no one is in danger, and why."""
    found, form = item_for(visit.person, pk, on=visit.on), NoDangerForm(request.POST, auto_id="no_danger_%s")
    if form.save(lambda typed: telling.settle_danger(by=visit.person, at=visit.at, item=found, **typed)):
        said = _("Saved: no one is in danger. Its usual deadline now applies.")
        if found.waits_for_lead_since is not None:
            said = _(
                "Saved: you think no one is in danger. Only your own task ends: a safeguarding lead, or "
                "their stand-in, still reads it first. If neither does in time, the next people are "
                "asked."
            )
        return done(request, said, "item", pk, undo=undo_by("item-danger-again", pk))
    return show(request, visit, found, no_danger_form=form, status=422)


@page(place="inbox", methods=("POST",))
def danger_again(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take that back."""
    found = item_for(visit.person, pk, on=visit.on)
    telling.danger_again(by=visit.person, at=visit.at, item=found)
    return done(request, _("Undone. Someone may be in danger: it’s first in the list again."), "item", pk)


urlpatterns = [
    path("inbox/<int:pk>", item, name="item"),
    path("inbox/<int:pk>/no-danger", no_danger, name="item-no-danger"),
    path("inbox/<int:pk>/danger-again", danger_again, name="item-danger-again"),
    path("inbox/<int:pk>/gone", gone, name="item-gone"),
    path("inbox/<int:pk>/photographs/<int:photo_pk>", photo, name="item-photo"),
    path("inbox/<int:pk>/kind", kind, name="item-kind"),
    path("inbox/<int:pk>/close", close, name="item-close"),
    path("inbox/<int:pk>/unlock", unlock, name="item-unlock"),
]
