"""An account is looked back on: what came of its aims, and who has done what."""

from schoolgate.rulebook.facts import Attested, Day, Facts, Name, Part, Person, Roles, Whole
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class Contributor(Part):
    """Somebody with a part in the account, and how many posts of the time looked at are theirs."""

    key: Name
    roles: Roles = ()
    posts: Whole | None = None


class AccountEvaluated(Facts):
    """`school`: whose account it is. `evaluation_date`: the day set for judging it; `aims`: how many aims
    it has, `results`: for how many of them a result is entered. `serves_aims`: somebody's answer whether
    it still serves them. `contributors`: everybody with a part in it."""

    by: Person | None = None
    school: Name | None = None
    evaluation_date: Day | None = None
    aims: Whole | None = None
    results: Whole | None = None
    serves_aims: Attested | None = None
    contributors: tuple[Contributor, ...] | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


ACCOUNT_EVALUATED = Situation(
    key="account.evaluated",
    title=gettext_noop("An account is looked back on"),
    facts=AccountEvaluated,
    points=points("contributing to_the_point aims_met pupils_pride"),
)
