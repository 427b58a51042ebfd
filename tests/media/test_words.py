"""Words in pictures are read where the optional part is installed; its absence and its faults are said."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
import segno
from PIL import Image, ImageDraw, ImageFont

from schoolgate.core import files
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.media import words
from schoolgate.media.models import LONGEST_WAIT, Picture, PictureWords, Reading
from schoolgate.media.pictures import add_picture, drop_replaced, store, take_in
from schoolgate.media.words import keep_words, read_waiting, read_words, still_reading, words_of
from tests.cast import someone
from tests.conftest import recorded


def badge(*lines: str, size: int = 40, code: str = "") -> bytes:
    """A plain wall with a name badge, and a QR code that says `code`."""
    image = Image.new("RGB", (800, 500), (120, 130, 140))
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(size)
    pen.rectangle((80, 80, 720, 120 + 2 * size * len(lines)), fill="white")
    for place, line in enumerate(lines):
        pen.text((110, 100 + place * 2 * size), line, font=font, fill="black")
    if code:
        drawn = io.BytesIO()
        segno.make(code).save(drawn, kind="png", scale=4)
        image.paste(Image.open(drawn), (560, 300))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


@pytest.fixture
def added(scoped, school, home, at):
    """`added(content)`: a picture of a person who writes posts."""
    by = someone("Amina Khan", "staff")

    def add(content: bytes) -> Picture:
        proven = take_in(content)
        digest = store(proven, federation_id=scoped.pk)
        return add_picture(by=by, at=at, school=school, proven=proven, digest=digest)

    add.by = by
    return add


def test_words_and_a_code_on_a_badge_are_read(reads_words):
    assert read_words(badge("Grace Young", "Year 5", code="https://drive.example/f/1")) == [
        "Grace Young", "Year 5", "https://drive.example/f/1",
    ]  # fmt: skip


def test_a_picture_without_words_has_none_and_is_not_called_unread(reads_words):
    assert read_words(badge()) == []


def test_without_the_optional_part_a_picture_is_not_read(monkeypatch, added):
    monkeypatch.setattr(words, "can_read", lambda: False)

    assert read_words(badge("Grace Young")) is None
    assert words_of([added(badge("Grace Young"))]) == {}


@pytest.mark.parametrize(
    "does", ["import os; os.abort()", "print('{')", "while True: pass", "print('x' * 9999)"]
)
def test_a_reader_that_fails_has_read_nothing(monkeypatch, tmp_path, does):
    script = tmp_path / "fails.py"
    script.write_text(does)
    monkeypatch.setattr(words, "READ", replace(words.READ, script=script, seconds=1, most=1000))

    assert read_words(badge("Grace Young")) is None


def test_a_picture_full_of_words_is_a_document_and_counts_as_not_read(monkeypatch):
    monkeypatch.setattr(words, "LONGEST", 15)

    assert read_words(badge("Grace Young", "Year 5")) is None


def test_a_new_picture_waits_and_is_then_read_by_a_job(reads_words, added, at):
    picture = added(badge("Grace Young"))
    assert still_reading([picture], at=at)

    assert read_waiting(picture.federation_id, picture.pk, clock=lambda: at)

    row = words_of([picture])[picture.pk]
    assert (row.lines, row.reading(at=at)) == (["Grace Young"], Reading.WORDS)
    assert row.reader.startswith("RapidOCR 3.")
    assert not still_reading([picture], at=at)


def test_the_words_are_not_in_the_record(reads_words, added, at):
    picture = added(badge("Grace Young"))
    keep_words(at=at, picture=picture, lines=["Grace Young"])

    said = [str(row.stored) for row in recorded() if row.event == "picture.words_read"]
    assert said
    assert "Young" not in "".join(said)


def test_a_picture_that_waits_too_long_counts_as_not_read(reads_words, added, at):
    picture = added(badge())
    row = words_of([picture])[picture.pk]

    assert row.reading(at=at + LONGEST_WAIT - timedelta(seconds=1)) is Reading.WAITING
    assert row.reading(at=at + LONGEST_WAIT) is Reading.NOT_READ
    assert not still_reading([picture], at=at + LONGEST_WAIT)


@pytest.mark.parametrize(
    ("lines", "state"), [(None, Reading.NOT_READ), ([], Reading.NO_WORDS), (["A"], Reading.WORDS)]
)
def test_what_was_read_is_said_apart_from_what_was_not(reads_words, added, at, lines, state):
    picture = added(badge())
    keep_words(at=at, picture=picture, lines=lines)

    assert words_of([picture])[picture.pk].reading(at=at) is state


def test_a_second_worker_changes_nothing(reads_words, added, at):
    picture = added(badge())
    keep_words(at=at, picture=picture, lines=["First"])
    keep_words(at=at, picture=picture, lines=["Second"])

    assert words_of([picture])[picture.pk].lines == ["First"]
    assert not read_waiting(picture.federation_id, picture.pk, clock=lambda: at)


def test_a_picture_that_was_edited_meanwhile_takes_its_words_with_it(reads_words, added, at):
    picture = added(badge("Grace Young"))
    pk, federation_id = picture.pk, picture.federation_id
    assert drop_replaced(by=added.by, at=at, picture=picture)

    assert not PictureWords.objects.filter(picture=pk).exists()
    assert not read_waiting(federation_id, pk, clock=lambda: at)


def test_a_file_that_is_gone_is_not_read(reads_words, added, at, monkeypatch):
    picture = added(badge("Grace Young"))
    files.remove(picture.digest, federation_id=picture.federation_id)
    read_waiting(picture.federation_id, picture.pk, clock=lambda: at)

    assert words_of([picture])[picture.pk].reading(at=at) is Reading.NOT_READ


def test_another_federation_sees_no_words(reads_words, make_federation, home, at):
    one, other = make_federation("one", "wildground"), make_federation("other", "wildground")
    with scope(one.pk):
        by, school = someone("Amina Khan", "staff"), School.objects.create(slug="north", name="North")
        proven = take_in(badge())
        digest = store(proven, federation_id=one.pk)
        picture = add_picture(by=by, at=at, school=school, proven=proven, digest=digest)
        keep_words(at=at, picture=picture, lines=["Grace Young"])
    with scope(other.pk):
        assert words_of([picture]) == {}
    with scope(one.pk):
        assert words_of([picture])
