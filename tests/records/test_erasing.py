"""One comment, picture or person is erased before its time: by which people, and what stops it."""

import json
from argparse import Namespace
from datetime import timedelta
from pathlib import Path

import pytest

from schoolgate.cli import restore
from schoolgate.core import files, heartbeats, holds
from schoolgate.core.backups import journal
from schoolgate.core.backups.making import backup_folder
from schoolgate.core.backups.sealing import BackupTrouble
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.ledger import verify
from schoolgate.core.models import Destruction, Restoration
from schoolgate.core.retention import kinds
from schoolgate.duties.actions import cancel, open_duty
from schoolgate.duties.models import Due
from schoolgate.inbox.models import Item, ItemVersion
from schoolgate.jobs import minutely
from schoolgate.media.models import Picture
from schoolgate.people.leaving import record_departure, record_return
from schoolgate.people.models import Membership, Person, User
from schoolgate.publishing.models import Post
from schoolgate.records import destroying
from schoolgate.records.handlers import finish_erasing
from schoolgate.records.journal import do_all_again, here_again, note, since_backup
from tests.cast import someone
from tests.conftest import recorded
from tests.records.conftest import SECRET, kind

DAY = timedelta(days=1)


def erase(cast, at, key, pk, *, by=None, because="asked", words="Her mother asked."):
    return destroying.erase_one(by=by or cast.sam, at=at, kind=kind(key), pk=pk, because=because, words=words)


def erased_at(slug, number, at):
    its = {"because": "asked", "by": "people.person:1", "at": at.isoformat()}
    return journal.Entry.erased(slug, "comments", number, **its)


# --- A comment


def test_a_comment_is_erased_long_before_its_period_with_a_certificate(cast, closed, at):
    item = closed()

    made = erase(cast, at, "comments", item.pk)

    item.refresh_from_db()
    assert (item.destroyed_at, item.author_name) == (at, "")
    assert not ItemVersion.objects.filter(item=item).exists()
    assert (made.thing, made.because, made.by, made.months) == (
        item.pk, "asked", f"people.person:{cast.sam.pk}", None,
    )  # fmt: skip
    row = recorded()[-1]
    assert (row.event, row.subject) == ("records.erased", f"core.destruction:{made.pk}")
    assert SECRET not in str(row.data if hasattr(row, "data") else row)


def test_the_record_verifies_after_it(cast, closed, at):
    erase(cast, at, "comments", closed().pk)
    assert verify(cast.federation.pk).sound


def test_only_people_who_oversee_the_whole_federation_erase(cast, closed, at, school):
    item = closed()
    gwen = someone("Gwen Governor", "federation-leadership-team", school=school)
    for by in (cast.amina, cast.ben, gwen):
        with pytest.raises(NotAllowed):
            erase(cast, at, "comments", item.pk, by=by)
    assert Item.every.get(pk=item.pk).destroyed_at is None


@pytest.mark.parametrize("because", ["", "whim"])
def test_erasing_needs_a_reason_of_the_list(cast, closed, at, because):
    with pytest.raises(BadInput) as error:
        erase(cast, at, "comments", closed().pk, because=because)
    assert list(error.value.fields) == ["because"]


@pytest.mark.parametrize("words", ["", "   ", ".", "asked", "x" * 501])
def test_erasing_needs_a_written_reason_which_stays_with_who_gave_it(cast, closed, at, words):
    item = closed()
    with pytest.raises(BadInput) as error:
        erase(cast, at, "comments", item.pk, words=words)
    assert list(error.value.fields) == ["words"]
    assert destroying.reasons_for_erasing("comments", item.pk) == []
    erase(cast, at, "comments", item.pk)
    said = [(one.by, one.words) for one in destroying.reasons_for_erasing("comments", item.pk)]
    assert said == [(cast.sam, "Her mother asked.")]
    assert "mother" not in str([vars(row) for row in recorded()]), "the record has codes alone"


def test_an_open_comment_is_closed_first(cast, came, at):
    item = came()
    with pytest.raises(NotNow, match="still in use"):
        erase(cast, at, "comments", item.pk)
    assert "close it" in str(kind().first)


@pytest.mark.parametrize("whole", [True, False])
def test_a_ban_stops_it_until_it_is_lifted(cast, closed, at, whole):
    item = closed()
    if whole:
        hold = destroying.hold_kind(by=cast.sam, at=at, kind=kind(), because="claim")
    else:
        hold = destroying.hold_thing(by=cast.sam, at=at, kind=kind(), pk=item.pk, because="claim")
    with pytest.raises(NotNow, match="ban"):
        erase(cast, at, "comments", item.pk)
    destroying.lift_hold(by=cast.sam, at=at, hold=hold)
    assert erase(cast, at, "comments", item.pk).number == 1


