"""What people with that right download together has nothing of what had to go for a child's consent or
someone's safety, also where no one chose the child; and a file from before is not given out after."""

from __future__ import annotations

from datetime import timedelta

import pytest

from schoolgate.accounts import closing
from schoolgate.accounts.closing import ask_for_archive, note_archive_taken
from schoolgate.accounts.models import Archive
from schoolgate.core.errors import NotNow
from schoolgate.networks.handshake import Intent
from schoolgate.publishing import queries
from schoolgate.publishing.archive import Posts, Search, export_posts
from schoolgate.publishing.models import Delivery, PastImport, PastPost, PastToGo, Post
from schoolgate.publishing.past_posts import PastPosts
from schoolgate.publishing.starting import begin_sending
from schoolgate.publishing.taking_down import take_down
from schoolgate.publishing.withdrawn import list_withdrawn
from schoolgate.pupils.answering import withdraw
from tests.guarantees.test_withheld import CHANGES, _approved, agree, here, shows  # noqa: F401 - fixtures

MINUTE = timedelta(minutes=1)


@pytest.fixture
def live(here, at, shows):  # noqa: F811
    """`live(0, ava)`: a post with that photograph, live on Bluesky."""

    def publish(*args, **more):
        (copy,) = begin_sending(at=at, post=_approved(here, at, shows(*args, **more)))
        Delivery.objects.filter(pk=copy.pk).update(
            state=Intent.CONFIRMED, sent_at=at, receipt={"network": "bluesky", "id": str(copy.pk)}
        )
        return queries.delivery(copy.pk)

    return publish


def say_no(here, at):  # noqa: F811
    agree(here, at, here.ava, answer="refused")
    list_withdrawn(at=at, withdrawal=withdraw(at=at, pupil=here.ava, cause="answer", uses=["picture"]))


def in_the_archive(account):
    """By post, the words and the files that the account's archive has."""
    return {
        part.data["number"]: (part.data["text"], len(part.pictures))
        for _pk, part in Posts().parts(account, after=0, limit=99)
    }


def in_the_download(here, at):  # noqa: F811
    return {row.post.pk: len(row.pictures) for row in export_posts(by=here.ben, at=at, search=Search())}


def test_a_download_has_no_picture_that_is_like_a_withdrawn_one_whoever_was_chosen(here, at, shows):  # noqa: F811
    agree(here, at, here.ava)
    chosen, unchosen, other = shows(0, here.ava), shows(0, change=CHANGES["smaller"]), shows(1)
    assert in_the_download(here, at) == {chosen.pk: 1, unchosen.pk: 1, other.pk: 1}
    say_no(here, at)
    assert in_the_download(here, at) == {chosen.pk: 0, unchosen.pk: 0, other.pk: 1}


def test_a_download_has_no_picture_that_was_taken_down_for_safety(here, at, live):  # noqa: F811
    copy, other = live(0), live(1)
    take_down(by=here.ben, at=at, post=queries.post(copy.post_id), reason="safety")
    assert in_the_download(here, at) == {copy.post_id: 0, other.post_id: 1}


@pytest.mark.parametrize("reason", ["a parent’s no", "safety", "mistake"])
def test_an_accounts_archive_has_nothing_of_what_had_to_go_and_an_earlier_one_is_not_given_out(
    here, at, live, reason  # noqa: F811
):  # fmt: skip
    agree(here, at, here.ava)
    copy, other = live(0, here.ava), live(1)
    archive = ask_for_archive(account=here.bluesky, by=here.sam, at=at)
    Archive.objects.filter(pk=archive.pk).update(state="ready", digest="0" * 64, state_at=at)
    archive = Archive.objects.get()
    note_archive_taken(archive=archive, by=here.sam, at=at + MINUTE)
    before = in_the_archive(here.bluesky)
    assert [files for _text, files in before.values()] == [1, 1]

    later = at + timedelta(hours=1)
    if reason == "a parent’s no":
        say_no(here, later)
    else:
        take_down(by=here.ben, at=later, post=queries.post(copy.post_id), reason=reason)
    if reason == "mistake":
        assert in_the_archive(here.bluesky) == before
        note_archive_taken(archive=archive, by=here.sam, at=later + MINUTE)
        return
    assert in_the_archive(here.bluesky) == {copy.post_id: ("", 0), other.post_id: before[other.post_id]}
    with pytest.raises(NotNow, match="out of date"):
        note_archive_taken(archive=archive, by=here.sam, at=later + MINUTE)
    assert not closing.withheld(here.bluesky, since=later + MINUTE), "a new one is given"


def test_an_archive_has_no_words_of_an_earlier_post_that_names_a_pupil_who_may_not_be_named(here, at):  # noqa: F811
    source = PastImport.objects.create(
        account=here.bluesky, by=here.sam, at=at, content="0" * 64, size=1, state_at=at, heard_at=at
    )
    past = PastPost.objects.create(
        account=here.bluesky,
        source=source,
        key="1",
        version="v",
        at=at,
        taken_at=at,
        text="Well done Ava Thomas.",
    )
    assert not PastPosts().withheld(here.bluesky, since=at)
    PastToGo.objects.create(account=here.bluesky, post=past, pupil=here.ava, at=at, due_at=at)
    ((_pk, part),) = PastPosts().parts(here.bluesky, after=0, limit=9)
    assert (part.data["text"], part.data["left_out"]) == ("", True)
    assert PastPosts().withheld(here.bluesky, since=at)
    PastToGo.objects.update(said="nothing", said_by=here.sam, said_at=at)
    assert PastPosts().parts(here.bluesky, after=0, limit=9)[0][1].data["text"] == "", (
        "no one has checked yet"
    )
    PastToGo.objects.update(looked_by=here.ben, looked_at=at)
    assert PastPosts().parts(here.bluesky, after=0, limit=9)[0][1].data["text"] == "Well done Ava Thomas."


def test_a_download_has_no_draft_that_only_the_leads_read(here, at, shows):  # noqa: F811
    """Such as one with the name of a child on the do-not-publish list, which Ben didn't write."""
    kept, other = shows(0), shows(1)
    assert set(in_the_download(here, at)) == {kept.pk, other.pk}
    Post.objects.filter(pk=kept.pk).update(leads_only=True)
    assert set(in_the_download(here, at)) == {other.pk}
