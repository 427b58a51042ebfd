"""An account is set up and entered in the register. As what, under whose name, and on what paper?"""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Name, Part, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points

FormState = Literal["none", "draft", "complete", "approved"]


class Practice(Part):
    """One thing that is to be in place for a teaching account, by its name in the list.

    `in_place`: what is on record of it. `worded_as_advice`: the policy's own sentence for it says
    "should"."""

    name: Name
    in_place: Tri = None
    worded_as_advice: Tri = None


class AccountCreate(Facts):
    """`registered_as`: the kind chosen for the entry. `teaching`: pupils are to be taught through it.

    `login_address`: whose e-mail address it hangs on. `person_named`: the key of the person whose name or
    post its profile bears, "" for none; `run_by`: the key of the person who is to run it.
    `speaks_for_school`: what is done there is done in the school's name. `form`: how far the form for it
    has come. `terms_broken`: which of the platform's own terms somebody found it to break, empty where
    none."""

    by: Person | None = None
    registered_as: Literal["school-sanctioned", "personal"] | None = None
    teaching: Tri = None
    login_address: Literal["school", "other"] | None = None
    practices: tuple[Practice, ...] | None = None
    person_named: str | None = None
    run_by: Name | None = None
    speaks_for_school: Tri = None
    form: FormState | None = None
    terms_broken: tuple[Name, ...] | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


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
