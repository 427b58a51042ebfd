"""A journalist, or anybody who asks for a comment to publish, gets in touch. What may be done, and by
whom?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Attested, Facts, Given, Instant, Person, Roles, Tri, derived
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.working_time import in_utc


def in_writing(advice: tuple[Given, ...] | None) -> tuple[Given, ...] | None:
    """What of it is in writing and names the text that is about to be sent."""
    return None if advice is None else tuple(one for one in advice if one.written and one.of_this_version)


class MediaEnquiry(Act):
    """`act`: what `by` is about to do. `passed_to`: roles that already have the enquiry, at `passed_at`.

    `advice`: advice or approval on record; its `written` and `of_this_version` (naming the text about to be
    sent) say of what kind. `media_policy_steps`: somebody's word that the steps of the media policy were
    followed."""

    by: Annotated[Person | None, Ask("writer", "office")] = None
    act: Annotated[
        Literal["pass_on", "answer"] | None,
        Ask("media_act", "writer", gettext_noop("whether you will answer it or pass it on")),
    ] = None
    received_at: Annotated[Instant | None, Ask("item_received_at", "moderator")] = None
    from_press: Annotated[Tri, Ask("from_press", "moderator")] = None
    about_posts: Annotated[
        Tri,
        Ask(
            "about_posts",
            "moderator",
            gettext_noop("whether it asks about posts"),
            gettext_noop("Is it about what was posted?"),
        ),
    ] = None
    asks_for_comment: Annotated[
        Tri,
        Ask("asks_for_comment", "moderator", gettext_noop("whether it asks for a comment to be published")),
    ] = None
    passed_to: Annotated[
        Roles | None, Ask("passed_to", "writer", gettext_noop("to whom the enquiry was passed on"))
    ] = None
    passed_at: Instant | None = None
    advice: tuple[Given, ...] | None = None
    media_policy_steps: Annotated[
        Attested | None,
        Ask(
            "media_policy_steps",
            "writer",
            gettext_noop("the steps of the media policy"),
            say="media.policy_first",
        ),
    ] = None

    @derived("item_received_at", "moderator")
    def at_once(self, _facts: Facts) -> Due | None:
        """At once: when it came in."""
        return None if self.received_at is None else Due(instant=in_utc(self.received_at))

    @derived("press_advice", "office")
    def advice_on_record(self, _facts: Facts) -> tuple[Given, ...] | None:
        """Advice and approval for an answer to the press."""
        return self.advice

    @derived("written_approval", "office")
    def written_advice(self, _facts: Facts) -> tuple[Given, ...] | None:
        """That of it which is in writing and names this text."""
        return in_writing(self.advice)


MEDIA_ENQUIRY = Situation(
    key="media.enquiry",
    title=gettext_noop("A journalist gets in touch"),
    facts=MediaEnquiry,
    points=points("pass_on answer request_for_comment media_policy"),
)
