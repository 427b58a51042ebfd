"""A posting of somebody on the staff is held to break the policy. Can they be told to take it down?"""

from schoolgate.rulebook.facts import Attested, Facts, Instant, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class PostingWithdraw(Facts):
    """`writer`: whose posting it is. `breaks_policy`: somebody's judgment. `told`: the writer was told to
    take it down, at `told_at`; `reply_by`: by when they were to say that it is gone, None where no time was
    named; `gone`: it is no longer there."""

    writer: Person | None = None
    breaks_policy: Attested | None = None
    told: Tri = None
    told_at: Instant | None = None
    reply_by: Instant | None = None
    gone: Tri = None


POSTING_WITHDRAW = Situation(
    key="posting.withdraw",
    title=gettext_noop("Somebody on the staff may have to take a posting down"),
    facts=PostingWithdraw,
    points=points("told_to_take_down"),
)
