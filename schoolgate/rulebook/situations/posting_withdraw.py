"""A posting of somebody on the staff is held to break the policy. Can they be told to take it down?"""

from typing import Annotated

from schoolgate.rulebook.facts import Ask, Attested, Facts, Instant, Person, Tri, derived
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.working_time import in_utc


class PostingWithdraw(Facts):
    """`writer`: whose posting it is. `breaks_policy`: somebody's judgment. `told`: the writer was told to
    take it down, at `told_at`; `reply_by`: by when they were to say that it is gone, None where no time was
    named; `gone`: it is no longer there."""

    writer: Person | None = None
    breaks_policy: Annotated[
        Attested | None,
        Ask(
            "breaks_policy",
            "decider",
            _("does the posting break the policy?"),
            _("Did somebody judge that it goes against the policy?"),
        ),
    ] = None
    told: Annotated[
        Tri, Ask("told_to_take_down", "decider", _("whether the writer was told to take it down"))
    ] = None
    told_at: Instant | None = None
    reply_by: Instant | None = None
    gone: Tri = None

    @derived("told_to_take_down", "decider")
    def answer_due(self, _facts: Facts) -> Due:
        """By when the writer was told to say that it is gone, if any time was named."""
        return Due(instant=in_utc(self.reply_by)) if self.reply_by is not None else Due.none_promised()


POSTING_WITHDRAW = Situation(
    key="posting.withdraw",
    title=_("Somebody on the staff may have to take a posting down"),
    facts=PostingWithdraw,
    points=points("told_to_take_down"),
)
