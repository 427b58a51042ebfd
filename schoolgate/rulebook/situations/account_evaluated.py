"""An account is looked back on: what came of its aims, and who has done what."""

from schoolgate.rulebook.facts import Act, Attested, Day, Facts, Name, Part, Roles, Whole, derived, fact
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


class Contributor(Part, asked_of="office"):
    """Somebody with a part in the account, and how many posts of the time looked at are theirs."""

    key: Name
    roles: Roles = ()
    posts: Whole | None = fact(_("how many posts are this person's"), need="posts_by_person")

    @derived("posts_by_person")
    def wrote(self, _facts: Facts) -> bool | None:
        """Whether any post is theirs."""
        return None if self.posts is None else self.posts > 0


@moment(
    "account.evaluated", _("An account is looked back on"), "contributing to_the_point aims_met pupils_pride"
)
class AccountEvaluated(Act, asked_of="applicant"):
    """`school`: whose account it is. `evaluation_date`: the day set for judging it; `aims`: how many aims
    it has, `results`: for how many of them a result is entered. `serves_aims`: somebody's answer whether
    it still serves them. `contributors`: everybody with a part in it."""

    school: Name | None = fact(of="office")
    evaluation_date: Day | None = fact(_("Day on which its success is judged"))
    aims: Whole | None = fact(
        _("how many aims there are and how many have a result"), need="aims_and_results"
    )
    results: Whole | None = fact(need="aims_and_results")
    serves_aims: Attested | None = fact(
        _("does the site still serve its aims?"), of="answering_manager", say="evaluated.serves_aims_open"
    )
    contributors: tuple[Contributor, ...] | None = fact(
        _("who has a part in the account"), need="contributors_of_account", of="office"
    )

    @derived("evaluation_date")
    def results_due(self, _facts: Facts) -> Due | None:
        """By when there has to be a result for each aim."""
        return None if self.evaluation_date is None else Due(day=self.evaluation_date)
