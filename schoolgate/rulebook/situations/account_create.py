"""An account is set up and entered in the register. As what, under whose name, and on what paper?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Facts, Name, Part, Tri, derived
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points

FormState = Literal["none", "draft", "complete", "approved"]


class Practice(Part):
    """One thing that is to be in place for a teaching account, by its name in the list.

    `in_place`: what is on record of it. `worded_as_advice`: the policy's own sentence for it says
    "should"."""

    name: Name
    in_place: Annotated[
        Tri,
        Ask(
            "practice",
            "applicant",
            gettext_noop("whether all that is asked of a teaching account is in place"),
        ),
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
        Ask("account_kind", "applicant", gettext_noop("which kind of account it is"), say="create.no_kind"),
    ] = None
    teaching: Annotated[Tri, Ask("kind", "applicant")] = None
    login_address: Annotated[
        Literal["school", "other"] | None,
        Ask(
            "login_address",
            "applicant",
            gettext_noop("on whose e-mail address it hangs"),
            gettext_noop("On whose e-mail address would it hang?"),
        ),
    ] = None
    practices: Annotated[
        tuple[Practice, ...] | None,
        Ask("practices", "applicant", gettext_noop("what is in place for the account")),
    ] = None
    person_named: Annotated[
        str | None, Ask("person_named", "applicant", gettext_noop("whose name or post the profile bears"))
    ] = None
    run_by: Annotated[Name | None, Ask("run_by", "applicant")] = None
    speaks_for_school: Annotated[
        Tri,
        Ask(
            "speaks_for_school",
            "applicant",
            gettext_noop("whether it is done in the school's name"),
            gettext_noop("Is what is done there done in the school's name?"),
        ),
    ] = None
    form: Annotated[
        FormState | None,
        Ask(
            "form",
            "applicant",
            gettext_noop("how far the form has come"),
            gettext_noop("How far has the form for it come?"),
        ),
    ] = None
    terms_broken: Annotated[
        tuple[Name, ...] | None,
        Ask("terms_broken", "applicant", gettext_noop("whether it breaks any of the platform's own terms")),
    ] = None

    @derived("practices", "applicant")
    def practices_missing(self, _facts: Facts) -> tuple[str, ...] | None:
        """The names of those that are not in place."""
        if self.practices is None:
            return None
        return tuple(one.name for one in self.practices if one.in_place is False)


ACCOUNT_CREATE = Situation(
    key="account.create",
    title=gettext_noop("An account is set up and entered in the register"),
    facts=AccountCreate,
    points=points(
        """
        account_kind login_address all_practices impersonation form_approved form_filled_in platform_terms
        """
    ),
)
