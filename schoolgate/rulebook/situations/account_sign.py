"""A signature stands, or is about to stand, under the form for a site. Is it dated, and what does it
approve?"""

from typing import Literal

from schoolgate.rulebook.facts import Day, Facts, Name, Part, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points

Covered = Literal["aims", "content", "brand", "logo"]


class Signed(Part):
    """One signature. `role`: the policy's name of the part. `dated`: the day that stands beside it; `on`: the
    day on which it was really given, by the program's clock. `leaves_out`: what its signer wrote that it was
    not to cover. `aims_unchanged`, `content_unchanged`: whether the form still says what was signed."""

    role: Name
    by: Name
    dated: Day | None = None
    on: Day | None = None
    leaves_out: tuple[Covered, ...] = ()
    aims_unchanged: Tri = None
    content_unchanged: Tri = None


class AccountSign(Facts):
    """`signed`: all signatures of the form, each judged by itself. `by` looks at them or adds one."""

    by: Person | None = None
    signed: tuple[Signed, ...] | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


ACCOUNT_SIGN = Situation(
    key="account.sign",
    title=gettext_noop("The signatures under the form for a site"),
    facts=AccountSign,
    points=points("signature_dated signature_covers"),
)
