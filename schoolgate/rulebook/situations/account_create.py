"""An account is set up and entered in the register. As what, under whose name, and on what paper?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Facts, Name, Part, Tri, derived
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Situation, points

FormState = Literal["none", "draft", "complete", "approved"]


class Practice(Part):
    """One thing that is to be in place for a teaching account, by its name in the list.

    `in_place`: what is on record of it. `worded_as_advice`: the policy's own sentence for it says
    "should"."""

    name: Name
    in_place: Annotated[
        Tri, Ask("practice", "applicant", _("whether all that is asked of a teaching account is in place"))
    ] = None
    worded_as_advice: Annotated[Tri, Ask("practice", "applicant")] = None


class AccountCreate(Act):
    """`registered_as`: the kind chosen for the entry. `teaching`: pupils are to be taught through it.

    `login_address`: whose e-mail address it hangs on. `person_named`: the key of the person whose name or
    post its profile bears, "" for none; `run_by`: the key of the person who is to run it.
    `speaks_for_school`: what is done there is done in the school's name. `form`: how far the form for it
    has come. `terms_broken`: which of the platform's own terms somebody found it to break, empty where
    none."""

    registered_as: Annotated[
        Literal["school-sanctioned", "personal"] | None,
        Ask("account_kind", "applicant", _("which kind of account it is"), say="create.no_kind"),
    ] = None
    teaching: Annotated[Tri, Ask("kind", "applicant", _("what kind of account it is"))] = None
    login_address: Annotated[
        Literal["school", "other"] | None,
        Ask(
            "login_address",
            "applicant",
            _("on whose e-mail address it hangs"),
            _("On whose e-mail address would it hang?"),
        ),
    ] = None
    practices: Annotated[
        tuple[Practice, ...] | None, Ask("practices", "applicant", _("what is in place for the account"))
    ] = None
    person_named: Annotated[
        str | None, Ask("person_named", "applicant", _("whose name or post the profile bears"))
    ] = None
    run_by: Annotated[Name | None, Ask("run_by", "applicant", _("People who will look after it"))] = None
    speaks_for_school: Annotated[
        Tri,
        Ask(
            "speaks_for_school",
            "applicant",
            _("whether it is done in the school's name"),
            _("Is what is done there done in the school's name?"),
        ),
    ] = None
    form: Annotated[
        FormState | None,
        Ask("form", "applicant", _("how far the form has come"), _("How far has the form for it come?")),
    ] = None
    terms_broken: Annotated[
        tuple[Name, ...] | None,
        Ask("terms_broken", "applicant", _("whether it breaks any of the platform's own terms")),
    ] = None

    @derived("practices", "applicant")
    def practices_missing(self, _facts: Facts) -> tuple[str, ...] | None:
        """The names of those that are not in place."""
        if self.practices is None:
            return None
        return tuple(one.name for one in self.practices if one.in_place is False)


ACCOUNT_CREATE = Situation(
    key="account.create",
    title=_("An account is set up and entered in the register"),
    facts=AccountCreate,
    points=points(
        """
        account_kind login_address all_practices impersonation form_approved form_filled_in platform_terms
        """
    ),
)
