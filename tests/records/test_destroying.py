"""What is due goes, with a certificate; what is not due, held, needed or another's stays."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from schoolgate.core import holds
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.core.files import Place, in_the_home
from schoolgate.core.ledger import verify
from schoolgate.core.models import DestroyedFile, Destruction
from schoolgate.core.retention import digest_of
from schoolgate.core.tenancy import scope
from schoolgate.inbox import seeing
from schoolgate.inbox.models import Item, ItemNote, ItemPhoto, ItemVersion, ItemWord
from schoolgate.policy.models import DecisionFacts, DecisionRecord
from schoolgate.records import destroying, setting
from tests.conftest import recorded
from tests.records.conftest import CLOSED, SECRET, kind

DUE = CLOSED.replace(year=2030, hour=0, minute=5)
"""The first minutes of the day on which a comment closed on that day is due after three years."""
BEFORE = DUE - timedelta(minutes=10)


def test_the_day_before_it_stays_and_on_the_day_it_goes(closed, started, sweep):
    item = closed()
    started()
    assert sweep(BEFORE) == 0
    assert ItemVersion.objects.get(item=item).text == SECRET
    assert sweep(DUE) == 1
    assert not ItemVersion.objects.filter(item=item).exists()


def test_nothing_goes_before_a_person_has_started_it(closed, sweep, cast, at):
    closed()
    assert sweep(DUE) == 0
    setting.set_period(by=cast.sam, at=at, kind=kind(), months=1, reason="Short", seen=None)
    assert sweep(DUE) == 0


def test_a_sweep_asks_nothing_of_the_kinds_that_nobody_started(closed, started, sweep, kinds_asked):
    closed()
    assert kinds_asked(lambda: sweep(DUE)) == 0
    started()
    assert kinds_asked(lambda: sweep(DUE)) == 1


@pytest.fixture
def kinds_asked(monkeypatch):
    """Of how many kinds a piece was looked for."""
    asked = []
    destroy_some = destroying.destroy_some

    def noted(*, kind, **more):
        asked.append(kind.key)
        return destroy_some(kind=kind, **more)

    monkeypatch.setattr(destroying, "destroy_some", noted)

    def count(work):
        asked.clear()
        work()
        return len(asked)

    return count


def test_words_author_and_address_go_and_the_row_stays(closed, started, sweep):
    item = closed()
    started()
    sweep(DUE)
    left = Item.every.get(pk=item.pk)
    assert (left.author_name, left.author_handle, left.author_id_there, left.ref, left.version) == (
        "", "", "", {}, "",
    )  # fmt: skip
    assert (left.state, left.state_at, left.close_reason) == (item.state, item.state_at, item.close_reason)
    assert left.network_id.startswith("destroyed:")
    for model in (ItemVersion, ItemWord, ItemNote):
        assert not model.objects.filter(item=item).exists()
    assert not DecisionFacts.objects.filter(kept__subject=f"inbox.item:{item.pk}").exists()
    assert not Item.objects.filter(pk=item.pk).exists()
    with pytest.raises(NotFound, match="destroyed"):
        seeing.item(item.pk)


def test_the_certificate_says_what_went_and_the_record_has_it(closed, started, sweep):
    items = [closed("c1"), closed("c2", now=CLOSED + timedelta(days=2))]
    started()
    sweep(DUE + timedelta(days=2))
    (one,) = Destruction.objects.all()
    assert (one.kind, one.months, one.number) == ("comments", 36, 2)
    assert (one.first_day, one.last_day) == (CLOSED.date(), CLOSED.date() + timedelta(days=2))
    assert one.ids_digest == digest_of(item.pk for item in items)
    assert one.setting == destroying.in_force(kind()).setting.pk


def test_open_comments_are_never_due(came, started, sweep):
    came()
    started(months=1)
    assert sweep(DUE.replace(year=2090)) == 0


def test_what_was_destroyed_is_not_taken_in_again(closed, came, started, sweep, at):
    closed()
    started()
    sweep(DUE)
    assert came(now=DUE + timedelta(days=1)) is None
    assert came("c2", now=DUE + timedelta(days=1)) is not None


def test_a_hold_on_one_keeps_that_one_and_its_photo(closed, photographed, started, sweep, cast, at):
    held, goes, shown = closed("c1"), closed("c2"), photographed()
    hold = destroying.hold_thing(by=cast.sam, at=at, kind=kind(), pk=held.pk, because="complaint")
    destroying.hold_thing(by=cast.sam, at=at, kind=kind("photographs"), pk=shown.pk, because="claim")
    started()
    started("photographs")
    assert sweep(DUE) == 1
    assert ItemVersion.objects.filter(item=held).exists()
    assert ItemPhoto.objects.filter(item=shown).exists()
    assert not ItemVersion.objects.filter(item=goes).exists()
    destroying.lift_hold(by=cast.sam, at=DUE, hold=hold)
    assert sweep(DUE) == 1


def test_a_hold_on_the_kind_keeps_all_of_it_and_the_photos(closed, photographed, started, sweep, cast, at):
    closed()
    photographed()
    started()
    started("photographs")
    destroying.hold_kind(by=cast.sam, at=at, kind=kind(), because="inquiry")
    assert sweep(DUE) == 0


def test_what_was_destroyed_can_no_longer_be_held(closed, started, sweep, cast):
    item = closed()
    started()
    sweep(DUE)
    with pytest.raises(NotFound, match="destroyed"):
        destroying.hold_thing(by=cast.sam, at=DUE, kind=kind(), pk=item.pk, because="complaint")


def lying(digest, cast):
    path = in_the_home().path(Place(cast.federation.pk, digest))
    path.parent.mkdir(parents=True)
    path.write_bytes(b"picture")
    return path


def test_a_photo_goes_earlier_with_its_file(photographed, started, sweep, cast, home):
    item = photographed()
    photo = ItemPhoto.objects.get(item=item)
    path = lying(photo.digest, cast)
    started("photographs")
    year_later = CLOSED.replace(year=2028, hour=0, minute=5)
    assert sweep(year_later - timedelta(minutes=10)) == 0
    assert sweep(year_later) == 1
    assert (ItemPhoto.objects.count(), DestroyedFile.objects.count(), path.exists()) == (0, 0, False)
    assert ItemVersion.objects.filter(item=item).exists()


def test_a_file_that_another_comment_still_has_stays(photographed, closed, started, sweep, cast, home):
    early = photographed("a")
    late = photographed("b", now=CLOSED + timedelta(days=30))
    ItemPhoto.objects.create(
        item=late, digest="a" * 64, media_type="image/jpeg", width=1, height=1, by=cast.ben, at=CLOSED
    )
    path = lying("a" * 64, cast)
    started("photographs")
    sweep(CLOSED.replace(year=2028))
    assert not ItemPhoto.objects.filter(item=early).exists()
    assert path.exists()


def test_answers_of_decisions_go_and_the_decision_stays(closed, started, sweep):
    closed()
    number = DecisionFacts.objects.count()
    assert number
    started("asked")
    assert sweep(CLOSED.replace(year=2033, hour=0) - timedelta(hours=1)) == 0
    assert sweep(CLOSED.replace(year=2033, hour=0)) == number
    assert DecisionFacts.objects.count() == 0
    assert DecisionRecord.objects.exists()


def test_append_only_rows_go_only_with_a_certificate(closed):
    closed()
    for attempt in (
        ItemVersion.objects.all().delete,
        lambda: ItemVersion.objects.filter(number=1)._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match="destroyed with a certificate"), transaction.atomic():
            attempt()
    assert ItemVersion.objects.exists()


def test_pieces_go_on_where_the_last_one_ended(closed, started, cast, monkeypatch, sweep, at):
    monkeypatch.setattr("schoolgate.records.destroying.AT_ONCE", 2)
    items = [closed(f"c{number}") for number in range(5)]
    for item in items[:2]:  # the first piece is needed as a whole
        Item.every.filter(pk=item.pk).update(state_at=CLOSED - timedelta(days=1))
    monkeypatch.setattr(
        "schoolgate.inbox.retention.needed", lambda _key, pks: {one.pk for one in items[:2]} & set(pks)
    )
    started()
    assert sweep(DUE) == 3
    assert [one.number for one in Destruction.objects.order_by("pk")] == [2, 1]


def test_another_person_was_quicker_or_the_page_was_old(closed, cast, started, at):
    started()
    with pytest.raises(NotNow):
        setting.start(by=cast.sam, at=at, kind=kind(), months=36, seen=None)
    with pytest.raises(NotNow):
        setting.set_period(by=cast.sam, at=at, kind=kind(), months=36, reason="", seen=None)


def test_a_new_period_waits_to_be_started_again(closed, cast, started, sweep, at):
    closed()
    started()
    seen = destroying.in_force(kind()).setting.pk
    setting.set_period(by=cast.sam, at=at, kind=kind(), months=12, reason="Shorter", seen=seen)
    assert sweep(DUE) == 0


def test_the_record_verifies_afterwards(own_database, make_federation, at):
    """In transactions of their own, as in life: see test_killed.py too."""
    from tests.records.living import Living

    life = Living(make_federation(), at)
    life.closed("c1")
    life.start()
    assert life.sweep(DUE) == 1
    verdict = verify(life.federation.pk)
    assert verdict.sound
    with scope(life.federation.pk):
        assert [row.event for row in recorded()][-1] == "records.destroyed"
        assert holds.is_held("inbox.item:1") is False
