"""A comment waits to be let through. May others read it?"""

from schoolgate.rulebook.facts import Facts, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.judged import Judged


class CommentAdmit(Facts):
    """`by` is about to let it through. `judged`: what a person found it to be, empty where nothing against
    it, None where nobody has looked. `from_friend`: of a friend of the site."""

    by: Person | None = None
    from_friend: Tri = None
    judged: tuple[Judged, ...] | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


COMMENT_ADMIT = Situation(
    key="comment.admit",
    title=gettext_noop("A comment is about to be let through"),
    facts=CommentAdmit,
    points=points("let_through friends_let_through never_let_through"),
)
