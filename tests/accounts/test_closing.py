"""An account's end: told, archived, gone from its network, closed; each step by somebody, in its order."""

import io
import json
import zipfile
from datetime import timedelta

import pytest

from schoolgate.accounts import archiving
from schoolgate.accounts.closing import (
    ask_for_archive,
    begin_closing,
    call_off_closing,
    finish_closing,
    note_archive_taken,
    note_followers_told,
    note_page_gone,
    save_ending,
)
from schoolgate.accounts.models import Account, Archive, Closing
from schoolgate.accounts.watching import watch_accounts
from schoolgate.core import files
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.inbox.models import Item, ItemVersion
from schoolgate.media.models import Picture
from schoolgate.policy.adopting import adopt
from schoolgate.publishing.models import Delivery, Post
from schoolgate.publishing.post_parts import frozen_picture
from tests.accounts.test_looking_in import looked_after, owed  # noqa: F401 - a fixture
from tests.accounts.watched import open_account_of
from tests.cast import someone

DAY = timedelta(days=1)


@pytest.fixture
def cast(looked_after, at):  # noqa: F811
    return looked_after("wildground", "administrator-moderator")


def ready(archive: Archive, at) -> None:
    Archive.objects.filter(pk=archive.pk).update(state="ready", digest="0" * 64, state_at=at)


def closing_of(account: Account) -> Closing:
    return Closing.objects.select_related("account", "archive").get(account=account, state="under_way")


def test_step_by_step_to_the_end_and_it_can_be_gone_on_with(cast, at):
    begun = begin_closing(account=cast.account, by=cast.amina, at=at)
    assert begin_closing(account=cast.account, by=cast.bryn, at=at) == begun
    save_ending(
        closing=begun, by=cast.amina, at=at, closes_on=at.date(), who="Amina", content="It stays.",
        followers="We close. Thank you!",
    )  # fmt: skip

    for step in (note_page_gone, finish_closing):
        with pytest.raises(NotNow):
            step(closing=closing_of(cast.account), by=cast.amina, at=at)
    note_followers_told(closing=closing_of(cast.account), by=cast.amina, at=at)
    archive = ask_for_archive(account=cast.account, by=cast.amina, at=at)
    assert ask_for_archive(account=cast.account, by=cast.bryn, at=at) == archive
    with pytest.raises(NotNow, match="isn’t ready"):
        note_page_gone(closing=closing_of(cast.account), by=cast.amina, at=at)
    ready(archive, at)
    with pytest.raises(NotNow, match="No one has confirmed yet"):
        finish_closing(closing=closing_of(cast.account), by=cast.amina, at=at)
    note_page_gone(closing=closing_of(cast.account), by=cast.bryn, at=at)
    finish_closing(closing=closing_of(cast.account), by=cast.bryn, at=at)

    closed = Account.objects.get(pk=cast.account.pk)
    assert (closed.state, closed.vault_ref) == ("closed", None)
    found = Closing.objects.get()
    assert (found.state, found.told_by, found.shut_by, found.closed_by) == (
        "finished", cast.amina, cast.bryn, cast.bryn,
    )  # fmt: skip


def test_followers_cannot_have_been_told_nothing(cast, at):
    with pytest.raises(BadInput):
        note_followers_told(
            closing=begin_closing(account=cast.account, by=cast.amina, at=at), by=cast.amina, at=at
        )


def test_a_closing_that_is_called_off_leaves_the_account_as_it_is(cast, at):
    call_off_closing(closing=begin_closing(account=cast.account, by=cast.amina, at=at), by=cast.amina, at=at)
    assert Account.objects.get(pk=cast.account.pk).state == "open"
    assert begin_closing(account=cast.account, by=cast.amina, at=at).state == "under_way"


def test_who_does_not_lead_it_neither_closes_it_nor_takes_its_file(cast, at):
    stranger = someone("Cai Rees", "staff")
    with pytest.raises(NotAllowed):
        begin_closing(account=cast.account, by=stranger, at=at)
    archive = ask_for_archive(account=cast.account, by=cast.amina, at=at)
    ready(archive, at)
    with pytest.raises(NotAllowed):
        note_archive_taken(archive=Archive.objects.get(), by=stranger, at=at)
    note_archive_taken(archive=Archive.objects.get(), by=cast.amina, at=at)


