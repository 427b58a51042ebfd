"""Acts of moderators on one comment or several: judge, show, hide, remove, and what concerns its author."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import structlog
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import now
from schoolgate.core.errors import BadInput, NotFound, NotNow, Refused, SchoolgateError
from schoolgate.core.tenancy import scope
from schoolgate.inbox import (
    blocking,
    desk,
    judging,
    listing,
    moderating,
    removal_notices,
    removals,
    replying,
    seeing,
    sight,
)
from schoolgate.inbox.listing import item_for
from schoolgate.inbox.models import (
    Appeal,
    AppealState,
    AuthorStep,
    AuthorStepKind,
    CloseReason,
    Item,
    ItemState,
    Moderation,
    Sight,
    WhyKeptBack,
    WriterStepKind,
)
from schoolgate.inbox.moderating import unfinished_removal
from schoolgate.inbox.replying import asked_of, open_closed_item, still_asked_of_removal
from schoolgate.networks.handshake import Intent
from schoolgate.policy.models import DecisionRecord
from schoolgate.web.frame.doors import Visit, act_in, done, page
from schoolgate.web.frame.paging import number_in, number_in_address, numbers_in
from schoolgate.web.frame.steps import Refusal, refused_of, told_of_several
from schoolgate.web.frame.twice import undo_by
from schoolgate.web.frame.wording import kept_verdict
from schoolgate.web.inbox.forms import FinishForm, KeepBackForm
from schoolgate.web.inbox.item import JudgeForm, WriterStepForm, show
from schoolgate.web.inbox.removals import (
    AppealForm,
    DecisionForm,
    NoticeForm,
    WordingForm,
    asks_parts,
    notice_form,
    notice_text,
)
from schoolgate.web.inbox.sight_wording import AuthorForm, days_from
from schoolgate.web.inbox.wording import snippet

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class SightAsked:
    """The result of asking: the intent, or why there is none."""

    moderation: Moderation | None = None
    form: KeepBackForm | None = None
    error: SchoolgateError | None = None


def ask_sight(request: HttpRequest) -> SightAsked:
    """Before the page's scope opens: write the intent and commit it, then have the network act on it."""
    pk = number_in_address(request)
    return ask_for(request.visit, pk, request.POST.get("how", ""), request.POST)  # type: ignore[attr-defined]


def ask_for(visit: Visit, pk: int, how: str, given: Mapping[str, str]) -> SightAsked:
    """Ask for one comment. What the rules or the policy refuse is in the result."""
    form = KeepBackForm(given)
    try:
        with scope(visit.federation.pk, visit.person.pk):
            written = _write(visit, item_for(visit.person, pk, on=visit.on), form, how, given)
    except BadInput as error:
        form.is_valid()
        form.refuse(BadInput({key: words for key, words in error.fields.items() if key not in form.errors}))
        return SightAsked(form=form, error=error)
    except SchoolgateError as error:
        return SightAsked(error=error)
    if written is None:
        return SightAsked(form=form)
    if not written.by_hand:
        try:
            moderating.advance(visit.federation.pk, written.pk, clock=now)
        except Exception:  # it is written down: the sweep takes it up
            log.exception("moderating failed", federation=visit.federation.pk, moderation=written.pk)
    return SightAsked(moderation=written)


def _write(
    visit: Visit, found: Item, form: KeepBackForm, how: str, given: Mapping[str, str]
) -> Moderation | None:
    """The intent; None where the policy still has to be told something."""
    because = given.get("because", "")
    if how != Sight.SHOWN and form.is_valid():
        sight.check(visit.person, found, how, on=visit.on, because=because)
        asked = still_asked_of_removal(
            found, by=visit.person, at=visit.at, how=how, reason=because, said=form.said()
        )
        if asked:
            form.ask_for(asked)
            return None
    return moderating.moderate(
        by=visit.person,
        at=visit.at,
        item=found,
        how=how,
        because=because,
        version=given.get("version", ""),
        said=form.said(),
        house_rule=given.get("house_rule", ""),
    )


