"""An approver's part of one post's page: what each network gets, what changed, comments on words, and the
decision, alone or as one of several in a sitting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.people.rules import can
from schoolgate.publishing import approving, queries, reviewing, rules
from schoolgate.publishing.models import (
    CAN_BE_CHANGED,
    LONGEST_COMMENT,
    LONGEST_PASSAGE,
    PassageComment,
    Post,
    PostState,
)
from schoolgate.publishing.reviewing import (
    Changes,
    changes_between,
    comments_on,
    content_of,
    is_in,
    last_look,
    sentences_of,
    texts_of,
)
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.frame.undo import Undo, undo_by
from schoolgate.web.posts.acts import sent
from schoolgate.web.posts.going_out_words import approved_in_words
from schoolgate.web.posts.side_by_side import for_networks
from schoolgate.web.posts.sitting import next_of, sitting_of, skipped, told, way_on

Page = Callable[..., HttpResponseBase]
MINUTE = timedelta(minutes=1)


class PassageForm(SchoolForm):
    """A comment on words of the text: a sentence of the list, or words typed or selected."""

    sentence = forms.CharField(label=_("Sentence"), required=False, widget=forms.Select)
    passage = forms.CharField(
        label=_("Or the exact words"),
        help_text=_("Select words in the text above to fill this in, or type them."),
        max_length=LONGEST_PASSAGE,
        required=False,
    )
    comment = forms.CharField(
        label=_("Comment"),
        help_text=_("The author will see this. Don’t name pupils."),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write your comment, in up to 1,000 characters.")},
    )

    def __init__(self, *args: Any, sentences: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["sentence"]
        field.choices = [("", "–"), *((each, each) for each in sentences)]


class AnswerForm(SchoolForm):
    """The author's answer to a comment; or only that it is done."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST_COMMENT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@dataclass(frozen=True)
class ShownComment:
    """A comment for the page. `gone`: its words are in no text any more. `form`: for the author's answer."""

    row: PassageComment
    number: int
    gone: bool
    form: AnswerForm | None


def of_page(
    request: HttpRequest, visit: Visit, found: Post, *, answering: AnswerForm | None = None
) -> dict[str, Any]:
    """Return what an approver's part of the page shows, and remember that an approver was shown this
    version."""
    judged = found.state in CAN_BE_CHANGED
    approver = judged and can(rules.check_may_approve, visit.person, found, on=visit.on)
    changes = _looked(visit, found) if approver and found.state == PostState.SUBMITTED else None
    comments = comments_on(found)
    sitting = sitting_of(request, found.pk)
    return {
        "networks": for_networks(found, changes=changes, comments=comments, visit=visit) if judged else [],
        "changes": changes,
        "comments": _shown(visit, found, comments, answering),
        "comments_open": sum(each.done_at is None for each in comments),
        "may_comment": approver and bool(texts_of(found)[0].strip()),
        "passage_form": PassageForm(sentences=sentences_of(texts_of(found))) if approver else None,
        "may_take_back_approval": _may_take_back(visit, found, approver=approver),
        "sitting": sitting,
        "skip": skipped(sitting, visit) if sitting else None,
    }


def _looked(visit: Visit, found: Post) -> Changes | None:
    """Return what changed since the person's last look, and remember this one."""
    before = last_look(found, visit.person.pk)
    reviewing.look_at(by=visit.person, at=visit.at, post=found)
    if before is None:
        return None
    return changes_between(before.shown, content_of(found), since=before.at, version=before.version)


def _may_take_back(visit: Visit, found: Post, *, approver: bool) -> bool:
    """Return whether this person may withdraw an approval of the post: its author and those who approve here
    once it is approved, in between those who gave one."""
    if found.state == PostState.APPROVED:
        own = found.author_id == visit.person.pk
        return approver or (own and can(rules.check_may_change, visit.person, found, on=visit.on))
    given = any(each.by_id == visit.person.pk and each.lapsed_at is None for each in found.approvals.all())
    return approver and given and found.state == PostState.SUBMITTED


def _shown(
    visit: Visit, found: Post, comments: Sequence[PassageComment], answering: AnswerForm | None
) -> list[ShownComment]:
    """Return the comments with, for those who may answer or tick them, a form each."""
    may = found.state in CAN_BE_CHANGED and can(rules.check_may_judge, visit.person, found, on=visit.on)
    shown = []
    for number, each in enumerate(comments, start=1):
        form = AnswerForm(prefix=f"c{each.pk}") if may and each.done_at is None else None
        if form is not None and answering is not None and answering.prefix == form.prefix:
            form = answering
        shown.append(ShownComment(each, number, not is_in(each.passage, found), form))
    return shown


def comment(request: HttpRequest, visit: Visit, found: Post, draw: Page) -> HttpResponseBase:
    """Comment on words of the text."""
    rules.check_may_approve(visit.person, found, on=visit.on)
    rules.check_takes_marks(found)
    form = PassageForm(sent(request), sentences=sentences_of(texts_of(found)))

    def add(typed: dict[str, Any]) -> PassageComment:
        words = typed["passage"].strip() or typed["sentence"]
        return reviewing.comment_on(
            by=visit.person, at=visit.at, post=found, passage=words, comment=typed["comment"]
        )

    if form.save(add):
        sitting = sitting_of(request, found.pk)
        back = (sitting.address(found.pk),) if sitting else ("post", found.pk)
        return done(request, _("Comment added. The author can see it beside these words."), *back)
    return draw(request, visit, found, act="comment", form=form)


def answer(request: HttpRequest, visit: Visit, found: Post, draw: Page) -> HttpResponseBase:
    """Answer a comment on the words, or tick it as done."""
    if request.method != "POST":
        raise NotFound
    pk = number_in(request.POST.get("comment", ""))
    form = AnswerForm(request.POST, prefix=f"c{pk}")
    ticked = request.POST.get("do") == "done"
    if form.save(
        lambda typed: reviewing.answer_comment(
            by=visit.person, at=visit.at, post=found, comment_id=pk, answer=typed["answer"], done=ticked
        )
    ):
        return done(request, _("Comment done.") if ticked else _("Answer saved."), "post", found.pk)
    return draw(request, visit, found, answering=form)


@page(methods=("POST",))
def approve(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Approve exactly what the page showed; in a sitting, go on to the next post."""
    found = queries.post_for(visit.person, pk, on=visit.on)
    approved = approving.approve_post(
        by=visit.person, at=visit.at, post=found, seen=request.POST.get("seen", ""),
        discussed=request.POST.get("discussed") == "yes",
    )  # fmt: skip
    undo: Undo | None = undo_by("post-approval-take-back", pk)
    said: str | Promise
    if approved.state == PostState.EXPIRED:
        undo = None
        said = _("Not approved, because its scheduled time has passed. The author needs to set a new time.")
    elif approved.state == PostState.SUBMITTED:
        said = _("Approved. Another role must still agree before it is posted.")
    else:
        said = approved_in_words(approved, visit)
    return decided(request, visit, pk, said, undo=undo)


def decided(
    request: HttpRequest, visit: Visit, pk: int, said: Any, *, undo: Undo | None = None
) -> HttpResponseBase:
    """Go to the next post of the sitting after a decision on this one; without a sitting, stay on it."""
    sitting = sitting_of(request, pk)
    if sitting is None:
        return done(request, said, "post", pk=pk, undo=undo)
    return done(
        request, told(said, more=next_of(sitting, visit) is not None), way_on(sitting, visit), undo=undo
    )


urlpatterns = [
    path("posts/<int:pk>/approve", approve, name="post-approve"),
]
