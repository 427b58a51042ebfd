"""A comment waits to be let through. May others read it?"""

from typing import Annotated

from schoolgate.rulebook.facts import Act, Ask, Facts, Tri, derived
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.judged import Fault, Judged


class CommentAdmit(Act):
    """`by` is about to let it through. `judged`: what a person found it to be, empty where nothing against
    it, None where nobody has looked. `from_friend`: of a friend of the site."""

    from_friend: Annotated[
        Tri,
        Ask(
            "from_friend",
            "moderator",
            gettext_noop("whether it comes from a friend of the site"),
            gettext_noop("Is it from a friend of the site?"),
        ),
    ] = None
    judged: Annotated[
        tuple[Judged, ...] | None,
        Ask("judged_by_person", "moderator", gettext_noop("somebody's judgement of it as it stands")),
    ] = None

    @derived("judged_by_person", "moderator")
    def faults(self, _facts: Facts) -> tuple[Fault, ...] | None:
        """What it was found to be, as it stands now; None where nobody has looked at it as it is."""
        if self.judged is None:
            return None
        of_now = tuple(one.what for one in self.judged if one.of_this_version is True)
        return of_now if of_now or not self.judged else None


COMMENT_ADMIT = Situation(
    key="comment.admit",
    title=gettext_noop("A comment is about to be let through"),
    facts=CommentAdmit,
    points=points("let_through friends_let_through never_let_through"),
)