@page(place="inbox", prepare=ask_sight, methods=("POST",))
def change_sight(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show the result: done, on its way, refused by the policy, or incomplete."""
    found = item_for(visit.person, pk, on=visit.on)
    asked: SightAsked = visit.prepared
    if asked.form is not None:
        return show(request, visit, found, keep_form=asked.form, status=422)
    if isinstance(asked.error, Refused):
        kept = asked.error.kept
        refused = kept_verdict(kept, at=visit.at) if isinstance(kept, DecisionRecord) else None
        return show(request, visit, found, refused=refused, status=409)
    if asked.error is not None:
        raise asked.error
    row = seeing.moderation(asked.moderation.pk if asked.moderation else 0)
    if row.state != Intent.CONFIRMED:
        told = _("Do it on the network now, then confirm here.") if row.by_hand else _SAID[row.how]
        return done(request, told, "item", pk)
    if row.how == Sight.SHOWN:
        return done(request, _("Everyone can read it now."), "item", pk)
    can_show = Sight.SHOWN in sight.ways(found)
    way_back = undo_by("item-sight", pk, how=Sight.SHOWN, version=found.version) if can_show else None
    told = _("No one else can read it now. Your reason has been recorded.")
    if found.state == ItemState.CLOSED and row.reason == WhyKeptBack.SPAM:
        told = _("Hidden and closed as spam. No one else can read it now.")
    return done(request, told, "item", pk, undo=way_back)


_SAID: Mapping[str, Promise] = {
    Sight.SHOWN: _("Asking the network to show it. This page will say when it’s done."),
    Sight.HIDDEN: _("Asking the network to hide it. This page will say when it’s done."),
    Sight.REMOVED: _("Asking the network to delete it. This page will say when it’s done."),
}


@page(place="inbox", methods=("POST",))
def by_hand(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record that it was done by hand on the network's own pages."""
    found = item_for(visit.person, pk, on=visit.on)
    standing = seeing.live_moderation(found)
    if standing is None:
        return done(request, _("This has already been done."), "item", pk)
    moderating.moderation_done_by_hand(by=visit.person, at=visit.at, moderation=standing)
    return done(request, _("Saved. A colleague will be asked to check that it’s gone."), "item", pk)


@page(place="inbox", methods=("POST",))
def finish(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Readers were told why it went."""
    found = item_for(visit.person, pk, on=visit.on)
    if unfinished_removal(found) is None:
        blocking.tell_readers(by=visit.person, at=visit.at, item=found)
        return done(request, _("Saved. The policy asks for nothing more."), "item", pk)
    form = FinishForm(request.POST)
    if not asks_parts(visit):
        del form.fields["says"]
    if form.save(lambda typed: moderating.finish_removal(by=visit.person, at=visit.at, item=found, **typed)):
        return done(request, _("Saved. The policy asks for nothing more."), "item", pk)
    return show(request, visit, found, finish_form=form, status=422)


# One act on several comments: show, hide or close them. Each is decided by itself.

MOST_AT_ONCE = 50
REST = _("Only the first 50 were dealt with. Choose the others again.")
CLOSE, TAKE = "close", "take"
Group = tuple[str | Promise, Sequence[tuple[str, str | Promise]]]


@dataclass
class Several:
    """What a person may do to several comments at once: with a button each, and with a reason, by heading."""

    buttons: list[tuple[str, str | Promise]]
    reasons: list[Group]


def several_acts(visit: Visit) -> Several | None:
    """Return what this person may do to several comments at once; None where that is nothing."""
    moderates, answers = "moderate" in visit.capacities, "answer" in visit.capacities
    if not (moderates or answers):
        return None
    found = Several([(TAKE, _("Assign to me"))], [])
    if moderates:
        found.buttons.insert(0, (Sight.SHOWN.value, _("Show")))
        hides = [(f"{Sight.HIDDEN}:{key}", word) for key, word in WhyKeptBack.choices]
        found.reasons.append((_("Hide comments"), hides))
    if answers:
        closes = [(f"{CLOSE}:{key}", word) for key, word in CloseReason.choices]
        found.reasons.append((_("Close without replying"), closes))
    return found


def _asked_for(request: HttpRequest) -> tuple[str, str]:
    """Return what to do and why: the button that was pressed, or what was chosen from the list."""
    what, _colon, because = next(filter(None, request.POST.getlist("do")), "").partition(":")
    return what, because


def ask_several(request: HttpRequest) -> dict[int, SightAsked]:
    """Before the page's scope opens: ask the networks to show or hide what was chosen, one by one."""
    how, because = _asked_for(request)
    if how not in (Sight.SHOWN, Sight.HIDDEN):
        return {}
    return {
        pk: ask_for(
            request.visit,  # type: ignore[attr-defined]
            pk,
            how,
            {"because": because, "version": request.POST.get(f"version-{pk}", "")},
        )
        for pk in _chosen(request)
    }


def _chosen(request: HttpRequest) -> list[int]:
    return list(dict.fromkeys(number_in(each) for each in request.POST.getlist("items")))[:MOST_AT_ONCE]


@page(place="inbox", prepare=ask_several, methods=("POST",))
def several(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the outcome for each comment that was chosen; close them here."""
    what, reason = _asked_for(request)
    found = listing.of_ids(visit.person, _chosen(request), on=visit.on)
    if not found or what not in (CLOSE, TAKE, Sight.SHOWN, Sight.HIDDEN):
        return done(request, _("Choose at least one comment, and what to do."), "inbox")

    def act(item: Item) -> None:
        if what == CLOSE:
            replying.close_item(by=visit.person, at=visit.at, item=item, reason=reason)
        elif what == TAKE:
            desk.assign_item(
                by=visit.person, at=visit.at, item=item, to=visit.person, seen=item.assigned_to_id
            )
        else:
            _raise_refusal(visit.prepared[item.pk])

    refused: list[Refusal[Item]] = refused_of(found, act)
    told = {
        CLOSE: _("Closed. Each will reopen if its author edits it."),
        TAKE: _("Assigned to you. Colleagues can see that you’re dealing with them."),
        Sight.SHOWN: _("Everyone can read the chosen comments once the network has shown them."),
        Sight.HIDDEN: _("The chosen comments are being hidden. Your reason has been recorded."),
    }[what]
    if len(set(request.POST.getlist("items"))) > MOST_AT_ONCE:
        told = format_lazy("{told} {rest}", told=told, rest=REST)
    left = {item.pk for item, _error in refused}
    closed = ",".join(str(item.pk) for item in found if item.pk not in left)
    return told_of_several(
        request,
        refused,
        of=len(found),
        name=lambda item: snippet(item.words),  # type: ignore[attr-defined]
        told=told,
        back=reverse("inbox"),
        undo=undo_by("inbox-several-undo", chosen=closed) if what == CLOSE else None,
    )


@page(place="inbox", methods=("POST",))
def open_again(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Open again what was closed at once a moment ago."""
    ids = numbers_in(request.POST.get("chosen", "").split(","))[:MOST_AT_ONCE]
    found = listing.of_ids(visit.person, ids, on=visit.on)
    refused: list[Refusal[Item]] = refused_of(
        found, lambda item: open_closed_item(by=visit.person, at=visit.at, item=item)
    )
    return told_of_several(
        request,
        refused,
        of=len(found),
        name=lambda item: snippet(item.words),  # type: ignore[attr-defined]
        told=_("Undone. They’re open again, with the same deadlines."),
        back=reverse("inbox"),
    )


def _raise_refusal(asked: SightAsked) -> None:
    if asked.error is not None:
        raise asked.error
    if asked.form is not None:
        raise NotNow(_("The policy asks a question first."), _("Open the comment and answer it."))


Given = Mapping[str, str]


@dataclass(frozen=True)
class AuthorAsked:
    """The result of asking: the step, or why there is none."""

    step: AuthorStep | None = None
    error: SchoolgateError | None = None


def ask_author_step(request: HttpRequest) -> AuthorAsked:
    """Before the page's scope opens: write the intent and commit it, then have the network act on it."""
    visit: Visit = request.visit  # type: ignore[attr-defined]
    given = request.POST
    try:
        with scope(visit.federation.pk, visit.person.pk):
            found = item_for(visit.person, number_in_address(request), on=visit.on)
            step = act_in(given, _ACTS)(visit, found, given)
    except SchoolgateError as error:
        return AuthorAsked(error=error)
    if not step.by_hand and step.state == Intent.WRITTEN and not step.waits_for_another:
        try:
            blocking.advance(visit.federation.pk, step.pk, clock=now)
        except Exception:  # it is written down: the sweep takes it up
            log.exception("author step failed", federation=visit.federation.pk, step=step.pk)
    return AuthorAsked(step)


def _block(visit: Visit, found: Item, given: Given) -> AuthorStep:
    time = days_from(given.get("days", ""))
    return blocking.block_author(
        by=visit.person,
        at=visit.at,
        item=found,
        because=given.get("because", ""),
        until=visit.on + time if time else None,
        warned=True if given.get("warned") else None,
    )


def _report(visit: Visit, found: Item, given: Given) -> AuthorStep:
    return blocking.report_comment(by=visit.person, at=visit.at, item=found, because=given.get("because", ""))


def _end(visit: Visit, found: Item, _given: Given) -> AuthorStep:
    return blocking.end_block(by=visit.person, at=visit.at, block=_standing(found))


def _keep(visit: Visit, found: Item, given: Given) -> AuthorStep:
    time = days_from(given.get("days", ""))
    until = visit.on + time if time else None
    return blocking.keep_block(by=visit.person, at=visit.at, block=_standing(found), until=until)


def _agree(visit: Visit, found: Item, given: Given) -> AuthorStep:
    step = sight.live_step(found, AuthorStepKind.BLOCK)
    if step is None:
        raise NotFound
    yes = given.get("do") == "agree"
    return blocking.agree_to_block(by=visit.person, at=visit.at, step=step, yes=yes)


def _by_hand(visit: Visit, found: Item, given: Given) -> AuthorStep:
    step = seeing.author_step(number_in(given.get("step", "")))
    if step.item_id != found.pk:
        raise NotFound
    return blocking.author_step_by_hand(
        by=visit.person, at=visit.at, step=step, number=given.get("number", "")
    )


_FIELDS = {"until": "days"}
"""An action's field -> the form's."""

_ACTS: Mapping[str, Callable[[Visit, Item, Given], AuthorStep]] = {
    "block": _block, "report": _report, "end": _end, "keep": _keep, "agree": _agree, "decline": _agree,
    "by-hand": _by_hand,
}  # fmt: skip


def _standing(found: Item) -> AuthorStep:
    block = sight.standing_block(found)
    if block is None:
        raise NotFound
    return block


@page(place="inbox", prepare=ask_author_step, methods=("POST",))
def change_author(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show the result: done, on its way, waiting for a colleague, refused by the policy, or incomplete."""
    found = item_for(visit.person, pk, on=visit.on)
    asked: AuthorAsked = visit.prepared
    form = AuthorForm(request.POST)
    if isinstance(asked.error, BadInput):
        form.is_valid()
        wrong = {_FIELDS.get(key, key): words for key, words in asked.error.fields.items()}
        form.refuse(BadInput(wrong))
        return show(request, visit, found, author_form=form, status=422)
    if isinstance(asked.error, Refused):
        kept = asked.error.kept
        refused = kept_verdict(kept, at=visit.at) if isinstance(kept, DecisionRecord) else None
        return show(request, visit, found, refused=refused, author_form=form, status=409)
    if asked.error is not None or asked.step is None:
        raise asked.error or NotFound
    return done(request, _told(seeing.author_step(asked.step.pk), request.POST.get("do", "")), "item", pk)


def _told(step: AuthorStep, do: str) -> str | Promise:
    if do == "keep":
        return _("Saved. The block goes on and will be reviewed again.")
    if step.state == Intent.CANCELLED:
        return _("Declined. The author isn’t blocked.")
    if step.state == Intent.CONFIRMED:
        return _DONE[AuthorStepKind(step.how)]
    if step.waits_for_another:
        return _("Colleagues who manage comments have been asked to agree.")
    return (
        _("Do it on the network now, then confirm here.")
        if step.by_hand
        else _("The network has been asked.")
    )


_DONE: Mapping[AuthorStepKind, Promise] = {
    AuthorStepKind.BLOCK: _("The author is blocked. You’ll be asked to review it."),
    AuthorStepKind.UNBLOCK: _("The block has ended."),
    AuthorStepKind.REPORT: _("The comment has been reported to the network."),
}


@page(place="inbox", methods=("POST",))
def found(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Do what was asked: judge the comment, mark a report as read, or record a step with its author."""
    item = item_for(visit.person, pk, on=visit.on)
    acts = {"judge": _judge, "read": _read, "step": _step}
    return act_in(request.POST, acts)(request, visit, item)


def _judge(request: HttpRequest, visit: Visit, item: Item) -> HttpResponseBase:
    form = JudgeForm(request.POST)
    version = request.POST.get("version", "")
    if form.save(
        lambda _typed: judging.judge(
            by=visit.person, at=visit.at, item=item, version=version, **form.judgement()
        )
    ):
        return done(request, _("Saved. What the policy asks for now is below."), "item", item.pk)
    return show(request, visit, item, extra={"judge_form": form}, status=422)


def _read(request: HttpRequest, visit: Visit, item: Item) -> HttpResponseBase:
    judging.read_report(by=visit.person, at=visit.at, item=item)
    return done(request, _("Saved: you’ve read this report."), "item", item.pk)


def _step(request: HttpRequest, visit: Visit, item: Item) -> HttpResponseBase:
    what = request.POST.get("what", "")
    if what not in WriterStepKind.values:
        raise NotFound
    form = WriterStepForm(WriterStepKind(what), request.POST)
    if form.save(
        lambda typed: judging.note_writer_step(by=visit.person, at=visit.at, item=item, what=what, **typed)
    ):
        return done(request, _("Saved, with the date."), "item", item.pk)
    return show(request, visit, item, extra={"step_form": form}, status=422)


@page(place="inbox", methods=("POST",))
def notice(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Send the notice about a removal. What can't go out stays in the form, with the reason above it."""
    found = item_for(visit.person, pk, on=visit.on)
    seeing.check_may_moderate(visit.person, found, on=visit.on)
    removal = removals.removal_of(found)
    if removal is None:
        raise NotNow(_("This comment hasn’t been removed."), _("Open it again to see its status."))
    form = notice_form(removal, visit, request.POST)
    if not form.is_valid() or not _complete(form, found, visit):
        return show(request, visit, found, extra={"notice_form": form}, status=422)
    typed = form.cleaned_data
    try:
        sent = removal_notices.send_notice(
            by=visit.person,
            at=visit.at,
            item=found,
            wording=typed["wording"],
            text=notice_text(removal, typed["text"], typed["language"]),
            version=request.POST.get("version", ""),
            language=typed["language"],
            said=form.said(),
            says=typed["says"] if asks_parts(visit) else None,
        )
    except BadInput as error:
        form.refuse(error)
        return show(request, visit, found, extra={"notice_form": form}, status=422)
    except Refused as error:
        refused = kept_verdict(error.kept, at=visit.at) if isinstance(error.kept, DecisionRecord) else None
        again = item_for(visit.person, pk, on=visit.on)
        return show(request, visit, again, refused=refused, extra={"notice_form": form}, status=409)
    if sent.by_hand:
        return done(request, _("Notice saved. Now post it by hand."), "answer", sent.pk)
    return done(request, _("The notice is being sent."), "item", pk)


def _complete(form: NoticeForm, found: Item, visit: Visit) -> bool:
    """Return whether every question of the policy is answered; add an error beside those that aren't."""
    _decision, asked = asked_of(
        found, by=visit.person, at=visit.at, said=form.said(), acknowledges_only=True,
        text=form.cleaned_data["text"],
    )  # fmt: skip
    form.ask_for([name for name in asked if name not in form.said()])
    return not form.errors


@page(place="inbox", methods=("POST",))
def wording(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Adopt the school's own wording of the prescribed notice."""
    found = item_for(visit.person, pk, on=visit.on)
    form = WordingForm(request.POST)
    if form.save(
        lambda typed: removal_notices.adopt_wording(by=visit.person, at=visit.at, item=found, **typed)
    ):
        return done(request, _("Wording adopted. It is offered with every notice."), "item", pk)
    return show(request, visit, found, extra={"wording_form": form}, status=422)


@page(place="inbox", methods=("POST",))
def appeal(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Enter an appeal that reached the school another way."""
    found = item_for(visit.person, pk, on=visit.on)
    form = AppealForm(request.POST)
    if form.save(
        lambda typed: removal_notices.make_appeal(by=visit.person, at=visit.at, item=found, **typed)
    ):
        return done(request, _("Appeal saved. Someone other than its moderator will decide."), "item", pk)
    return show(request, visit, found, extra={"appeal_form": form}, status=422)


@dataclass(frozen=True)
class Decided:
    """The outcome of deciding: the appeal, or why there is none."""

    appeal: Appeal | None = None
    form: DecisionForm | None = None
    error: SchoolgateError | None = None


def decide(request: HttpRequest) -> Decided:
    """Before the page's scope opens: write the decision and commit it, then have the network show the comment
    again."""
    visit: Visit = request.visit  # type: ignore[attr-defined]
    form = DecisionForm(request.POST)
    form.is_valid()
    try:
        with scope(visit.federation.pk, visit.person.pk):
            row = removal_notices.decide_appeal(
                by=visit.person,
                at=visit.at,
                item=item_for(visit.person, number_in_address(request), on=visit.on),
                uphold=request.POST.get("do") == "uphold",
                reasons=form.cleaned_data.get("reasons", ""),
            )
    except BadInput as error:
        form.refuse(error)
        return Decided(form=form, error=error)
    except SchoolgateError as error:
        return Decided(form=form, error=error)
    if row.reversal is not None and not row.reversal.by_hand:
        try:
            moderating.advance(visit.federation.pk, row.reversal.pk, clock=now)
        except Exception:  # it is written down: the sweep takes it up
            log.exception("moderating failed", federation=visit.federation.pk, moderation=row.reversal.pk)
    return Decided(appeal=row)


@page(place="inbox", prepare=decide, methods=("POST",))
def decision(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show the result of deciding an appeal."""
    found = item_for(visit.person, pk, on=visit.on)
    decided: Decided = visit.prepared
    if isinstance(decided.error, BadInput):
        return show(request, visit, found, extra={"decision_form": decided.form}, status=422)
    if isinstance(decided.error, Refused):
        kept = decided.error.kept
        refused = kept_verdict(kept, at=visit.at) if isinstance(kept, DecisionRecord) else None
        return show(request, visit, found, refused=refused, extra={"decision_form": decided.form}, status=409)
    if decided.error is not None:
        raise decided.error
    row = decided.appeal
    if row is None or row.state == AppealState.DISMISSED:
        return done(request, _("Appeal dismissed. The author can read your reasons."), "item", pk)
    if row.reversal is None:
        return done(request, _("Appeal upheld. The network can’t bring the comment back."), "item", pk)
    if row.reversal.by_hand:
        return done(
            request, _("Appeal upheld. Show the comment on the network, then confirm here."), "item", pk
        )
    return done(request, _("Appeal upheld. The comment is being shown again."), "item", pk)


urlpatterns = [
    path("inbox/<int:pk>/sight", change_sight, name="item-sight"),
    path("inbox/<int:pk>/sight/by-hand", by_hand, name="item-sight-by-hand"),
    path("inbox/<int:pk>/sight/finish", finish, name="item-sight-finish"),
    path("inbox/several", several, name="inbox-several"),
    path("inbox/several/open-again", open_again, name="inbox-several-undo"),
    path("inbox/<int:pk>/author", change_author, name="item-author"),
    path("inbox/<int:pk>/found", found, name="item-found"),
    path("inbox/<int:pk>/notice", notice, name="item-notice"),
    path("inbox/<int:pk>/notice/wording", wording, name="item-notice-wording"),
    path("inbox/<int:pk>/appeal", appeal, name="item-appeal"),
    path("inbox/<int:pk>/appeal/decision", decision, name="item-appeal-decision"),
]
