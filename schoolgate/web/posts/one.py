"""One post: its status and the next act, what goes out, and every act on it, on one page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Condition, ConditionType, ConditionWord
from schoolgate.core.errors import NotFound, Text
from schoolgate.duties.queries import standing as standing_duties
from schoolgate.inbox.ranking import around
from schoolgate.inbox.seeing import SEES
from schoolgate.media.models import Picture
from schoolgate.media.pictures import vouch
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.people.queries import book_of
from schoolgate.people.rules import can
from schoolgate.policy.keeping import GOES_AHEAD
from schoolgate.policy.queries import SEES_DECISIONS
from schoolgate.publishing import approving, drafting, queries, reviewing, rules, taking_down
from schoolgate.publishing.author_questions import in_own_words
from schoolgate.publishing.digest import content_digest, welsh_is_read
from schoolgate.publishing.duty_kinds import APPROVE
from schoolgate.publishing.facts import standing_checks
from schoolgate.publishing.hits import why_words_wait
from schoolgate.publishing.models import CAN_BE_CHANGED, Post, PostState, Purpose
from schoolgate.publishing.of_pupils import noes_in
from schoolgate.publishing.permissions import (
    TALK_NEEDS,
    counts_beside_others,
    discusses_as,
    lacking_of,
    place_of_post,
)
from schoolgate.publishing.queries import Judged, kept_back_now
from schoolgate.publishing.rules import Said, conditions_of_post, said_of, say_of_conditions, waits_for_lead
from schoolgate.publishing.sending import note_held
from schoolgate.pupils.consents import check_may_choose, has_pupils
from schoolgate.pupils.models import Use
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.shown import instant_in_words
from schoolgate.web.frame.twice import undo_by
from schoolgate.web.frame.wording import need_in_words
from schoolgate.web.policy.permissions import AskForm, asks_shown
from schoolgate.web.posts import planning as posts_planning
from schoolgate.web.posts import reviewing as posts_reviewing
from schoolgate.web.posts.acts import ConsentListForm, SendBackForm, TakeDownForm, sent
from schoolgate.web.posts.filled_in import people_in_words
from schoolgate.web.posts.forms import welsh_of
from schoolgate.web.posts.previews import picture_of_card
from schoolgate.web.posts.sitting import in_sitting
from schoolgate.web.posts.wording import REASONS, delivery_shown, goes_out_shown, history, kind_of, texts
from schoolgate.web.posts.written import verdicts_shown

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
ANSWER = {"yes": True, "no": False}
WORD = {True: "yes", False: "no", None: ""}


class ConditionsForm(SchoolForm):
    """For each condition: does it speak of this post, and is what it asks for there."""

    def __init__(
        self, *args: Any, conditions: Sequence[Condition], said: dict[int, ConditionWord], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.conditions = conditions
        for row in conditions:
            word = said.get(row.pk)
            self.fields[f"touched-{row.pk}"] = _question(
                _("Does this condition apply to the post?"), row, WORD[word.touched if word else None]
            )
            if row.type == ConditionType.REQUIREMENT:
                self.fields[f"fulfilled-{row.pk}"] = _question(
                    _("If so, does the post include what the condition asks for?"),
                    row,
                    WORD[word.fulfilled if word else None],
                )

    def said(self) -> dict[int, Said]:
        """Return what was chosen, as the action takes it."""
        typed = self.cleaned_data
        return {
            row.pk: (ANSWER.get(typed[f"touched-{row.pk}"]), ANSWER.get(typed.get(f"fulfilled-{row.pk}", "")))
            for row in self.conditions
        }


def _question(label: Any, row: Condition, initial: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=YES_NO, required=False, widget=forms.RadioSelect, initial=initial,
        help_text=f"{row.pk}. {ConditionType(row.type).label}: {row.words}",
    )  # fmt: skip


JUDGED = CAN_BE_CHANGED
"""Once something has been sent the decision of that moment counts, not today's answer."""