def test_nothing_is_erased_twice_and_nothing_that_is_not_there(cast, closed, at):
    item = closed()
    erase(cast, at, "comments", item.pk)
    for pk in (item.pk, item.pk + 1000):
        with pytest.raises(NotFound):
            erase(cast, at, "comments", pk)
    assert Destruction.objects.count() == 1


def test_only_the_photos_of_a_comment_go_and_a_comment_without_one_has_none_to_erase(
    cast, photographed, closed, at
):
    item = photographed()
    made = erase(cast, at, "photographs", item.pk)
    assert (made.thing, made.number) == (item.pk, 1)
    assert Item.every.get(pk=item.pk).destroyed_at is None
    with pytest.raises(NotFound):
        erase(cast, at, "photographs", closed().pk)


def test_what_was_erased_is_not_among_what_went_by_its_period(cast, closed, at):
    erase(cast, at, "comments", closed().pk)
    assert list(destroying.runs_by_day(cast.sam, on=at.date())) == []
    assert destroying.erased().count() == 1


# --- A picture


def picture(cast, at, school):
    return Picture.objects.create(
        school=school, digest="d" * 64, media_type="image/png", width=4, height=3, size=9,
        alt="Osian on the beam", prints=[1, 2], added_by=cast.amina, added_at=at,
    )  # fmt: skip


def post_with(cast, at, school, row, state):
    post = Post.objects.create(school=school, author=cast.amina, state=state, state_at=at, created_at=at)
    post.placed.create(picture=row, place=1)
    return post


def test_a_picture_of_no_post_is_erased_with_its_description_and_its_file(cast, at, school, home):
    row = picture(cast, at, school)
    file = files.keep(b"a picture", "image/png")
    Picture.objects.filter(pk=row.pk).update(digest=file.digest)

    made = erase(cast, at, "pictures", row.pk, because="consent")
    finish_erasing(federation_id=cast.federation.pk, subject_id=made.pk, event_id=0, at=at)

    row.refresh_from_db()
    assert (row.digest, row.alt, row.prints, row.destroyed_at) == ("", "", [], at)
    with pytest.raises(NotFound):
        files.read(file.digest)


def test_a_file_that_cannot_be_removed_delays_no_other(cast, at, school, home, monkeypatch):
    found = [files.keep(words, "image/png").digest for words in (b"one", b"another")]
    for digest in found:
        row = picture(cast, at, school)
        Picture.objects.filter(pk=row.pk).update(digest=digest)
        made = erase(cast, at, "pictures", row.pk, because="consent")
    stuck, other = sorted(found)
    remove = files.remove

    def breaks(digest, *, federation_id=None):
        if digest == stuck:
            raise PermissionError
        remove(digest, federation_id=federation_id)

    told = {"federation_id": cast.federation.pk, "subject_id": made.pk, "event_id": 0, "at": at}
    monkeypatch.setattr(files, "remove", breaks)
    with pytest.raises(OSError, match="1 files"):
        finish_erasing(**told)
    with pytest.raises(NotFound):
        files.read(other)
    assert files.read(stuck)
    monkeypatch.undo()
    finish_erasing(**told)
    with pytest.raises(NotFound):
        files.read(stuck)


@pytest.mark.parametrize(
    ("state", "goes"),
    [("draft", False), ("approved", False), ("published", False), ("withdrawn", True), ("taken_down", True)],
)
def test_a_picture_stays_while_a_post_with_it_is_online_or_can_be_sent(cast, at, school, state, goes):
    row = picture(cast, at, school)
    post_with(cast, at, school, row, state)
    if goes:
        assert erase(cast, at, "pictures", row.pk).number == 1
    else:
        with pytest.raises(NotNow):
            erase(cast, at, "pictures", row.pk)


def test_a_ban_on_a_post_keeps_its_pictures(cast, at, school):
    row = picture(cast, at, school)
    post = post_with(cast, at, school, row, "withdrawn")
    holds.place(subject=post, because="claim", by=cast.sam, at=at)
    with pytest.raises(NotNow, match="ban"):
        erase(cast, at, "pictures", row.pk)


def test_a_file_that_another_picture_is_stays(cast, at, school, home):
    file = files.keep(b"the same picture", "image/png")
    first, second = picture(cast, at, school), picture(cast, at, school)
    Picture.objects.update(digest=file.digest)
    made = erase(cast, at, "pictures", first.pk)
    finish_erasing(federation_id=cast.federation.pk, subject_id=made.pk, event_id=0, at=at)
    assert files.read(file.digest) == b"the same picture"
    assert Picture.objects.get(pk=second.pk).destroyed_at is None


