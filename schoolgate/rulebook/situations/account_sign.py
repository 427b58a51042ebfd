"""A signature stands, or is about to stand, under the form for a site. Is it dated, and what does it
approve?"""

from typing import Any, Literal

from schoolgate.rulebook.facts import Act, Day, Facts, Name, Part, Tri, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment

Covered = Literal["aims", "content", "brand", "logo"]


class Signed(Part, asked_of="office"):
    """One signature. `role`: the policy's name of the part. `dated`: the day that stands beside it; `on`: the
    day on which it was really given, by the program's clock. `leaves_out`: what its signer wrote that it was
    not to cover. `aims_unchanged`, `content_unchanged`: whether the form still says what was signed."""

    role: Name
    by: Name
    dated: Day | None = None
    on: Day | None = fact(_("the day on which it was really signed"), need="signed_on")
    leaves_out: tuple[Covered, ...] = ()
    aims_unchanged: Tri = fact(_("whether the form still says what was signed"), need="form_unchanged")
    content_unchanged: Tri = fact(need="form_unchanged")

    @derived("signature_date", _("the day of signing"))
    def has_day(self, _facts: Facts) -> bool:
        """Whether a day stands beside it."""
        return self.dated is not None

    @derived("signed_on")
    def dated_truly(self, _facts: Facts) -> bool | None:
        """Whether it was given on the day that stands beside it."""
        return None if self.on is None or self.dated is None else self.dated == self.on

    @derived("signature_date")
    def dated_later(self, facts: Any) -> tuple[Name, ...]:
        """The parts whose signatures bear a later day than this one."""
        day = self.dated
        if day is None:
            return ()
        return tuple(one.role for one in facts.signed or () if one.dated is not None and one.dated > day)


@moment("account.sign", _("The signatures under the form for a site"), "signature_dated signature_covers")
class AccountSign(Act, asked_of="office"):
    """`signed`: all signatures of the form, each judged by itself. `by` looks at them or adds one."""

    signed: tuple[Signed, ...] | None = fact(need="signatures")
