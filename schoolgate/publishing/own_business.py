"""A link to a business of the author's own: what the author declared, and the mark that raises it."""

from datetime import datetime

from schoolgate.core.clock import local_day
from schoolgate.core.events.recording import record
from schoolgate.networks.normal import find_links
from schoolgate.policy.queries import in_force
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.models import Post, PostMark
from schoolgate.publishing.text_marks import markable

GAIN = "personal_gain"
"""The kind of mark that raises it."""


def declared(post: Post) -> bool:
    """Return whether its author said that a link which it still has leads to a business of theirs."""
    if post.answers.get("links_own_business", {}).get("answer") is not True:
        return False
    return any(link.kind == "link" for target in post.targets.all() for link in find_links(target.text))


def raise_declared(post: Post, *, at: datetime) -> bool:
    """Mark the post for a colleague to look at, where its author declared such a link and the policy covers
    personal gain. Return whether a mark was made.

    A mark that waits is enough, and so is one that a colleague judged on the content as it is: what the
    author judged alone settles nothing here.
    """
    if not declared(post):
        return False
    speaks = markable(in_force(local_day(at)).book, relation=post.writer.relation).get(GAIN)
    seen = content_digest(post)
    raised = [each for each in post.marks.all() if each.kind == GAIN]
    if speaks is None or any(
        each.judged_seen != seen or each.judged_by_id != post.author_id for each in raised
    ):
        return False
    mark = PostMark.objects.create(post=post, kind=GAIN, seen=seen, raised_by=post.writer, at=at)
    clauses = list(speaks.clauses)
    record("post.marked", subject=post, at=at, actor=post.writer, clauses=clauses, mark=mark.pk, kind=GAIN)
    return True
