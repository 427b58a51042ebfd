"""A comment hidden, removed and shown under each policy: what it asks, refuses, and wants afterwards."""

import itertools
from datetime import timedelta
from functools import partial
from types import SimpleNamespace

import pytest
from django.db import transaction

from schoolgate.accounts.models import Account
from schoolgate.core.errors import BadInput, NotAllowed, Refused
from schoolgate.core.leaving import WordsHeld
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import STILL_TO_DO, Duty
from schoolgate.inbox import moderating, seeing
from schoolgate.inbox.blocking import block_author, report_comment
from schoolgate.inbox.models import AuthorStep, Item, Moderation, Removal
from schoolgate.inbox.moderating import finish_removal, moderate
from schoolgate.inbox.removal_notices import PRESCRIBED, adopt_wording, prescribed_notice, send_notice
from schoolgate.inbox.replying import still_asked_of_removal
from schoolgate.networks.fake import FakeNetwork
from schoolgate.pupils.models import Pupil
from tests.cast import someone
from tests.inbox.test_five_policies import EACH, SAID, inbox, only
from tests.publishing.five_policies import PARTS

__all__ = ["inbox"]

ABUSE_OF_A_CHILD = {"may_show_abuse": True}
NO_ABUSE = {"may_show_abuse": False, "harmful": False}


@pytest.fixture
def work(inbox):
    """Steps of the federation's moderator on a comment, each taken to its end."""
    at_work, now = inbox.at_work, inbox.now

    def ask(how, *, by=None, because="improper", said=None) -> Moderation:
        item = seeing.item(inbox.item.pk)
        return moderate(
            by=by or at_work.answerer, at=now, item=item, how=how, because=because,
            version=item.version, said=said,
        )  # fmt: skip

    def go(how, *, network="bluesky", **given) -> Moderation:
        at_work.account.network = network
        at_work.account.save(update_fields=["network"])
        row = ask(how, **given)
        moderating.advance(
            at_work.federation.pk, row.pk, clock=lambda: now,
            connect=lambda _: FakeNetwork(at_work.server, like=network),
        )  # fmt: skip
        with scope(at_work.federation.pk):
            return seeing.moderation(row.pk)

    def refused(how, **given):
        with pytest.raises(Refused) as error:
            ask(how, **given)
        assert not Moderation.objects.filter(how=how).exists()
        return error.value.kept

    def finish(**given):
        return finish_removal(by=at_work.answerer, at=now, item=inbox.item, **given)

    return SimpleNamespace(go=go, refused=refused, finish=finish, inbox=inbox)


def owed():
    rows = Duty.objects.filter(kind="item.tell_readers", state__in=STILL_TO_DO)
    return [clause for duty in rows for clause in duty.clauses]


@EACH
def test_an_improper_comment_is_hidden(work):
    assert work.go("hidden").state == "confirmed"
    assert seeing.item(work.inbox.item.pk).kept_back == "hidden"


@EACH
def test_somebody_without_the_part_hides_nothing(work):
    with pytest.raises(NotAllowed):
        work.go("hidden", by=someone("Nobody"))
    assert seeing.item(work.inbox.item.pk).kept_back == ""


OWED_AFTER_A_REMOVAL = {
    "wildground": ["wildground-abuse-4", "wildground-abuse-3"],
    "llanidloes": ["llanidloes-offensive-5"],
}
"""What is left to do once a comment is gone; the other three want nothing, or only where somebody calls for
it."""


@EACH
def test_what_the_policy_wants_after_a_removal_is_its_moderators_duty(work):
    work.go("removed", network="noticeboard")
    assert owed() == OWED_AFTER_A_REMOVAL.get(work.inbox.at_work.key, [])


@EACH
def test_no_comment_goes_or_is_kept_from_being_shown_because_it_disagrees(work):
    Account.objects.filter(pk=work.inbox.at_work.account.pk).update(network="noticeboard")
    for how, shown in itertools.product(["hidden", "removed"], [True, False]):
        Item.objects.filter(pk=work.inbox.item.pk).update(released=shown)
        kept = work.refused(how, because="disagrees")
        assert (kept.points["other_views"], "house-7" in kept.clauses) == ("not_permitted", True)
    assert (seeing.item(work.inbox.item.pk).kept_back, Removal.objects.count()) == ("", 0)


@EACH
def test_nothing_is_asked_about_a_comment_that_disagrees(work):
    item, by, at = work.inbox.item, work.inbox.at_work.answerer, work.inbox.now
    asked = still_asked_of_removal(item, by=by, at=at, how="removed", reason="disagrees", said={})
    assert asked == []