# --- A person


def left(cast, at, name="Lena Leaver"):
    person = someone(name, "staff")
    record_departure(by=cast.sam, at=at, person=person, left_on=at.date())
    return person


def test_a_person_who_left_has_neither_name_nor_address_nor_sign_in_afterwards(cast, at):
    person = left(cast, at)
    user = person.user

    erase(cast, at, "people", person.pk)

    person.refresh_from_db()
    user.refresh_from_db()
    assert person.name == f"Person {person.pk}"
    assert "lena" not in (person.email + user.email).lower()
    assert (user.is_active, user.has_usable_password()) == (False, False)


def test_a_person_who_is_here_is_not_erased(cast, at):
    person = someone("Here Still", "staff")
    with pytest.raises(NotNow) as error:
        erase(cast, at, "people", person.pk)
    assert "left" in str(error.value.next_step)


def test_a_person_who_leaves_tomorrow_is_erased_tomorrow_and_not_today(cast, at):
    person = someone("Lena Leaver", "staff")
    record_departure(by=cast.sam, at=at, person=person, left_on=at.date() + DAY)
    with pytest.raises(NotNow):
        erase(cast, at, "people", person.pk)
    assert erase(cast, at + DAY, "people", person.pk).number == 1


def test_a_person_with_an_open_task_stays_until_it_is_done(cast, at):
    person = left(cast, at)
    read = {"kind": "policy.policy_read", "subject": "policy.policyversion:1"}
    open_duty(**read, person=person, due=Due.none_promised(), at=at)
    with pytest.raises(NotNow):
        erase(cast, at, "people", person.pk)
    cancel(**read, because="left", at=at)
    assert erase(cast, at, "people", person.pk).number == 1


def test_the_sign_in_of_a_person_who_works_for_another_federation_too_stays(cast, at, make_federation):
    person = left(cast, at)
    other = make_federation("wootton", "wootton")
    Membership.objects.create(user=person.user, federation=other, person_id=10**9, since=at)

    erase(cast, at, "people", person.pk)

    user = User.objects.get(pk=person.user_id)
    assert user.is_active
    assert "destroyed" not in user.email
    assert Person.objects.get(pk=person.pk).name == f"Person {person.pk}"


def test_an_erased_person_does_not_come_back(cast, at):
    person = left(cast, at)
    erase(cast, at, "people", person.pk)
    person.refresh_from_db()
    with pytest.raises(NotNow, match="erased"):
        record_return(by=cast.sam, at=at, person=person)


def test_people_who_left_go_by_their_period_too(cast, at, started, sweep):
    person = left(cast, at)
    started("people")
    assert sweep(at + 30 * DAY) == 0
    assert sweep(at.replace(year=at.year + 6) + DAY) == 1
    assert Person.objects.get(pk=person.pk).destroyed_at is not None


# --- Again after a restore


@pytest.fixture
def listed(cast, closed, at, home):
    """A comment that was erased an hour after a backup, on the list; and that backup, restored: the comment
    is back."""
    item = closed()
    hour = at + timedelta(hours=1)
    journal.add(
        [
            journal.Entry.erased(
                cast.federation.slug,
                "comments",
                item.pk,
                because="asked",
                by="people.person:1",
                at=hour.isoformat(),
            )
        ]
    )
    return item, Restoration(backup_at=at, number=7, restored_at=hour)


def test_what_was_erased_after_the_backup_is_erased_again(cast, listed, at):
    item, restoration = listed
    assert since_backup(cast.federation, restoration) == 1
    assert do_all_again(cast.federation.pk, restoration, at=at + DAY) == []
    item.refresh_from_db()
    assert item.destroyed_at is not None
    assert Destruction.objects.get().because == "asked"
    assert do_all_again(cast.federation.pk, restoration, at=at + DAY) == []
    assert Destruction.objects.count() == 1


def test_what_was_erased_before_the_backup_is_left_alone(cast, listed, at):
    item, _restoration = listed
    newer = Restoration(backup_at=at + timedelta(hours=1), number=8, restored_at=at + DAY)
    do_all_again(cast.federation.pk, newer, at=at + DAY)
    assert Item.every.get(pk=item.pk).destroyed_at is None


def test_another_federations_list_erases_nothing_here(cast, closed, at, home):
    item = closed()
    journal.add([erased_at("wootton", item.pk, (at + DAY))])
    do_all_again(cast.federation.pk, Restoration(backup_at=at, number=7), at=at + DAY)
    assert Item.every.get(pk=item.pk).destroyed_at is None


