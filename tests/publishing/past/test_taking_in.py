"""Taking a download in: once, by whom it may be, of this account, piece by piece, and to be stopped."""

from __future__ import annotations

import itertools
import os
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from schoolgate.accounts.models import FormerAddress
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.models import LedgerRow
from schoolgate.core.moves import check_moves
from schoolgate.core.tenancy import scope
from schoolgate.core.vault import change_key
from schoolgate.jobs.hourly import past_imports as sweep
from schoolgate.networks.archives.port import OldPost, Owner
from schoolgate.networks.port import Ref
from schoolgate.publishing import past_import, past_posts
from schoolgate.publishing.models import (
    FILE_LASTS,
    PAST_MOVES,
    Delivery,
    PastImport,
    PastPost,
    PastState,
    PastWord,
    Whose,
)
from tests.cast import lose_second_steps
from tests.networks.archives import makers
from tests.networks.archives.makers import tweet
from tests.publishing.conftest import account_on
from tests.publishing.past.conftest import MADE_ON, archive


def test_posts_come_in_with_what_the_network_said_of_them(world):
    done = world.take(archive(tweet(7, "Côr on Friday", extended_entities={"media": [{}, {}]})))
    with scope(world.federation.pk):
        [post] = PastPost.objects.all()
    assert (done.state, done.taken, done.already) == (PastState.DONE, 1, 0)
    assert (post.key, post.text, post.pictures) == ("7", "Côr on Friday", 2)
    assert (post.address, post.words) == ("https://x.com/oakwood/status/7", " cor on friday ")
    assert (post.source_id, post.taken_at, post.account_id) == (done.pk, world.at, world.x.pk)


def test_the_same_file_twice_adds_nothing_and_a_newer_one_what_is_new(world):
    first = archive(tweet(1, "one"), tweet(2, "two"))
    assert world.take(first).taken == 2
    again = world.take(first)
    assert (again.taken, again.already) == (0, 2)
    later = world.take(archive(tweet(1, "one"), tweet(2, "two"), tweet(3, "three")))
    assert (later.taken, later.already, world.texts()) == (1, 2, ["one", "two", "three"])


def test_a_post_changed_on_its_network_is_here_in_both_forms(world):
    world.take(archive(tweet(1, "Sports day is on Friday")))
    world.take(archive(tweet(1, "Sports day is on Monday")))
    assert sorted(world.texts()) == ["Sports day is on Friday", "Sports day is on Monday"]


def test_what_went_out_through_schoolgate_is_left_out(world, started_on):
    started_on(world, "https://twitter.com/oakwood_old/status/5", "by us")
    done = world.take(archive(tweet(5, "by us"), tweet(6, "by hand")))
    assert (world.texts(), done.left_out) == (["by hand"], {"ours": 1})


@pytest.fixture
def started_on():
    """Somebody put a post out by hand through Schoolgate, and pasted this address."""

    def make(world, address, text):
        from schoolgate.publishing.models import Post

        with scope(world.federation.pk):
            post = Post.objects.create(
                school=world.school, author=world.amina, state_at=world.at, created_at=world.at
            )
            Delivery.objects.create(
                post=post, account=world.x, text=text, intent_key="k", state="confirmed", by_hand=True,
                written_at=world.at, state_at=world.at, receipt=Ref("x", address, address).to_json(),
            )  # fmt: skip

    return make


def test_where_a_download_has_no_addresses_the_same_words_at_that_time_are_ours(world):
    known = past_import.Ours(texts={" sports day ": [world.at]})
    post = OldPost("facebook:1:x", world.at + timedelta(hours=47), "Sports day!")
    assert known.has(post)
    assert not known.has(replace(post, written_at=world.at + timedelta(hours=49)))
    assert not known.has(replace(post, text="Sports week"))
    assert not known.has(replace(post, text="", written_at=world.at))


def test_the_file_goes_once_it_was_read_and_the_posts_once_they_are_in(world):
    pk = world.bring(archive(tweet(1, "a secret word")))
    assert world.files() == [".posts"]
    lying = next(iter(world.lying())).read_bytes()
    assert b"secret" not in lying
    world.confirm(pk)
    past_import.take(world.federation.pk, pk, clock=lambda: world.at)
    assert world.files() == []


def test_the_record_names_numbers_and_nobodys_words(world):
    world.take(archive(tweet(1, "a secret word")))
    with scope(world.federation.pk):
        rows = [row for row in LedgerRow.objects.order_by("number") if row.event.startswith("past.")]
    assert [row.event for row in rows] == ["past.brought", "past.confirmed", "past.taken_in"]
    assert not any(b"secret" in bytes(row.stored) for row in rows)


# --- Who, and whose--


def test_only_who_leads_the_account_or_opens_accounts_there_brings_a_download(world):
    for somebody in (world.amina, world.dan):
        with pytest.raises(NotAllowed):
            world.bring(archive(tweet(1, "x")), by=somebody)


