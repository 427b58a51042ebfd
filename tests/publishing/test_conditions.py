"""What an approval asks for or bars is asked of each post, where a policy knows such things."""

import pytest

from schoolgate.accounts.models import Condition, Proposal
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, Refused
from schoolgate.policy.models import DecisionRecord
from schoolgate.publishing.approving import submit_post
from schoolgate.publishing.drafting import TargetText, draft_post, edit_post
from schoolgate.publishing.rules import (
    conditions_of_post,
    keep_use,
    problems_of,
    say_of_conditions,
    still_to_say,
)
from schoolgate.rulebook import book
from tests.accounts.conftest import at_federation  # noqa: F401 - five federations
from tests.cast import someone, someone_leads
from tests.publishing.conftest import ANSWERS, account_on


def writers_role(key):
    return next(role.key for role in book(key).roles if "write_post" in role.capacities)


@pytest.fixture
def stage(request, at_federation, at, home):  # noqa: F811
    """A post on an account whose approval asks for something and bars something."""
    key = getattr(request, "param", "wootton")
    with at_federation(key) as cast:
        someone_leads()
        cast.ann = someone("Ann Field", writers_role(key))
        owner = someone("Mo Opener")
        proposal = Proposal.objects.create(by=cast.ann, started_at=at, saved_at=at)
        cast.account = account_on(
            "facebook", cast.school, at, proposal=proposal, opened_by=owner, pupils_in_audience=False
        )
        given = {"proposal": proposal, "by": cast.owner, "at": at}
        cast.asks = Condition.objects.create(type="requirement", words="Two pairs of eyes on film.", **given)
        cast.bars = Condition.objects.create(type="restriction", words="No live film.", **given)
        cast.post = draft_post(
            by=cast.ann, at=at, school=cast.school, answers=ANSWERS,
            targets=[TargetText(cast.account, "Sports day.")],
        )  # fmt: skip
        cast.on = local_day(at)
        yield cast


def outcomes(stage, at):
    return [(kept.outcome, sorted(kept.clauses)) for kept in keep_use(stage.post, at=at)]


def say(stage, at, asks, bars, **more):
    given = {"by": stage.ann, "post": stage.post, "said": {stage.asks.pk: asks, stage.bars.pk: bars}}
    say_of_conditions(at=at, **given | more)


def test_a_post_waits_until_its_author_has_said_so_of_each_condition(stage, at):
    assert set(problems_of(stage.post, on=stage.on)) == {"conditions"}
    with pytest.raises(BadInput):
        submit_post(by=stage.ann, at=at, post=stage.post)
    assert [outcome for outcome, _clauses in outcomes(stage, at)] == ["hold"]
    with pytest.raises(BadInput) as told:
        say(stage, at, (True, None), (None, None))
    assert set(told.value.fields) == {f"fulfilled-{stage.asks.pk}", f"touched-{stage.bars.pk}"}
    say(stage, at, (True, True), (False, None))
    assert problems_of(stage.post, on=stage.on) == {}
    assert outcomes(stage, at) == [("permitted", ["wootton-business-3"])]
    assert DecisionRecord.objects.filter(situation="account.use").exists()


def test_what_is_barred_is_refused_and_what_is_asked_for_is_waited_for(stage, at):
    say(stage, at, (False, None), (True, None))
    assert [outcome for outcome, _clauses in outcomes(stage, at)] == ["not_permitted"]
    with pytest.raises(Refused) as refused:
        submit_post(by=stage.ann, at=at, post=stage.post)
    assert refused.value.kept.points["approvals_limits"] == "not_permitted"
    say(stage, at, (True, False), (False, None))
    assert [outcome for outcome, _clauses in outcomes(stage, at)] == ["hold"]


def test_a_word_counts_for_the_text_of_which_it_was_given(stage, at):
    say(stage, at, (False, None), (False, None))
    assert still_to_say(stage.post, on=stage.on) == []
    post = edit_post(
        by=stage.ann, at=at, post=stage.post, version=stage.post.version, answers=ANSWERS, pictures=(),
        planned_at=None,
        targets=[TargetText(stage.account, "Sports day, live on film.")],
    )  # fmt: skip
    assert still_to_say(post, on=stage.on) == [stage.asks, stage.bars]
    stage.bars.ended_at, stage.bars.ended_by = at, stage.owner
    stage.bars.save()
    assert still_to_say(post, on=stage.on) == [stage.asks]


def test_only_the_author_says_it(stage, at):
    with pytest.raises(NotAllowed):
        say(stage, at, (False, None), (False, None), by=someone("Eve Other", writers_role("wootton")))


@pytest.mark.parametrize("stage", ["wildground"], indirect=True)
def test_a_policy_that_attaches_nothing_to_its_yes_asks_nothing(stage, at):
    assert conditions_of_post(stage.post, on=stage.on) == []
    assert problems_of(stage.post, on=stage.on) == {}
    with pytest.raises(NotFound):
        say(stage, at, (False, None), (False, None))