@EACH
def test_no_author_is_blocked_and_no_comment_reported_because_it_disagrees(work):
    at_work, at = work.inbox.at_work, work.inbox.now
    given = {"by": at_work.answerer, "at": at, "item": work.inbox.item}
    for act in (partial(block_author, until=at.date() + timedelta(days=28)), report_comment):
        with pytest.raises(Refused) as error:
            act(because="disagrees", **given)
        assert error.value.kept.points["other_views"] == "not_permitted"
        assert not AuthorStep.objects.exists()
    report_comment(because="improper", **given)
    assert AuthorStep.objects.exists()


@only("llanidloes")
def test_nothing_goes_without_a_reason_from_the_policys_list(work):
    assert work.refused("hidden", because="other").points["reason_for_removal"] == "hold"


@only("llanidloes")
def test_the_policys_own_notice_speaks_of_offence_alone(work):
    work.go("removed", network="noticeboard", because="defamatory")
    with pytest.raises(Refused) as error:
        work.finish(notice="prescribed")
    assert error.value.kept.points["removal_notice"] == "refer"
    assert owed()
    work.finish(notice="own")
    assert not owed()


@only("llanidloes")
def test_for_an_offensive_comment_the_policys_own_notice_does(work):
    work.go("hidden")
    work.finish(notice="prescribed")
    assert not owed()


@only("llanidloes")
def test_the_policys_owner_adopts_the_notice_in_a_language_that_the_policy_does_not_give(work):
    at_work, at = work.inbox.at_work, work.inbox.now
    at_work.federation.languages = ["en", "cy"]
    at_work.federation.save(update_fields=["languages"])
    removal = Removal.objects.get(moderation=work.go("hidden"))
    given = {"at": at, "item": work.inbox.item, "words": "Tynnwyd y sylw hwn."}
    with pytest.raises(NotAllowed):
        adopt_wording(by=someone("Nia"), language="cy", **given)
    with pytest.raises(BadInput):
        adopt_wording(by=at_work.owner, language="en", **given)
    assert prescribed_notice(removal, by=at_work.answerer, at=at).missing == ("cy",)

    school = at_work.school
    Pupil.objects.create(school=school, key="O1", first_name="Osian", last_name="Prydderch")
    with pytest.raises(WordsHeld):  # `Door.NOTICE_WORDING`: everyone reads it below the post
        adopt_wording(by=at_work.owner, language="cy", **{**given, "words": "Sylw Osian Prydderch."})
    adopt_wording(by=at_work.owner, language="cy", **given)

    notice = prescribed_notice(removal, by=at_work.answerer, at=at)
    assert (notice.missing, notice.words["cy"]) == ((), "Tynnwyd y sylw hwn.")
    for language in ("en", "cy"):
        item = seeing.item(work.inbox.item.pk)
        sent = {
            "item": item,
            "wording": PRESCRIBED,
            "text": "",
            "version": item.version,
            "language": language,
        }
        with transaction.atomic():
            answer = send_notice(by=at_work.answerer, at=at, said=SAID, **sent)
            assert answer.text.startswith(notice.words[language])
            transaction.set_rollback(True)


def asked(work, because, **said):
    return still_asked_of_removal(
        work.inbox.item, by=work.inbox.at_work.answerer, at=work.inbox.now, how="hidden", reason=because,
        said=said,
    )  # fmt: skip


@EACH
def test_what_a_comment_may_show_is_asked_only_where_the_policy_needs_it(work):
    wanted = {"wootton": ["may_show_abuse"]}.get(work.inbox.at_work.key, [])
    assert asked(work, "child") == wanted
    assert asked(work, "child", may_show_abuse=False) == []


@only("wootton")
def test_what_endangers_a_child_waits_for_that_answer_and_goes_at_once(work):
    assert work.refused("hidden", because="child").points["kept_beforehand"] == "hold"
    assert work.go("hidden", because="child", said=NO_ABUSE).state == "confirmed"
    # On somebody else's platform, the platform is to be told.
    assert owed() == ["wootton-a5-14"]
    work.finish(number="R-1")
    assert not owed()


@only("wootton")
def test_what_may_show_the_abuse_of_a_child_goes_without_being_kept(work):
    row = work.go("hidden", because="child", said=ABUSE_OF_A_CHILD)
    assert row.state == "confirmed"


@only("wootton")
def test_what_a_colleague_found_against_a_comment_counts_when_another_would_show_it(work):
    work.go("hidden", network="noticeboard", because="hateful", said=NO_ABUSE)
    other = someone("Mo Moderates", PARTS["wootton"].answers)
    kept = work.refused("released", by=other)
    assert kept.points["never_let_through"] == "not_permitted"
    assert "wootton-a5-22" in kept.clauses


@only("wootton")
def test_who_chose_the_reason_by_a_slip_can_take_it_back(work):
    work.go("hidden", network="noticeboard", because="hateful", said=NO_ABUSE)
    item = work.inbox.at_work.server.comments
    (key,) = item
    assert work.go("released", network="noticeboard").how == "released"
    assert key in item
