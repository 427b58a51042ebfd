"""A journalist, or anybody who asks for a comment to publish, gets in touch. What may be done, and by
whom?"""

from typing import Literal

from schoolgate.rulebook.facts import Attested, Facts, Given, Instant, Person, Roles, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class MediaEnquiry(Facts):
    """`act`: what `by` is about to do. `passed_to`: roles that already have the enquiry, at `passed_at`.

    `advice`: advice or approval on record; its `written` and `of_this_version` (naming the text about to be
    sent) say of what kind. `media_policy_steps`: somebody's word that the steps of the media policy were
    followed."""

    by: Person | None = None
    act: Literal["pass_on", "answer"] | None = None
    received_at: Instant | None = None
    from_press: Tri = None
    about_posts: Tri = None
    asks_for_comment: Tri = None
    passed_to: Roles | None = None
    passed_at: Instant | None = None
    advice: tuple[Given, ...] | None = None
    media_policy_steps: Attested | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


MEDIA_ENQUIRY = Situation(
    key="media.enquiry",
    title=gettext_noop("A journalist gets in touch"),
    facts=MediaEnquiry,
    points=points("pass_on answer request_for_comment media_policy"),
)
