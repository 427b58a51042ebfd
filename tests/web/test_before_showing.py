"""What a moderator reads of the policy before they show a comment."""

import pytest

from schoolgate.inbox.models import Item
from schoolgate.rulebook import book
from schoolgate.web.inbox.sight_wording import before_showing
from tests.rulebook.test_clauses_said_elsewhere import policy

BANS = {"remove_within": "Abusive comments must be removed within 24 hours."}
SPEAKS = "We do not allow comments about matters between the school and one family."


@pytest.fixture
def item():
    return Item(why=[["complaint", "complaint", 0, 5]])


def words_before(item, own):
    return [one.words for one in before_showing(item, own).clauses]


def test_an_own_policys_rule_on_what_is_removed_is_read_before_a_comment_is_shown(item):
    own = policy(area="moderation", section="5 Comments", **BANS)
    assert words_before(item, own) == [BANS["remove_within"]]


def test_a_clause_without_a_rule_that_bans_comments_is_read_before_one_is_shown(item):
    found = policy(area="moderation", section="5 Comments", remove_within=SPEAKS, in_full=False)
    assert SPEAKS in words_before(item, found)


def test_what_a_policy_says_of_other_things_isnt_read_there(item):
    passwords = "Passwords are kept in a safe place."
    assert words_before(item, policy(area="accounts", section="3 Accounts", passwords=passwords)) == []


@pytest.mark.parametrize(("why", "is_open"), [([], False), ([["praise", "thanks", 0, 4]], False),
                                              ([["abuse", "insult", 0, 4]], True)])  # fmt: skip
def test_they_lie_open_where_the_comment_may_be_of_that_kind(why, is_open):
    assert before_showing(Item(why=why), book("wootton")).is_open is is_open


@pytest.mark.parametrize(
    ("key", "begins"),
    [("wootton", "wootton-a5-"), ("llanidloes", "llanidloes-offensive-"), ("wildground", "wildground-abuse-"),
     ("learn-to-live", "learn-to-live-sanctioned-")],
)  # fmt: skip
def test_each_policy_that_bans_comments_shows_its_own_clauses_and_no_others(item, key, begins):
    found = [one.id for one in before_showing(item, book(key)).clauses]
    assert any(one.startswith(begins) for one in found)
    assert all(one.startswith(f"{key}-") for one in found)
