"""A posting of somebody on the staff is held to break the policy. Can they be told to take it down?"""

from schoolgate.rulebook.facts import Attested, Facts, Instant, Person, Tri, derived, fact
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment
from schoolgate.rulebook.working_time import in_utc


@moment("posting.withdraw", _("Somebody on the staff may have to take a posting down"), "told_to_take_down")
class PostingWithdraw(Facts, asked_of="decider"):
    """`writer`: whose posting it is. `breaks_policy`: somebody's judgment. `told`: the writer was told to
    take it down, at `told_at`; `reply_by`: by when they were to say that it is gone, None where no time was
    named; `gone`: it is no longer there."""

    writer: Person | None = None
    breaks_policy: Attested | None = fact(
        _("does the posting break the policy?"), _("Did somebody judge that it goes against the policy?")
    )
    told: Tri = fact(_("whether the writer was told to take it down"), need="told_to_take_down")
    told_at: Instant | None = None
    reply_by: Instant | None = None
    gone: Tri = None

    @derived("told_to_take_down")
    def answer_due(self, _facts: Facts) -> Due:
        """By when the writer was told to say that it is gone, if any time was named."""
        return Due(instant=in_utc(self.reply_by)) if self.reply_by is not None else Due.none_promised()
