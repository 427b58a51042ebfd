"""What each policy says about looking at a comment: read in time, its author's name, rudeness."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from schoolgate.accounts.before_opening import save_setup
from schoolgate.core.errors import BadInput
from schoolgate.duties.models import STILL_TO_DO, Duty
from schoolgate.inbox import judged, seeing
from schoolgate.inbox.ingesting import ingest
from schoolgate.inbox.judging import judge
from schoolgate.inbox.models import Item
from schoolgate.inbox.pasting import paste_in
from schoolgate.inbox.replying import close_item
from schoolgate.networks.port import Author, IncomingItem, Ref
from schoolgate.policy.choices import choose_time
from schoolgate.policy.models import DecisionRecord
from tests.cast import someone
from tests.inbox.test_five_policies import inbox, only

__all__ = ["inbox"]
HOUR = timedelta(hours=1)


@pytest.fixture
def work(inbox):
    """`came("text")`: a new comment on the school's own site; `found(...)`: a judgement of the moderator."""
    at_work, now = inbox.at_work, inbox.now

    def own_site(network="noticeboard"):
        at_work.account.network = network
        at_work.account.save(update_fields=["network"])

    def came(text="Lovely.", *, key="n1", at=now) -> Item:
        ref = Ref("noticeboard", key, "", "v1")
        each = IncomingItem(
            network="noticeboard",
            ref=ref,
            author=Author("a", "a", "A"),
            text=text,
            created_at=at,
            attachments=(),
            visibility="public",
        )
        ingest(at=at, account=at_work.account, items=[each])
        return seeing.item(Item.objects.get(network_id=key).pk)

    def found(item=None, because="nothing", **more):
        item = seeing.item((item or inbox.item).pk)
        also = {name: more.pop(name) for name in judged.ALSO if name in more}
        row = judge(
            by=at_work.answerer, at=now, item=item, because=because, version=item.version,
            also={"rude": "no", **also}, **{"relation": "staff", **more},
        )  # fmt: skip
        kept = DecisionRecord.objects.filter(situation="item.look").order_by("-id").first()
        return row, kept

    def chosen(number=4):
        choose_time(
            by=at_work.owner, at=now - HOUR, what="read", number=number, unit="hours",
            from_day=(now - HOUR).date(),
        )  # fmt: skip

    return SimpleNamespace(
        own_site=own_site, came=came, found=found, chosen=chosen, at_work=at_work, now=now, item=inbox.item
    )


def reads():
    return list(Duty.objects.filter(kind="item.read", state__in=STILL_TO_DO))


# --- Read in the chosen time -------------------------------------------------------------------------------


@only("wootton")
def test_a_comment_on_the_schools_own_site_is_read_within_the_time_that_the_federation_chose(work):
    work.own_site()
    work.chosen(4)
    item = work.came()
    (duty,) = reads()
    assert (duty.due_at, duty.clauses) == (work.now + 4 * HOUR, ["wootton-a5-7"])
    work.found(item)
    assert not reads()


@only("wootton")
def test_closing_it_has_read_it_too(work):
    work.own_site()
    work.chosen()
    close_item(by=work.at_work.answerer, at=work.now, item=work.came(), reason="spam")
    assert not reads()


@only("wootton")
def test_without_a_chosen_time_elsewhere_and_for_what_a_person_brought_in_no_time_runs(work):
    work.own_site()
    work.came(key="n0")
    assert not reads()
    work.chosen()
    paste_in(
        by=work.at_work.answerer,
        at=work.now,
        account=work.at_work.account,
        text="Hi",
        appeared_at=work.now,
        private=False,
    )
    assert not reads()
    work.own_site("bluesky")
    work.came(key="n2")
    assert not reads()


@only("learn-to-live")
def test_a_policy_without_that_rule_runs_no_such_time(work):
    work.own_site()
    work.came()
    assert not reads()


# --- The author's name -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("named", "known"), [("yes", True), ("no", False), ("", None)])
@only("boroughbridge")
def test_an_author_without_a_real_name_is_known_as_such_only_once_a_person_says_so(work, named, known):
    row, kept = work.found(named=named)
    assert row.named is known
    assert (kept.points["writer_unnamed"] == "silent") is (known is None)
    assert ("boroughbridge-behaviour-14" in kept.clauses) is (known is not None)


@only("boroughbridge")
def test_what_was_said_of_the_name_stays_when_the_comment_is_judged_again(work):
    work.found(named="no")
    row, _kept = work.found(because="improper")
    assert row.named is False


# --- Rudeness ----------------------------------------------------------------------------------------------


@only("learn-to-live")
def test_a_colleagues_rude_comment_is_against_the_policy_and_a_polite_one_is_not(work):
    row, kept = work.found(rude="yes")
    assert row.rude is True
    assert kept.points["rudeness"] == "not_permitted"
    _row, kept = work.found(rude="no")
    assert kept.points["rudeness"] == "permitted"


@only("learn-to-live")
@pytest.mark.parametrize("relation", ["staff", "governor", "volunteer"])
def test_of_a_colleagues_comment_it_must_be_said_whether_it_is_rude(work, relation):
    with pytest.raises(BadInput) as error:
        work.found(relation=relation, rude="")
    assert list(error.value.fields) == ["rude"]


@only("learn-to-live")
def test_of_a_parents_comment_it_need_not_be_said(work):
    row, kept = work.found(relation="parent", rude="")
    assert row.rude is None
    assert kept.points["rudeness"] == "silent"


@only("wildground")
def test_a_policy_without_that_rule_asks_nothing(work):
    row, _kept = work.found(rude="")
    assert row.rude is None


# --- Bullying ----------------------------------------------------------------------------------------------


def _for_pupils(work):
    """Answer that the account is made for pupils."""
    account = work.at_work.account
    save_setup(
        account=account, by=someone("Sian Sets", "administrator"), at=work.now, handle=account.handle,
        address=account.address, contact=account.contact, answers={"made_for_pupils": True},
        asked=["made_for_pupils"],
    )  # fmt: skip


@only("wootton")
def test_a_bullying_comment_on_a_site_made_for_pupils_reaches_the_clause_on_bullying(work):
    _for_pupils(work)
    _row, kept = work.found(because="bullying", relation="pupil")
    assert "wootton-a2-8" in kept.clauses
    assert kept.points["kept_back_for_risk"] == "permitted"


@only("wootton")
@pytest.mark.parametrize("because", ["improper", "hateful", "nothing"])
def test_another_fault_or_none_does_not_reach_the_clause_on_bullying(work, because):
    _for_pupils(work)
    _row, kept = work.found(because=because, relation="pupil")
    assert "wootton-a2-8" not in kept.clauses


@only("wootton")
def test_bullying_on_a_site_for_adults_does_not_reach_the_clause_on_young_people(work):
    _row, kept = work.found(because="bullying", relation="parent")
    assert "wootton-a2-8" not in kept.clauses


@only("boroughbridge")
@pytest.mark.parametrize(("because", "point"), [("bullying", "hold"), ("spam", "silent")])
def test_a_bullying_comment_has_to_be_acted_on_where_the_policy_says_so(work, because, point):
    _row, kept = work.found(because=because, relation="pupil", rude="")
    assert kept.points["acted_on"] == point
    assert ({"boroughbridge-monitoring-7", "boroughbridge-monitoring-8"} <= set(kept.clauses)) is (
        point == "hold"
    )