@page(place="posts")
def post(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """One post: what goes out, what the policy says, who has to do what, and how it went. `act`: the form
    that is open on it, and sent to this address."""
    found = queries.post_for(visit.person, pk, on=visit.on)
    if "card" in request.GET:
        return picture_of_card(request, found)
    act = request.GET.get("act", "")
    if act and act not in ACTS:
        raise NotFound
    if address := in_sitting(request, pk):
        return redirect(address)
    return ACTS[act](request, visit, found) if act else _page(request, visit, found)


def _page(
    request: HttpRequest,
    visit: Visit,
    found: Post,
    *,
    act: str = "",
    form: SchoolForm | None = None,
    answering: posts_reviewing.AnswerForm | None = None,
    **more: Any,
) -> HttpResponseBase:
    """Return the post's page. With `act` and `form`, that form is open at the top; `answering`: a refused
    answer to a comment."""
    now = queries.judged(found, at=visit.at) if found.state in JUDGED else []
    problems = rules.problems_of(found, on=visit.on) if found.state in JUDGED else {}
    acts = _acts(visit, found, now, problems)
    judged = _judged(visit, found, now, problems, with_mine=acts["with_mine"])
    context = _content(visit, found) | judged | acts
    context |= posts_reviewing.marks_of_page(visit, found)
    context |= {"welsh": welsh_of(visit, found)}
    context |= posts_reviewing.of_page(request, visit, found, answering=answering)
    context |= {"act": act, "form": form, **more}
    refused = any(each is not None and each.errors for each in (form, answering))
    return render(request, "posts/post.html", context, status=422 if refused else 200)


def _content(visit: Visit, found: Post) -> dict[str, Any]:
    stopped = rules.stopped(found.school_id, at=visit.at)
    note_held([found], at=visit.at)
    again = queries.sent_again(found.deliveries.all())
    deliveries = [
        delivery_shown(each, held_at=visit.at if stopped else None, again=each.pk in again)
        for each in found.deliveries.all()
    ]
    book = book_of(visit.federation)
    asked = standing_duties(APPROVE, [found])
    role_names = book.role_names
    return {
        "visit": visit,
        "post": found,
        "kind": kind_of(found),
        "texts": texts(found.targets.all(), found.deliveries.all()),
        "people": people_in_words(found, names=_sees_names(visit, found)),
        "own_answers": in_own_words(found, book),
        "people_number": sum(each.number for each in found.people.all()),
        "approvals": [each for each in found.approvals.all() if each.lapsed_at is None],
        "asked": [
            role_names.get(duty.role_key, duty.person.name if duty.person else "")
            for duties in asked.values()
            for duty in duties
        ],
        "deliveries": [each for each in deliveries if each.delivery.purpose == Purpose.PUBLISH],
        "removals": [each for each in deliveries if each.delivery.purpose == Purpose.TAKE_DOWN],
        "history": history(
            found, book, seen_by=visit.person, all_decisions=bool(visit.capacities & SEES_DECISIONS)
        ),
        "stopped": stopped,
        "take_downs": [
            {"act": each, "reason": REASONS.get(each.reason, "")} for each in queries.acts_on(found)
        ],
        "checks": _checks(found, on=visit.on),
        "around": around(found.pk) if deliveries and visit.capacities & SEES else None,
    }


def _sees_names(visit: Visit, found: Post) -> bool:
    """Return whether the person may read the names of pupils in a post: those who choose pupils here, and
    those who approve it."""
    chooses = can(check_may_choose, visit.person, found.school, on=visit.on)
    return chooses or can(rules.check_may_approve, visit.person, found, on=visit.on)


def _checks(found: Post, *, on: date) -> list[dict[str, Any]]:
    """Return for each network whether the consent list was checked for every picture that may show someone,
    the checker and the answer: of several checks a no first, then the one with the oldest list. `over`: a
    pupil in the post may not be shown there any more, whatever was checked."""
    shown = _to_check(found)
    if not shown:
        return []
    networks = [target.account.network for target in found.targets.all()]
    made = standing_checks(found, networks, on=on)
    refused = {no.network for no in noes_in(found, on=on) if no.use != Use.NAME}
    rows = []
    for network in dict.fromkeys(networks):
        checks = [made.get((picture.pk, network)) for picture in shown]
        whole = [check for check in checks if check is not None]
        check = min(whole, key=lambda each: (each.everybody_may, each.list_dated), default=None)
        rows.append(
            {
                "network": all_capabilities()[network].name,
                "key": network,
                "check": check if len(whole) == len(shown) else None,
                "over": check is not None and check.everybody_may and network in refused,
            }
        )
    return rows


def _to_check(found: Post) -> list[Picture]:
    """Return the pictures that may show someone."""
    return [picture for picture in found.pictures if picture.shows_people is not False]


def _judged(
    visit: Visit, found: Post, now: list[Judged], problems: Mapping[str, Text], *, with_mine: list[Judged]
) -> dict[str, Any]:
    """Return what the policy says. `with_mine`: with this person's approval, so that a button to give it
    isn't beside what waits for it."""
    if found.state not in JUDGED:
        return {"verdicts": [], "ready": False}
    return {
        "goes_out": goes_out_shown(found, visit, now=now) if found.state == PostState.APPROVED else None,
        "verdicts": verdicts_shown(
            with_mine, at=visit.at, kept_back=kept_back_now(found, with_mine, at=visit.at)
        ),
        "ready": queries.is_ready(found, at=visit.at, now=now, problems=problems),
    }


def _acts(visit: Visit, found: Post, now: list[Judged], problems: Mapping[str, Text]) -> dict[str, Any]:
    """Return this person's buttons, and why one can't be used. `now`: the policy's answer by account;
    `problems`: as `rules.problems_of` gives them."""
    who, on = visit.person, visit.on
    own = found.author_id == who.pk
    changes = can(rules.check_may_change, who, found, on=on) and found.state in CAN_BE_CHANGED
    waits = found.state == PostState.SUBMITTED
    approves = waits and can(rules.check_may_approve, who, found, on=on)
    judged, seen = now, queries.seen_now(found, at=visit.at) if approves else ""
    given = [each for each in found.approvals.all() if each.lapsed_at is None and each.seen == seen]
    has_approved = any(each.by_id == who.pk for each in given)
    if approves and not has_approved:
        judged = queries.judged(found, at=visit.at, approver=who)
    with_mine, without = [each.decision for each in judged], [each.decision for each in now]
    wanting = approves and any(each.outcome not in GOES_AHEAD for each in with_mine)
    in_part = wanting and not has_approved and counts_beside_others(without, with_mine)
    lead_missing = found.state in JUDGED and waits_for_lead(on=on)
    if approves and not welsh_is_read(found, who):
        problems = {**problems, "welsh": rules.UNREAD_WELSH}
    unanswered = waits and (bool(problems) or bool(rules.words_to_answer(found, on=on)))
    discusses = approves and discusses_as(who, found, without, on=on) is not None
    listed = wanting or unanswered or not approves
    missing = _missing(found, judged, visit, problems, talks=discusses) if listed else []
    return {
        "with_mine": judged,
        "own": own,
        "has_next": found.state in CAN_BE_CHANGED,
        "may_not_approve_own": waits and own and "approve_post" in visit.capacities,
        "may_change": changes,
        "may_submit": changes and found.state == PostState.DRAFT,
        "may_approve": approves and not (wanting and has_approved),
        "has_approved": has_approved,
        "wanting": (wanting and not in_part) or unanswered,
        "in_part": in_part,
        "discusses": discusses,
        "lead_missing": lead_missing,
        "missing_now": missing,
        "seen": seen,
        "asks": asks_shown(
            found,
            lacking_of(found, without, on=on),
            place_of_post(found),
            asker=found.author,
            digest=content_digest(found),
            visit=visit,
        )
        if found.state in JUDGED
        else None,
        "may_ask": changes,
        "ask_at": reverse("post-ask", args=[found.pk]),
        "ask_form": AskForm(),
        "may_repeat": own and posts_planning.may_repeat(who, found, on=on),
        "may_take_down": found.state in queries.STANDS and can(rules.check_may_take_down, who, found, on=on),
        "may_vouch": bool(_to_check(found))
        and found.state in CAN_BE_CHANGED
        and can(rules.check_may_check_list, who, found, on=on),
    }


def _missing(
    found: Post, judged: list[queries.Judged], visit: Visit, problems: Mapping[str, Text], *, talks: bool
) -> list[str]:
    """Return what else must be done before it can go out. The approval itself is shown beside it, and so is
    the discussion of which this person says with it that they had it (`talks`)."""
    if found.state not in JUDGED:
        return []
    approvals = {
        need_in_words(need.what, need.source)
        for each in judged
        for finding in each.decision.findings
        for need in finding.needs
        if need.what == "approval" or (talks and need.what in TALK_NEEDS)
    }
    said = [str(problem) for problem in problems.values()]
    left = rules.words_to_answer(found, on=visit.on) if found.state == PostState.SUBMITTED else []
    if left and not (found.author_id == visit.person.pk and all(each.done for each in left)):
        said.append(str(why_words_wait(left)))
    said += [need for each in verdicts_shown(judged, at=visit.at) for need in each.verdict.needs]
    return [each for each in dict.fromkeys(said) if each not in approvals]


@page(methods=("POST",))
def submit(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Hand a post in for approval."""
    found = queries.post_for(visit.person, pk, on=visit.on)
    approving.submit_post(by=visit.person, at=visit.at, post=found)
    told = _("Sent for approval. The approvers will see it on their Today page.")
    return done(request, told, "post", pk=pk, undo=undo_by("post-take-back", pk))


@page(methods=("POST",))
def ask(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Ask for a permission that the post lacks."""
    found = queries.post_for(visit.person, pk, on=visit.on)
    approving.ask_for_post(
        by=visit.person,
        at=visit.at,
        post=found,
        covers=request.POST.get("covers", ""),
        words=request.POST.get("words", ""),
    )
    return done(request, _("Request sent. You’ll be told when it is answered."), "post", pk=pk)


def _send_back(request: HttpRequest, visit: Visit, found: Post) -> HttpResponseBase:
    """Give a post back to its author with a reason."""
    rules.check_may_approve(visit.person, found, on=visit.on)
    form = SendBackForm(sent(request))
    if form.save(lambda typed: approving.send_back(by=visit.person, at=visit.at, post=found, **typed)):
        told = _("Changes requested. The author can see your reason.")
        return posts_reviewing.decided(request, visit, found.pk, told)
    return _page(request, visit, found, act="changes", form=form)


@page(methods=("POST",))
def withdraw(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take back a post that nothing has been sent of."""
    found = queries.post_for(visit.person, pk, on=visit.on)
    drafting.withdraw_post(by=visit.person, at=visit.at, post=found)
    told = _("Withdrawn. It won’t be posted.")
    return done(request, told, "post", pk=pk, undo=undo_by("post-take-up", pk))


def _consent_list(request: HttpRequest, visit: Visit, found: Post) -> HttpResponseBase:
    """Say that the school's consent list was checked for the pictures, network by network."""
    if not found.pictures:
        raise NotFound
    rules.check_may_check_list(visit.person, found, on=visit.on)
    channels = [(each["key"], each["network"]) for each in _checks(found, on=visit.on)]
    form = ConsentListForm(sent(request), channels=channels, on_paper=not has_pupils(found.school))
    if form.save(lambda typed: _vouch(visit, found, typed)):
        return done(request, _("Your picture check has been recorded under your name."), "post", pk=found.pk)
    return _page(request, visit, found, act="consent", form=form)


def _vouch(visit: Visit, found: Post, typed: dict[str, Any]) -> None:
    for picture, channel in product(_to_check(found), typed["channels"]):
        vouch(
            by=visit.person,
            at=visit.at,
            picture=picture,
            channel=channel,
            list_dated=typed.get("list_dated", visit.on),
            everybody_may=typed["everybody_may"] == "yes",
        )


def _conditions(request: HttpRequest, visit: Visit, found: Post) -> HttpResponseBase:
    """Record whether the post meets each condition of its accounts' approval."""
    rules.check_may_change(visit.person, found, on=visit.on)
    rows = conditions_of_post(found, on=visit.on)
    if not rows:
        raise NotFound
    form = ConditionsForm(sent(request), conditions=rows, said=said_of(found, rows))
    if form.save(
        lambda _typed: say_of_conditions(by=visit.person, at=visit.at, post=found, said=form.said())
    ):
        return done(request, _("Answers saved for the current text."), "post", found.pk)
    return _page(request, visit, found, act="conditions", form=form)


def _take_down(request: HttpRequest, visit: Visit, found: Post) -> HttpResponseBase:
    """Say why a post has to go: one touch on the reason, and it is on its way down."""
    rules.check_may_take_down(visit.person, found, on=visit.on)
    form = TakeDownForm(sent(request))
    taken = form.save(lambda typed: taking_down.take_down(by=visit.person, at=visit.at, post=found, **typed))
    if taken is None:
        return _page(request, visit, found, act="take-down", form=form, reasons=list(REASONS.items()))
    if quicker := _who_was_quicker(taken.value, visit):
        return done(request, quicker, "post", pk=found.pk)
    if taken.value.state == PostState.WITHDRAWN:
        return done(request, _("It hadn’t been posted yet, and it won’t be."), "post", pk=found.pk)
    return done(
        request, _("It’s being taken down. See below for the status on each network."), "post", pk=found.pk
    )


def _who_was_quicker(found: Post, visit: Visit) -> str:
    """Return that someone else took it down before this press, whose reason is recorded too; "" where no one
    did."""
    last = queries.acts_on(found)[-1]
    if last.posts.get(post=found).asked:
        return ""
    first = queries.began(found)
    if first is None:
        return gettext("It was withdrawn already, so it won’t be posted. Your reason was saved too.")
    if found.state in (PostState.TAKEN_DOWN, PostState.WITHDRAWN):
        said = gettext("It was taken down already. Asked for by: {name}, {time}. Your reason was saved too.")
    else:
        said = gettext(
            "It’s already being taken down. Asked for by: {name}, {time}. Your reason was saved too."
        )
    name = first.by.name if first.by else gettext("a parent, by withdrawing consent")
    return said.format(name=name, time=instant_in_words(first.at))


def _mark(request: HttpRequest, visit: Visit, found: Post) -> HttpResponseBase:
    """Comment on the text."""
    groups = posts_reviewing.groups_for(visit, found)
    form = posts_reviewing.MarkForm(sent(request))
    if form.save(lambda typed: reviewing.mark_post(by=visit.person, at=visit.at, post=found, **typed)):
        told = _("Comment added. Someone must check it before the post counts as meeting the policy.")
        return done(request, told, "post", pk=found.pk)
    return _page(request, visit, found, act="mark", form=form, groups=groups)


ACTS: Mapping[str, Callable[[HttpRequest, Visit, Post], HttpResponseBase]] = {
    "send-back": _send_back,
    "consent-list": _consent_list,
    "conditions": _conditions,
    "mark": _mark,
    "comment": lambda request, visit, found: posts_reviewing.comment(request, visit, found, _page),
    "answer": lambda request, visit, found: posts_reviewing.answer(request, visit, found, _page),
    "take-down": _take_down,
    "repeat": lambda request, visit, found: posts_planning.repeat(request, visit, found, _page),
}

urlpatterns = [
    path("posts/<int:pk>", post, name="post"),
    path("posts/<int:pk>/submit", submit, name="post-submit"),
    *posts_reviewing.urlpatterns,
    path("posts/<int:pk>/ask", ask, name="post-ask"),
    path("posts/<int:pk>/withdraw", withdraw, name="post-withdraw"),
]
