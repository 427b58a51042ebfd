"""Reviewing a post: remember what an approver looked at, and comment on words of its text."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Text
from schoolgate.core.events.recording import record
from schoolgate.core.moves import done_before
from schoolgate.people.models import Person
from schoolgate.publishing import rules
from schoolgate.publishing.changes import content_of
from schoolgate.publishing.models import Look, PassageComment, Post
from schoolgate.publishing.passages import is_in, tidy
from schoolgate.publishing.review_models import LONGEST_COMMENT, LONGEST_PASSAGE

MOST_COMMENTS = 100
"""House rule: a post with this many comments is rewritten, not commented on again."""


@action
def look_at(*, by: Person, at: datetime, post: Post) -> None:
    """Remember that an approver was shown this version, once. Raises NotAllowed."""
    rules.check_may_approve(by, post, on=local_day(at))
    if not Look.objects.filter(post=post, by=by, version=post.version).exists():
        row = Look(post=post, by=by, version=post.version, at=at, shown=content_of(post))
        Look.objects.bulk_create([row], ignore_conflicts=True)


@action
def comment_on(*, by: Person, at: datetime, post: Post, passage: str, comment: str) -> PassageComment:
    """Comment on words of a post that has not gone out yet. It changes neither the post nor its approvals.

    Raises NotAllowed (no approver), NotNow (it is on its way or out), BadInput (`passage`: the words are not
    in its texts; `comment`).
    """
    rules.check_may_approve(by, post, on=local_day(at))
    rules.check_takes_marks(post)
    words, said, wrong = tidy(passage), comment.strip(), dict[str, Text]()
    if not words:
        wrong["passage"] = _("Choose a sentence, or type the words you mean.")
    elif len(words) > LONGEST_PASSAGE:
        wrong["passage"] = _("Choose up to 300 characters.")
    elif not is_in(words, post):
        wrong["passage"] = _("These words aren’t in the text. Type them exactly as they are there.")
    if not said or len(said) > LONGEST_COMMENT or "\x00" in said:
        wrong["comment"] = _("Write your comment, in up to 1,000 characters.")
    elif post.passage_comments.count() >= MOST_COMMENTS:
        wrong["comment"] = _("This post has had too many comments. Ask the author to rewrite it.")
    if wrong:
        raise BadInput(wrong)
    made = PassageComment.objects.create(
        post=post, version=post.version, passage=words, comment=said, by=by, at=at
    )
    record("post.words_commented", subject=post, at=at, actor=by, comment=made.pk)
    return made


@action
def answer_comment(
    *, by: Person, at: datetime, post: Post, comment_id: int, answer: str = "", done: bool = False
) -> PassageComment:
    """Answer a comment on words of the post as its author, or tick it as done as its author or approver.

    Raises NotAllowed, NotFound (no comment on this post), NotNow (done already; the post is on its way or
    out), BadInput (`answer`).
    """
    rules.check_may_judge(by, post, on=local_day(at))
    rules.check_takes_marks(post)
    found = PassageComment.objects.select_for_update().filter(post=post, pk=comment_id).first()
    if found is None:
        raise NotFound
    said = answer.strip()
    if said and by.pk != post.author_id:
        raise NotAllowed(_("Only the author answers a comment."), _("Add a comment of your own."))
    if found.done_at is not None:
        raise done_before(
            found,
            _("This comment is already done."),
            _("Open it again to see its status."),
            otherwise=NotNow(
                _("This comment was ticked as done without your answer."),
                _("Add a comment of your own if your answer is still needed."),
            ),
            done_at__isnull=False,
            answer=said or found.answer,
        )
    if len(said) > LONGEST_COMMENT or "\x00" in said or not (said or done):
        raise BadInput({"answer": _("Write an answer of up to 1,000 characters, or mark it as done.")})
    if said:
        found.answer, found.answered_at = said, at
    if done:
        found.done_by, found.done_at = by, at
    found.save(update_fields=["answer", "answered_at", "done_by", "done_at"])
    event = "post.comment_done" if done else "post.comment_answered"
    record(event, subject=post, at=at, actor=by, comment=found.pk)
    return found