def test_somebody_elses_download_is_not_there(world):
    pk = world.bring(archive(tweet(1, "x")))
    with scope(world.federation.pk), pytest.raises(NotFound):
        past_posts.import_for(world.dan, pk, on=local_day(world.at))


@pytest.mark.parametrize("fields", [{"state": "waiting", "opened_at": None, "opened_by": None}, {}])
def test_only_for_accounts_on_the_register_of_networks_that_are_read(world, fields):
    with scope(world.federation.pk):
        network = "facebook" if fields else "tiktok"
        other = account_on(
            network, world.school, world.at, name="Other", address="https://x.com/other", **fields
        )
        with pytest.raises(NotNow):
            past_posts.check_takes_downloads(other)
        past_posts.check_takes_downloads(world.x)


@pytest.mark.parametrize(
    ("owner", "known", "whose"),
    [
        (Owner(handle="Oakwood"), (), Whose.SAME),
        (Owner(address="http://www.twitter.com/oakwood/"), (), Whose.SAME),
        (Owner(handle="oakwood_old"), (), Whose.SAME),
        (Owner(id="42", handle="renamed"), ("42",), Whose.SAME),
        (Owner(id="43", handle="renamed"), ("42",), Whose.OTHER),
        (Owner(handle="somebody"), (), Whose.OTHER),
        (Owner(), (), Whose.NOT_TOLD),
        (Owner(id="42"), (), Whose.NOT_TOLD),
        (Owner(id="did:plc:abc", address="https://bsky.app/profile/did:plc:abc"), (), Whose.NOT_TOLD),
    ],
)
def test_whose_a_download_is(world, owner, known, whose):
    with scope(world.federation.pk):
        FormerAddress.objects.create(account=world.x, handle="oakwood_old", until=world.at)
        assert past_posts.whose(world.x, owner, known=known) == whose


def test_another_accounts_download_comes_in_only_with_a_reason(world):
    pk = world.bring(archive(tweet(1, "x"), handle="oakwood_primary"))
    assert world.read(pk).whose == Whose.OTHER
    with pytest.raises(BadInput) as refused:
        world.confirm(pk)
    assert list(refused.value.fields) == ["because"]
    world.confirm(pk, because="We were called that until March.")
    assert world.read(pk).whose_because == "We were called that until March."


def test_the_database_refuses_another_accounts_download_without_a_reason(world):
    pk = world.bring(archive(tweet(1, "x"), handle="oakwood_primary"))
    with scope(world.federation.pk), pytest.raises(IntegrityError), transaction.atomic():
        PastImport.objects.filter(pk=pk).update(
            confirmed_at=world.at, confirmed_by=world.ben, made_on=MADE_ON
        )


@pytest.mark.parametrize(
    ("made_on", "good"),
    [
        (date(2024, 5, 5), False),
        (date(2024, 5, 6), True),
        (date(2027, 1, 19), True),
        (date(2027, 1, 20), False),
    ],
)
def test_the_day_it_was_made_lies_between_its_newest_post_and_today(world, made_on, good):
    pk = world.bring(archive(tweet(1, "x")))
    if good:
        world.confirm(pk, made_on=made_on)
    else:
        with pytest.raises(BadInput):
            world.confirm(pk, made_on=made_on)


# --- Trouble----


@pytest.mark.parametrize(
    ("content", "because"),
    [
        (b"\xff\xd8 a picture", "not_known"),
        (makers.zip_of({"posts/your_posts_1.html": "<html>"}), "html"),
        (archive(tweet(1, "x"))[:200], "broken"),
        (makers.facebook(makers.status("x")).encode(), "other_network:facebook"),
        (archive(tweet(1, "RT @pat: x")), "no_posts"),
    ],
)
def test_a_file_that_is_no_use_is_told_and_nothing_is_left_of_it(world, content, because):
    pk = world.bring(content)
    brought = world.read(pk)
    assert (brought.state, brought.because, world.files()) == (PastState.UNREADABLE, because, [])
    with pytest.raises(NotNow):
        world.confirm(pk)


def test_half_a_download_is_not_taken_in_although_its_first_posts_are_sound(world, many):
    whole = makers.tweets(*(tweet(n + 1, f"Post {n}") for n in range(3000))).encode()
    world.bring(whole[: len(whole) - 100])
    assert (world.texts(), world.files()) == ([], [])


def test_a_killed_taking_in_goes_on_where_it_was_without_doubles(world, many):
    pk = world.bring(many(1200))
    world.confirm(pk)
    killed = itertools.count()

    def dies(done, of):
        if next(killed) == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        past_import.take(world.federation.pk, pk, clock=lambda: world.at, says=dies)
    assert (world.read(pk).done, world.read(pk).taken) == (2, 1000)
    past_import.take(world.federation.pk, pk, clock=lambda: world.at)
    assert (world.read(pk).state, world.read(pk).taken, len(set(world.texts()))) == ("done", 1200, 1200)


