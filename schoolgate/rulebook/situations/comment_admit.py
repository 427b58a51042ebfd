"""A comment waits to be let through. May others read it?"""

from schoolgate.rulebook.facts import Act, Facts, Tri, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment
from schoolgate.rulebook.situations.judged import Fault, Judged


@moment(
    "comment.admit",
    _("A comment is about to be let through"),
    "let_through friends_let_through never_let_through",
)
class CommentAdmit(Act, asked_of="moderator"):
    """`by` is about to let it through. `judged`: what a person found it to be, empty where nothing against
    it, None where nobody has looked. `from_friend`: of a friend of the site."""

    from_friend: Tri = fact(
        _("whether it comes from a friend of the site"), _("Is it from a friend of the site?")
    )
    judged: tuple[Judged, ...] | None = fact(
        _("somebody's judgement of it as it stands"), need="judged_by_person"
    )

    @derived("judged_by_person")
    def faults(self, _facts: Facts) -> tuple[Fault, ...] | None:
        """What it was found to be, as it stands now; None where nobody has looked at it as it is."""
        if self.judged is None:
            return None
        of_now = tuple(one.what for one in self.judged if one.of_this_version is True)
        return of_now if of_now or not self.judged else None
