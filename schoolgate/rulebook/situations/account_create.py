"""An account is set up and entered in the register. As what, under whose name, and on what paper?"""

from typing import Literal

from schoolgate.rulebook.facts import Act, Facts, Name, Part, Tri, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment

FormState = Literal["none", "draft", "complete", "approved"]


class Practice(Part, asked_of="applicant"):
    """One thing that is to be in place for a teaching account, by its name in the list.

    `in_place`: what is on record of it. `worded_as_advice`: the policy's own sentence for it says
    "should"."""

    name: Name
    in_place: Tri = fact(_("whether all that is asked of a teaching account is in place"), need="practice")
    worded_as_advice: Tri = fact(need="practice")


@moment(
    "account.create",
    _("An account is set up and entered in the register"),
    "account_kind login_address all_practices impersonation form_approved form_filled_in platform_terms",
)
class AccountCreate(Act, asked_of="applicant"):
    """`registered_as`: the kind chosen for the entry. `teaching`: pupils are to be taught through it.

    `login_address`: whose e-mail address it hangs on. `person_named`: the key of the person whose name or
    post its profile bears, "" for none; `run_by`: the key of the person who is to run it.
    `speaks_for_school`: what is done there is done in the school's name. `form`: how far the form for it
    has come. `terms_broken`: which of the platform's own terms somebody found it to break, empty where
    none."""

    registered_as: Literal["school-sanctioned", "personal"] | None = fact(
        _("which kind of account it is"), need="account_kind", say="create.no_kind"
    )
    teaching: Tri = fact(_("what kind of account it is"), need="kind")
    login_address: Literal["school", "other"] | None = fact(
        _("on whose e-mail address it hangs"), _("On whose e-mail address would it hang?")
    )
    practices: tuple[Practice, ...] | None = fact(_("what is in place for the account"))
    person_named: str | None = fact(_("whose name or post the profile bears"))
    run_by: Name | None = fact(_("People who will look after it"))
    speaks_for_school: Tri = fact(
        _("whether it is done in the school's name"), _("Is what is done there done in the school's name?")
    )
    form: FormState | None = fact(_("how far the form has come"), _("How far has the form for it come?"))
    terms_broken: tuple[Name, ...] | None = fact(_("whether it breaks any of the platform's own terms"))

    @derived("practices")
    def practices_missing(self, _facts: Facts) -> tuple[str, ...] | None:
        """The names of those that are not in place."""
        if self.practices is None:
            return None
        return tuple(one.name for one in self.practices if one.in_place is False)