def test_what_a_ban_of_that_time_keeps_is_shown_to_people(cast, listed, at):
    item, restoration = listed
    destroying.hold_thing(by=cast.sam, at=at, kind=kind(), pk=item.pk, because="claim")
    assert [one.number for one in do_all_again(cast.federation.pk, restoration, at=at + DAY)] == [item.pk]
    assert [one.number for one in here_again(cast.federation, restoration)] == [item.pk]


def test_an_erasure_is_put_on_the_list_once(cast, closed, at, home):
    item = closed()
    erase(cast, at, "comments", item.pk)
    for _ in range(2):
        note(cast.federation.pk, at=at)
    lines = journal.own().read_text().splitlines()
    assert [json.loads(line)["number"] for line in lines] == [item.pk]
    assert "Osian" not in lines[0]


def test_after_a_time_in_which_it_stood_still_the_journal_looks_back_over_all_of_it(cast, closed, at, home):
    item = closed()
    heartbeats.note(heartbeats.KEEPING, at=at)
    erase(cast, at, "comments", item.pk)
    minutely.journal(at + DAY)
    (line,) = journal.own().read_text().splitlines()
    assert json.loads(line)["number"] == item.pk


def test_lines_of_an_installation_that_went_on_from_an_older_backup_are_counted_and_not_followed(
    home, at, tmp_path
):
    line = erased_at("wildground", 20, (at + 3 * DAY)).line
    restored = json.dumps({"restored_to": at.isoformat(), "at": (at + 2 * DAY).isoformat()})
    path = tmp_path / "journal.jsonl"
    path.write_text(f"{restored}\n{line}\n")

    same = journal.newer_than(path, at)
    assert (len(same.entries), same.elsewhere) == (1, 0)
    abandoned = journal.newer_than(path, at + DAY)
    assert (abandoned.entries, abandoned.elsewhere) == ((), 1)


def test_every_kind_says_what_has_to_be_over_first():
    assert all(str(one.first).endswith(".") for one in kinds())


def test_the_list_beside_the_backup_is_found_and_another_can_be_given(home, tmp_path, at):
    backup = tmp_path / "backup.age"
    assert restore._journal(Namespace(file=backup, journal=None)) is None
    beside, other = tmp_path / "journal.jsonl", tmp_path / "other.jsonl"
    beside.write_text("")
    other.write_text(erased_at("wildground", 1, at).line)
    assert restore._journal(Namespace(file=backup, journal=None)) == beside
    assert restore._journal(Namespace(file=backup, journal=other)) == other


@pytest.mark.parametrize("text", ["no json", "[]", "{}", '{"at": "2026-01-01T00:00:00+00:00"}', '{"at": 3}'])
def test_a_list_that_is_none_stops_the_restore_before_it_begins(home, tmp_path, text):
    path = tmp_path / "list.jsonl"
    path.write_text(text + "\n")
    with pytest.raises(BackupTrouble, match="Nothing was restored"):
        restore._journal(Namespace(file=tmp_path / "backup.age", journal=path))


def test_a_restored_home_begins_its_list_with_the_other_and_its_own_line(home, tmp_path, at):
    source = tmp_path / "journal.jsonl"
    source.write_text(erased_at("wildground", 1, at).line + "\n")
    for _ in range(2):
        journal.take_over(source, backup_at=at - DAY, at=at + DAY)
    assert len(journal.own().read_text().splitlines()) == 2
    assert not (backup_folder() / journal.NAME).exists()  # a rehearsal leaves the real list alone
    found = journal.newer_than(journal.own(), at - DAY)
    assert (len(found.entries), found.elsewhere) == (1, 0)


def test_the_restore_tells_how_much_is_done_again_and_that_there_is_no_journal():
    text = "\n".join(restore.lines(outcome(since=1, elsewhere=2, torn=True), Path("/srv/back")))
    assert "Refusals, take-downs, ended roles and erasures since then: 1." in text
    assert "2 more happened in an installation that went on from an older backup" in text
    assert "The last line of the journal was cut off." in text
    assert "NO JOURNAL" in "\n".join(restore.lines(outcome(since=None), Path("/srv/back")))


def outcome(**given):
    whole = {
        "number": 7, "at": "2026-11-20", "rows": 3, "files": 0, "sound": True, "vouched": True, "bad": {},
        "lost": {}, "told": {"doubted": 0, "mails": 0, "tokens": 0, "keys": 0},
    }  # fmt: skip
    return restore.Outcome(**{**whole, **given})