def test_the_day_that_the_proposal_set_for_the_end_is_reminded_of(looked_after, at):  # noqa: F811
    cast = looked_after("wootton", "site-author")
    answers = {"closure_date": (at.date() + 40 * DAY).isoformat(), "ending.who_closes_it": "The office"}
    site = open_account_of(cast.school, cast.amina, opened_at=at - DAY, name="Garden", answers=answers)
    watch_accounts(at=at + 9 * DAY)
    assert "accounts.close" not in owed(site)
    watch_accounts(at=at + 10 * DAY)
    assert "accounts.close" in owed(site)

    closing = begin_closing(account=site, by=cast.amina, at=at + 10 * DAY)

    assert (closing.who, closing.closes_on) == ("The office", at.date() + 40 * DAY)
    watch_accounts(at=at + 11 * DAY)
    assert owed(site) == []


def test_the_file_has_posts_comments_and_pictures_and_no_private_message(
    own_database, home, make_federation, at
):
    federation = make_federation()
    picture = files.keep(b"\x89PNG", "image/png", federation_id=federation.pk)
    with scope(federation.pk):
        school = School.objects.create(name="North", slug="north")
        amina = someone("Amina Khan", "administrator-moderator")
        adopt(by=someone("Sian Parry", "slt"), at=at)
        account = open_account_of(school, amina, opened_at=at - DAY, name="<Year 4>")
        for number in range(3):
            post = Post.objects.create(
                school=school, author=amina, state="published", state_at=at, created_at=at,
            )  # fmt: skip
            shown = Picture.objects.create(
                school=school, digest=picture.digest, media_type="image/png", width=1, height=1, size=4,
                added_by=amina, added_at=at, alt="A tree",
            )  # fmt: skip
            Delivery.objects.create(
                post=post, account=account, text=f"<b>Post {number}</b>", intent_key=f"k{number}",
                written_at=at, state="confirmed", state_at=at, pictures=[frozen_picture(shown)],
            )  # fmt: skip
        for number, private in enumerate((False, True)):
            item = Item.objects.create(
                account=account, school=school, network_id=str(number), ref={}, received_at=at,
                private=private,
                first_seen_at=at, state_at=at, due_words="no_rule", version="1", author_name="A parent",
            )  # fmt: skip
            ItemVersion.objects.create(item=item, number=1, version="1", text=f"Words {number}", seen_at=at)
        archive = ask_for_archive(account=account, by=amina, at=at)

    archiving.make(federation.pk, archive.pk, clock=lambda: at)
    archiving.make(federation.pk, archive.pk, clock=lambda: at)  # twice harms nobody

    with scope(federation.pk):
        made = Archive.objects.get()
        content = files.read(made.digest)
    assert (made.state, made.posts, made.comments, made.pictures) == ("ready", 3, 1, 1)
    assert (made.done, made.total, made.size) == (4, 4, len(content))
    bundle = zipfile.ZipFile(io.BytesIO(content))
    assert sorted(bundle.namelist()) == [
        "archive.json", "index.html", f"pictures/{picture.digest[:16]}.png",
    ]  # fmt: skip
    told = json.loads(bundle.read("archive.json"))
    assert [one["text"] for one in told["posts"]] == [f"<b>Post {number}</b>" for number in range(3)]
    assert [one["texts"] for one in told["comments"]] == [["Words 0"]]
    page = bundle.read("index.html").decode()
    assert "&lt;b&gt;Post 0&lt;/b&gt;" in page
    assert "Words 1" not in page


def test_an_archive_is_not_made_inside_a_transaction(cast, at):
    archive = ask_for_archive(account=cast.account, by=cast.amina, at=at)
    with pytest.raises(RuntimeError):
        archiving.make(cast.account.federation_id, archive.pk, clock=lambda: at)