def test_a_piece_that_is_tried_twice_comes_in_once(world, many):
    pk = world.bring(many(10))
    world.confirm(pk)
    posts = list(past_import.read_posts(world.read(pk).file, federation_id=world.federation.pk))
    with scope(world.federation.pk):
        told = [
            past_import.take_piece(at=world.at, pk=pk, number=0, posts=posts[0], ours=past_import.Ours())
            for _ in range(2)
        ]
        words = PastWord.objects.count()
    assert (told, len(world.texts()), words) == (
        [True, False],
        10,
        sum(len(t.split()) for t in world.texts()),
    )


def test_a_taking_in_can_be_stopped_and_gone_on_with(world, many):
    pk = world.bring(many(1200))
    world.confirm(pk)

    def stop(done, of):
        with scope(world.federation.pk):
            past_import.stop_taking_in(by=world.ben, at=world.at, brought=PastImport.objects.get(pk=pk))

    past_import.take(world.federation.pk, pk, clock=lambda: world.at, says=stop)
    assert (world.read(pk).state, world.read(pk).taken) == ("stopped", 500)
    with scope(world.federation.pk):
        past_import.go_on(by=world.ben, at=world.at, brought=PastImport.objects.get(pk=pk))
    past_import.take(world.federation.pk, pk, clock=lambda: world.at)
    assert (world.read(pk).state, len(world.texts())) == ("done", 1200)


def test_posts_that_wait_open_with_another_key_of_the_vault(world, many):
    pk = world.bring(many(1200))
    world.confirm(pk)
    lose_second_steps()
    told = change_key(lambda told: None, wait=lambda: None)
    assert (told.cannot, told.dropped, world.files()) == ([], 1, [".posts"])
    past_import.take(world.federation.pk, pk, clock=lambda: world.at)
    assert (world.read(pk).state, len(world.texts())) == ("done", 1200)


def test_posts_that_no_key_opens_are_named_and_keep_the_old_keys(world):
    pk = world.bring(archive(tweet(1, "x")))
    file = next(iter(world.lying()))
    file.write_text("nonsense\n")
    lose_second_steps()
    told = change_key(lambda told: None, wait=lambda: None)
    assert (told.cannot, told.dropped) == ([f"posts {world.read(pk).file}"], 0)
    assert file.read_text() == "nonsense\n"


def test_posts_that_are_gone_from_the_disk_stop_it_and_say_so(world, many):
    pk = world.bring(many(10))
    world.confirm(pk)
    past_import.remove(world.read(pk).file, federation_id=world.federation.pk)
    past_import.take(world.federation.pk, pk, clock=lambda: world.at)
    assert (world.read(pk).state, world.read(pk).because) == ("stopped", "gone")


def test_a_full_disk_is_told_before_anything_is_written(world, monkeypatch):
    used = type("Usage", (), {"free": 1000})
    monkeypatch.setattr(past_import.shutil, "disk_usage", lambda _place: used)
    with pytest.raises(past_import.NoRoom):
        world.bring(archive(tweet(1, "x")))
    assert world.files() == []


def test_a_name_from_elsewhere_reaches_no_other_file(world):
    for name in ("../../keys/vault", "", "A" * 24, "/etc/passwd"):
        with pytest.raises(FileNotFoundError):
            past_import.download(name, federation_id=world.federation.pk)


def test_work_on_a_download_refuses_to_run_inside_a_transaction(world):
    with scope(world.federation.pk):
        for work in (past_import.read, past_import.take):
            with pytest.raises(RuntimeError):
                work(world.federation.pk, 1, clock=lambda: world.at)


@pytest.mark.parametrize(
    ("after", "state"), [(FILE_LASTS - timedelta(seconds=1), "found"), (FILE_LASTS, "lapsed")]
)
def test_a_download_that_nobody_confirms_lapses_in_a_day(world, after, state):
    pk = world.bring(archive(tweet(1, "x")))
    sweep(world.at + after)
    assert (world.read(pk).state, world.files()) == (state, [".posts"] if state == "found" else [])


def test_files_without_a_download_go_and_a_young_one_stays(world):
    with (world.folder / "x").open("wb+") as file:
        past_import.keep_download(file, 0, federation_id=world.federation.pk)
    for path in world.lying():
        os.utime(path, (world.at.timestamp(), world.at.timestamp()))
    sweep(world.at + timedelta(minutes=50))
    assert world.files() == [".download"]
    sweep(world.at + timedelta(minutes=70))
    assert world.files() == []


def test_dropping_takes_nothing_and_removes_the_file(world):
    pk = world.bring(archive(tweet(1, "x")))
    with scope(world.federation.pk):
        past_import.drop_download(by=world.ben, at=world.at, brought=PastImport.objects.get(pk=pk))
    assert (world.read(pk).state, world.texts()) == ("dropped", [])


def test_the_moves_lead_from_a_start_to_an_end():
    check_moves(PastState, PAST_MOVES)
