"""A run that dies at any step, two people at once, another federation, a restored installation."""

import threading
from datetime import timedelta
from functools import partial
from types import SimpleNamespace

import pytest
from django.db import connection, connections

from schoolgate.core import holds, retention
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.core.ledger import verify
from schoolgate.core.models import Destruction, Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.inbox.models import Item, ItemVersion
from schoolgate.inbox.retention import Comments
from schoolgate.jobs.daily import records as run
from schoolgate.publishing.models import Post
from schoolgate.records import destroying, setting
from schoolgate.records.destroying import erase_one, hold_thing
from schoolgate.reports.after_restore import release
from tests.conftest import recorded
from tests.records import made
from tests.records.conftest import CLOSED, kind
from tests.records.living import Living
from tests.records.test_destroying import DUE
from tests.restored import restore_here
from tests.worlds import enter_federation, world

ERASE = partial(erase_one, because="asked", words="Her mother asked.")
BAN = partial(hold_thing, because="claim")


class Killed(BaseException):
    """The process was killed."""


@world()
def alive(at):
    """One federation whose transactions commit."""
    return SimpleNamespace(life=Living(enter_federation(), at))


@world(alive)
def three_are_due(before, at):
    """Three comments were closed in it, and their destruction was started."""
    for number in range(3):
        before.life.closed(f"c{number}")
    before.life.start()
    return before


@pytest.fixture
def life(own_database, in_world, at, request):
    return in_world(three_are_due if "due" in request.fixturenames else alive, at).life


@pytest.fixture
def due():
    """A test asks for this where three comments are due."""


def left(life):
    """Texts, certificates and things in them, and events, as another process would find them."""
    with scope(life.federation.pk):
        certificates = list(Destruction.objects.values_list("number", flat=True))
        events = [row.event for row in recorded()].count("records.destroyed")
        return ItemVersion.objects.count(), sorted(certificates, reverse=True), events


@pytest.mark.parametrize("step", ["certificate", "half of the rows", "the record", "after the piece"])
def test_killed_at_any_step_the_next_run_does_the_rest_and_nothing_counts_twice(life, due, monkeypatch, step):
    monkeypatch.setattr(destroying, "AT_ONCE", 2)

    def killed(*_args, **_named):
        raise Killed

    with monkeypatch.context() as patch:
        if step == "certificate":
            patch.setattr(Comments, "destroy", killed)
        elif step == "half of the rows":
            patch.setattr("schoolgate.inbox.retention._empty", killed)
        elif step == "the record":
            patch.setattr(destroying, "record", killed)
        else:
            real, done = Comments.still_needed, []

            def second(self, pks):
                if done:
                    raise Killed
                done.append(pks)
                return real(self, pks)

            patch.setattr(Comments, "still_needed", second)
        with pytest.raises(Killed):
            life.sweep(DUE)

    through = step == "after the piece"
    assert left(life) == ((1, [2], 1) if through else (3, [], 0))
    life.sweep(DUE)
    assert left(life) == (0, [2, 1], 2)
    assert life.sweep(DUE) == 0
    assert verify(life.federation.pk).sound


