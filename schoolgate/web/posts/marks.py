"""Marking the text of a post for something, and saying whether it is so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, NotNow
from schoolgate.people.rules import can
from schoolgate.policy.queries import in_force
from schoolgate.publishing import queries, reviewing, rules
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.marks import Markable, markable
from schoolgate.publishing.models import CAN_BE_CHANGED, Post
from schoolgate.publishing.reviewing import LONGEST_NOTE
from schoolgate.rulebook import Book
from schoolgate.rulebook.messages import SENTENCES
from schoolgate.rulebook.situations.marks import MARK_KINDS
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.shown import ShownClause
from schoolgate.web.frame.wording import clause_shown, federation_of, point_label, quote_from
from schoolgate.web.posts.marks_wording import WHOM, kind_in_words, marks_shown
from schoolgate.web.posts.wording import basis_of

NOT_SAID = ("", _("No one, or I’m not sure"))


@dataclass(frozen=True)
class Choice:
    """One thing that a text can be marked for."""

    kind: str
    label: str


@dataclass(frozen=True)
class Group:
    """The choices under one heading, with the sentences and the clauses of their rules."""

    heading: str
    choices: Sequence[Choice]
    rules: Sequence[str]
    clauses: Sequence[ShownClause]


class MarkForm(SchoolForm):
    """What is wrong, who it is about, and a note for the reader."""

    kind = forms.ChoiceField(
        label=_("What did you notice?"),
        error_messages={
            "required": _("Choose what you noticed."),
            "invalid_choice": _("Choose something the policy covers."),
        },
        choices=[(kind, kind) for kind in MARK_KINDS],
    )
    whom = forms.ChoiceField(label=_("Who is it about?"), choices=[NOT_SAID, *WHOM.items()], required=False)
    note = forms.CharField(
        label=_("Note for the reader"),
        help_text=_("Optional. Say which words you mean. Don’t name pupils."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_NOTE,
        required=False,
    )


def marks_of_page(visit: Visit, post: Post) -> dict[str, Any]:
    """Return what the section of comments on the text shows on a post's page, and what this person may do
    there."""
    shown = marks_shown(post)
    can_still = post.state in CAN_BE_CHANGED
    judges = bool(shown) and can_still and can(rules.check_may_judge, visit.person, post, on=visit.on)
    speaks = markable(in_force(visit.on).book, relation=post.author.relation) if can_still else {}
    seen = content_digest(post) if shown else ""
    return {
        "marks": shown,
        "content_seen": seen,
        "may_mark": bool(speaks),
        "judgeable": [
            each.mark.pk
            for each in shown
            if judges and can(rules.check_may_judge_again, visit.person, post, each.mark, seen=seen)
        ],
        "ask_whom": [
            each.mark.pk
            for each in shown
            if not each.mark.whom and each.mark.kind in speaks and speaks[each.mark.kind].asks_whom
        ],
        "whom_choices": WHOM.items(),
    }


def groups_for(visit: Visit, found: Post) -> list[Group]:
    """Return what the text may be marked for. Raises NotNow where it takes no comments."""
    rules.check_takes_marks(found)
    book = in_force(visit.on).book
    speaks = markable(book, relation=found.author.relation)
    if not speaks:
        raise NotNow(
            _("This policy has no rules about text, so there is nothing to comment on."),
            _("Tell the author or the approver."),
        )
    return _groups(book, list(speaks.values()))


@page(methods=("POST",))
def judge(request: HttpRequest, visit: Visit, pk: int, mark_pk: int) -> HttpResponseBase:
    """Say, having read the text as it was shown, whether it holds what it was marked for."""
    found = queries.mark_of(queries.post_for(visit.person, pk, on=visit.on), mark_pk)
    said = request.POST.get("found", "")
    if said not in ("yes", "no"):
        raise BadInput({"found": _("Choose whether it’s a problem or meets the policy.")})
    reviewing.judge_mark(
        by=visit.person,
        at=visit.at,
        mark=found,
        found=said == "yes",
        seen=request.POST.get("seen", ""),
        whom=request.POST.get("whom", ""),
    )
    if said == "yes":
        return done(request, _("Saved: it’s a problem. The policy check has been updated."), "post", pk=pk)
    return done(request, _("Saved: it meets the policy. The policy check has been updated."), "post", pk=pk)


def _groups(book: Book, speaks: Sequence[Markable]) -> list[Group]:
    """Return the choices under plain headings, in the order of the policy."""
    federation, quote = federation_of(book.key), quote_from(book)
    found: dict[str, list[Markable]] = {}
    for each in speaks:
        found.setdefault(each.point, []).append(each)
    return [
        Group(
            heading=point_label(point),
            choices=[Choice(each.kind, kind_in_words(each.kind)) for each in here],
            rules=[
                gettext(SENTENCES[rule]) for rule in dict.fromkeys(each.rule for each in here if each.rule)
            ],
            clauses=[
                clause_shown(clause, basis=basis_of(book, clause), federation=federation, quote=quote)
                for clause in dict.fromkeys(clause for each in here for clause in each.clauses)
            ],
        )
        for point, here in found.items()
    ]


urlpatterns = [
    path("posts/<int:pk>/marks/<int:mark_pk>/judge", judge, name="post-mark-judge"),
]
