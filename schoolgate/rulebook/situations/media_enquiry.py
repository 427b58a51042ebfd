"""A journalist, or anybody who asks for a comment to publish, gets in touch. What may be done, and by
whom?"""

from typing import Literal

from schoolgate.rulebook.facts import Act, Attested, Facts, Given, Instant, Person, Roles, Tri, derived, fact
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment
from schoolgate.rulebook.working_time import in_utc


def in_writing(advice: tuple[Given, ...] | None) -> tuple[Given, ...] | None:
    """What of it is in writing and names the text that is about to be sent."""
    return None if advice is None else tuple(one for one in advice if one.written and one.of_this_version)


@moment("media.enquiry", _("A journalist gets in touch"), "pass_on answer request_for_comment media_policy")
class MediaEnquiry(Act, asked_of="moderator"):
    """`act`: what `by` is about to do. `passed_to`: roles that already have the enquiry, at `passed_at`.

    `advice`: advice or approval on record; its `written` and `of_this_version` (naming the text about to be
    sent) say of what kind. `media_policy_steps`: somebody's word that the steps of the media policy were
    followed."""

    by: Person | None = fact(need="writer", of="office")
    act: Literal["pass_on", "answer"] | None = fact(
        _("whether you will answer it or pass it on"), need="media_act", of="writer"
    )
    received_at: Instant | None = fact(need="item_received_at")
    from_press: Tri = fact()
    about_posts: Tri = fact(_("whether it asks about posts"), _("Is it about what was posted?"))
    asks_for_comment: Tri = fact(_("whether it asks for a comment to be published"))
    passed_to: Roles | None = fact(_("to whom the enquiry was passed on"), of="writer")
    passed_at: Instant | None = None
    advice: tuple[Given, ...] | None = None
    media_policy_steps: Attested | None = fact(
        _("the steps of the media policy"), of="writer", say="media.policy_first"
    )

    @derived("item_received_at")
    def at_once(self, _facts: Facts) -> Due | None:
        """At once: when it came in."""
        return None if self.received_at is None else Due(instant=in_utc(self.received_at))

    @derived("press_advice", of="office")
    def advice_on_record(self, _facts: Facts) -> tuple[Given, ...] | None:
        """Advice and approval for an answer to the press."""
        return self.advice

    @derived("written_approval", of="office")
    def written_advice(self, _facts: Facts) -> tuple[Given, ...] | None:
        """That of it which is in writing and names this text."""
        return in_writing(self.advice)
