"""Somebody wants to search for, watch or list a private account of somebody else."""

from typing import Literal

from schoolgate.rulebook.facts import Act, Facts, Tri, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


@moment("personal.watch", _("Watching somebody's private account"), "private_life")
class PersonalWatch(Act, asked_of="watching_person", prefix="own_"):
    """`by` wants to do it: to search for the account again and again, or to put it on a list. `refers`,
    `affects`: whether the account names the school or has an effect on it."""

    act: Literal["watch", "list"] | None = fact(
        _("whether the account is to be watched or put on a list"), _("What is about to be done?")
    )
    refers: Tri = fact(question=_("Does that account name the school?"))
    affects: Tri = fact(question=_("Does that account have an effect on the school?"))

    @derived("own_refers_or_affects")
    def touches(self, _facts: Facts) -> bool | None:
        """Whether the account names the school or has an effect on it."""
        found = (self.refers, self.affects)
        return True if True in found else None if None in found else False
