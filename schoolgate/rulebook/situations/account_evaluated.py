"""An account is looked back on: what came of its aims, and who has done what."""

from typing import Annotated

from schoolgate.rulebook.facts import Act, Ask, Attested, Day, Facts, Name, Part, Roles, Whole, derived
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Situation, points


class Contributor(Part):
    """Somebody with a part in the account, and how many posts of the time looked at are theirs."""

    key: Name
    roles: Roles = ()
    posts: Annotated[
        Whole | None, Ask("posts_by_person", "office", _("how many posts are this person's"))
    ] = None

    @derived("posts_by_person", "office")
    def wrote(self, _facts: Facts) -> bool | None:
        """Whether any post is theirs."""
        return None if self.posts is None else self.posts > 0


class AccountEvaluated(Act):
    """`school`: whose account it is. `evaluation_date`: the day set for judging it; `aims`: how many aims
    it has, `results`: for how many of them a result is entered. `serves_aims`: somebody's answer whether
    it still serves them. `contributors`: everybody with a part in it."""

    school: Annotated[Name | None, Ask("school", "office")] = None
    evaluation_date: Annotated[
        Day | None, Ask("evaluation_date", "applicant", _("Day on which its success is judged"))
    ] = None
    aims: Annotated[
        Whole | None,
        Ask("aims_and_results", "applicant", _("how many aims there are and how many have a result")),
    ] = None
    results: Annotated[Whole | None, Ask("aims_and_results", "applicant")] = None
    serves_aims: Annotated[
        Attested | None,
        Ask(
            "serves_aims",
            "answering_manager",
            _("does the site still serve its aims?"),
            say="evaluated.serves_aims_open",
        ),
    ] = None
    contributors: Annotated[
        tuple[Contributor, ...] | None,
        Ask("contributors_of_account", "office", _("who has a part in the account")),
    ] = None

    @derived("evaluation_date", "applicant")
    def results_due(self, _facts: Facts) -> Due | None:
        """By when there has to be a result for each aim."""
        return None if self.evaluation_date is None else Due(day=self.evaluation_date)


ACCOUNT_EVALUATED = Situation(
    key="account.evaluated",
    title=_("An account is looked back on"),
    facts=AccountEvaluated,
    points=points("contributing to_the_point aims_met pupils_pride"),
)