def test_a_run_killed_with_half_of_it_gone_leaves_all_of_it_and_the_next_does_the_rest(life, monkeypatch):
    """Of every declared kind: its parts are gone and its certificate is written as the process dies."""
    lead_of(life)
    who = SimpleNamespace(by=life.sam, school=life.account.school, account=life.account)
    for key, make in made.MAKERS.items():
        with scope(life.federation.pk):
            make(who, CLOSED)
            setting.start(by=life.sam, at=life.at, kind=kind(key), months=kind(key).months, seen=None)
            before = rows_of(key)
        after = CLOSED.replace(year=CLOSED.year + kind(key).months // 12)
        with monkeypatch.context() as patch:
            real = retention.Declared.destroy

            def killed(self, pks, *, at, real=real):
                real(self, pks, at=at)
                raise Killed

            patch.setattr(retention.Declared, "destroy", killed)
            with pytest.raises(Killed):
                life.sweep(after)
        with scope(life.federation.pk):
            assert rows_of(key) == before
            assert not Destruction.objects.filter(kind=key).exists()
        assert life.sweep(after) >= 1
        with scope(life.federation.pk):
            assert Destruction.objects.get(kind=key).number == 1
            setting.stop(by=life.sam, at=life.at, kind=kind(key))  # or each sweep looks at all before it
    assert verify(life.federation.pk).sound


def a_post(life):
    """A post that may be erased or banned; its number."""
    with scope(life.federation.pk):
        return made.post(
            SimpleNamespace(by=life.sam, school=life.account.school, account=life.account), CLOSED
        ).pk


def first_and_meanwhile(life, pk, first, meanwhile, refused):
    """Ban or erase a post, and try the other elsewhere before the first is saved; what that one hears."""
    heard = []

    def do(act):
        act(by=life.sam, at=CLOSED, kind=kind("posts"), pk=pk)

    def try_it():
        with scope(life.federation.pk):
            try:
                do(meanwhile)
            except refused as error:
                heard.append(error)

    with scope(life.federation.pk):
        do(first)
        other = elsewhere(try_it)
        other.join(0.7)
        assert other.is_alive()  # it waits for the first
    other.join(30)
    return heard


def test_a_ban_and_an_erasure_of_a_post_at_once_never_both_count(life):
    pk = a_post(life)
    assert len(first_and_meanwhile(life, pk, BAN, ERASE, NotNow)) == 1
    with scope(life.federation.pk):
        assert Post.objects.get(pk=pk).text == made.WORDS


def test_a_ban_that_comes_while_a_post_is_being_erased_hears_that_it_is_gone(life):
    pk = a_post(life)
    assert len(first_and_meanwhile(life, pk, ERASE, BAN, NotFound)) == 1
    with scope(life.federation.pk):
        assert not holds.is_held(f"publishing.post:{pk}")
        assert Post.objects.get(pk=pk).text != made.WORDS


def lead_of(life):
    """Make Sam the safeguarding lead."""
    with scope(life.federation.pk):
        Safeguarder.objects.create(place="lead", person_id=life.sam.pk, since=life.at)


def rows_of(key):
    """What is in each table that a kind takes rows from or empties, beyond their readers too."""
    row = kind(key).row
    with retention.beyond_readers():
        return [list(one.model._base_manager.order_by("pk").values()) for one in (row, *row.parts)]


def test_a_file_whose_removal_was_interrupted_goes_at_the_next_run(life, monkeypatch, home):
    from schoolgate.core import files
    from schoolgate.core.models import DestroyedFile

    pk = life.closed("c1")
    kept = files.keep(b"picture", "image/jpeg", federation_id=life.federation.pk)
    with scope(life.federation.pk):
        from schoolgate.inbox.models import ItemPhoto

        ItemPhoto.objects.create(
            item_id=pk,
            digest=kept.digest,
            media_type="image/jpeg",
            width=1,
            height=1,
            by=life.ben,
            at=life.at,
        )
    life.start()
    with monkeypatch.context() as patch:
        patch.setattr("schoolgate.records.destroying.files_gone", lambda **_: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            life.sweep(DUE)
    with scope(life.federation.pk):
        assert DestroyedFile.objects.count() == 1
    life.sweep(DUE)
    with scope(life.federation.pk):
        assert DestroyedFile.objects.count() == 0
    assert not files.is_there(kept.digest, federation_id=life.federation.pk)


def elsewhere(work):
    """Begin `work` in a thread with a connection of its own."""

    def run():
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_a_hold_that_is_being_placed_wins_over_a_run_that_begins_meanwhile(life):
    pk = life.closed("c1")
    life.start()
    with scope(life.federation.pk):
        hold_thing(by=life.sam, at=life.at, kind=kind(), pk=pk, because="complaint")
        run = elsewhere(lambda: life.sweep(DUE))
        run.join(0.7)
        assert run.is_alive()  # it waits for the hold
    run.join(10)
    assert left(life) == (1, [], 0)


def test_a_hold_that_comes_while_a_run_is_under_way_hears_that_it_is_gone(life):
    pk = life.closed("c1")
    life.start()
    heard = []

    def hold():
        with scope(life.federation.pk):
            try:
                hold_thing(by=life.sam, at=life.at, kind=kind(), pk=pk, because="complaint")
            except NotFound as error:
                heard.append(error)

    with scope(life.federation.pk):
        destroying.destroy_some(at=DUE, kind=kind())
        other = elsewhere(hold)
        other.join(0.7)
        assert other.is_alive()
    other.join(10)
    assert len(heard) == 1
    with scope(life.federation.pk):
        assert not holds.is_held(f"inbox.item:{pk}")


def test_a_comment_that_someone_changes_at_this_moment_is_left_for_the_next_run(life):
    pk = life.closed("c1")
    life.start()
    done = []
    with scope(life.federation.pk):
        list(Item.every.select_for_update().filter(pk=pk))
        run = elsewhere(lambda: done.append(life.sweep(DUE)))
        run.join(10)
    assert done == [0]
    assert life.sweep(DUE) == 1


def test_another_federation_keeps_its_own(life, make_federation, at):
    other = Living(make_federation("llanidloes-two", "wildground"), at)
    other.closed("c1")
    life.closed("c1")
    life.start()
    assert (life.sweep(DUE), other.sweep(DUE)) == (1, 0)
    assert left(other) == (1, [], 0)
    with scope(other.federation.pk), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_destruction")
        assert cursor.fetchone() == (0,)


def test_what_was_destroyed_is_destroyed_again_before_a_restored_home_is_released(life):
    """The installation is as at the backup: the comment is back, and is due."""
    life.closed("c1")
    life.start()
    restore_here(backup_at=DUE - timedelta(hours=2), at=DUE)
    assert left(life) == (1, [], 0)
    release(by=None, at=DUE, without_looking=True)
    assert left(life) == (0, [1], 1)
    assert verify(life.federation.pk).sound


def test_a_ban_placed_again_before_the_release_wins(life):
    pk = life.closed("c1")
    life.start()
    restore_here(backup_at=DUE - timedelta(hours=2), at=DUE)
    with scope(life.federation.pk):
        hold_thing(by=life.sam, at=DUE, kind=kind(), pk=pk, because="complaint")
    release(by=None, at=DUE, without_looking=True)
    assert left(life) == (1, [], 0)


def test_the_daily_sweep_runs_in_every_federation(life):
    life.closed("c1")
    life.start()
    run(DUE)
    assert left(life) == (0, [1], 1)
