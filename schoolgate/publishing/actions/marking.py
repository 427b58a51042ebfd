"""Mark something in a text for a colleague, who reads the text and says whether it is there."""

from datetime import datetime
from typing import get_args

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow, Text
from schoolgate.core.events.recording import record
from schoolgate.people.models import Person
from schoolgate.policy.queries import in_force
from schoolgate.publishing import queries, rules
from schoolgate.publishing.actions.settling import lock
from schoolgate.publishing.actions.submitting import ask_again
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.models import Post, PostMark
from schoolgate.publishing.states import PostState
from schoolgate.publishing.text_marks import markable
from schoolgate.rulebook.situations.marks import Whom

LONGEST_NOTE = 1000
MOST_MARKS = 200
"""House rule: a post with this many marks is rewritten, not marked again."""
WHOM: tuple[str, ...] = get_args(Whom)


@action
def mark_post(*, by: Person, at: datetime, post: Post, kind: str, whom: str = "", note: str = "") -> PostMark:
    """Mark the text of a post that has not gone out yet, for someone to check.

    `kind`: one of `text_marks.markable` for the policy in force. `whom`: the person it is about, empty if not
    known. `note`: up to 1,000 characters for the reader. An approved post needs its approvers' decision
    again.

    Raises NotFound (this person may not see the post), NotNow (it is on its way or out), BadInput (fields
    `kind`, `whom`, `note`).
    """
    found = _locked(queries.post_for(by, post.pk, on=local_day(at)))
    rules.check_takes_marks(found)
    speaks = markable(in_force(local_day(at)).book, relation=found.author.relation)
    seen, tidy = content_digest(found), note.strip()
    wrong = _wrong(found, kind=kind, whom=whom, note=tidy, seen=seen, known=kind in speaks)
    if wrong:
        raise BadInput(wrong)
    mark = PostMark.objects.create(
        post=found, kind=kind, whom=whom, note=tidy, seen=seen, raised_by=by, at=at
    )
    clauses = list(speaks[mark.kind].clauses)
    record("post.marked", subject=found, at=at, actor=by, clauses=clauses, mark=mark.pk, kind=kind)
    _ask_again(found, at=at)
    return mark


@action
def judge_mark(
    *, by: Person, at: datetime, mark: PostMark, found: bool, seen: str, whom: str = ""
) -> PostMark:
    """Say whether the text contains what it was marked for (`found`), after reading the current text.

    `seen`: the digest of the content that was read (`digest.content_digest`). `whom`: the person it is about,
    if the marker did not say. The policy decides whose word is enough: an author's may release nothing. An
    approved post needs its approvers' decision again.

    Raises NotAllowed (neither author nor approver; an author against a colleague's word on this text), NotNow
    (the text changed meanwhile; the post is on its way or out), BadInput (field `whom`).
    """
    post = _locked(queries.post_for(by, mark.post_id, on=local_day(at)))
    rules.check_may_judge(by, post, on=local_day(at))
    rules.check_takes_marks(post)
    row = queries.mark_of(post, mark.pk)
    now = content_digest(post)
    if seen != now:
        raise NotNow(_("The text has changed since you opened it."), _("Read it again, then decide."))
    rules.check_may_judge_again(by, post, row, seen=now)
    speaks = markable(in_force(local_day(at)).book, relation=post.author.relation).get(row.kind)
    row.whom = row.whom or whom
    if row.whom and row.whom not in WHOM:
        raise BadInput({"whom": _("Choose one from the list.")})
    if found and not row.whom and speaks is not None and speaks.asks_whom:
        raise BadInput({"whom": _("Choose who it’s about: the policy protects some people in particular.")})
    row.found, row.judged_by, row.judged_at, row.judged_seen = found, by, at, now
    row.save(update_fields=["whom", "found", "judged_by", "judged_at", "judged_seen"])
    clauses = list(speaks.clauses) if speaks is not None else []
    record(
        "post.mark_judged",
        subject=post,
        at=at,
        actor=by,
        clauses=clauses,
        mark=row.pk,
        kind=row.kind,
        yes=found,
    )
    _ask_again(post, at=at)
    return row


def _locked(post: Post) -> Post:
    """Return the post, reread under its lock: neither sending nor a change comes between reading and
    writing."""
    lock(post)
    return queries.post(post.pk)


def _wrong(post: Post, *, kind: str, whom: str, note: str, seen: str, known: bool) -> dict[str, Text]:
    """Return a sentence by field for everything that makes a mark invalid."""
    wrong: dict[str, Text] = {}
    marks = list(post.marks.all())
    if not known:
        wrong["kind"] = _("Choose something the policy covers.")
    elif any(each.kind == kind and each.whom == whom and each.judged_seen != seen for each in marks):
        wrong["kind"] = _("Someone has already commented on this, and the comment is waiting to be checked.")
    elif len(marks) >= MOST_MARKS:
        wrong["kind"] = _("This post has had too many comments. Ask the author to rewrite it.")
    if whom and whom not in WHOM:
        wrong["whom"] = _("Choose one from the list.")
    if len(note) > LONGEST_NOTE:
        wrong["note"] = _("Notes can be up to 1,000 characters.")
    elif "\x00" in note:
        wrong["note"] = _("The note contains hidden characters. Type it again.")
    return wrong


def _ask_again(post: Post, *, at: datetime) -> None:
    if post.state == PostState.APPROVED:
        ask_again(post, at=at)
