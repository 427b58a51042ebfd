"""Lists of pupils as schools' systems write them: each read as it is, or asked about, never gibberish."""

import pytest

from schoolgate.core.errors import NotNow
from schoolgate.core.outside.texts import tell_apart
from schoolgate.core.tenancy import current_scope
from schoolgate.people.list_importer import choose_letters, explain_columns, explain_words, told_of, upload
from schoolgate.people.sheets import same_word
from schoolgate.pupils.importing import PUPILS
from schoolgate.pupils.list_lines import offered
from schoolgate.pupils.models import Consent, Pupil
from tests import files_from_schools as files
from tests.pupils.lists import Brought


@pytest.fixture(autouse=True)
def _home(home):
    """Files and keys of this test alone."""


class FromSystem(Brought):
    """A list of a system, its columns as they are offered, and with those of consents."""

    def __init__(self, by, at, school, content, **consents):
        self.by, self.at, self.school = by, at, school
        self.kept = PUPILS.read(content, federation_id=current_scope().federation_id)
        self.importing = upload(kind=PUPILS, by=by, at=at, kept=self.kept)
        self.heads = self.kept.sheet.lines[0].cells
        explain_columns(
            kind=PUPILS, by=by, at=at, importing=self.importing, sheet=self.kept.sheet, name="System",
            columns=offered(self.heads) | consents, defaults={"school": str(school.pk)},
            shape=self.kept.shape,
        )  # fmt: skip

    def words(self, *fields, **meant):
        given = {same_word(word): to for word, to in meant.items()}
        explain_words(
            kind=PUPILS, by=self.by, at=self.at, importing=self.importing, words=dict.fromkeys(fields, given)
        )


def answers():
    rows = Consent.objects.order_by("pupil_id", "use", "answer").values_list(
        "pupil__first_name", "use", "answer"
    )
    return [tuple(row) for row in rows]


def test_sims_below_its_titles_with_its_headings_twice_and_its_letters(amina, school, at):
    list_ = FromSystem(amina, at, school, files.sims(), picture="Photo consent", name="Name in posts")
    list_.words("picture", "name", Y="given", N="refused")
    assert [line.number for line in list_.kept.sheet.lines] == [4, 5, 6, 8]
    assert list(told_of(list_.kept.sheet)) == [
        "Not part of the table, so not read: Oakwood School - Consents, Printed: 20/11/2026, Count: 3"
    ]
    assert list_.outcomes == ["new", "new", "new"]
    list_.confirm()
    pupils = Pupil.objects.order_by("pk").values_list("key", "first_name", "last_name", "form", "born_on")
    assert [(*each[:4], str(each[4])) for each in pupils] == [
        ("A820200001001", "Siân", "O’Brien", "4B", "2016-09-01"),
        ("A820200001002", "Zoë", "Müller", "4B", "2016-03-12"),
        ("A820200001003", "José", "Núñez", "", "2015-05-03"),
    ]
    assert answers() == [
        ("Siân", "name", "refused"), ("Siân", "picture", "given"), ("Zoë", "picture", "given"),
        ("José", "picture", "refused"),
    ]  # fmt: skip


def test_arbor_with_one_consent_a_row_and_two_answers_to_one(amina, school, at):
    list_ = FromSystem(amina, at, school, files.arbor(), picture="Photos online", film="Video")
    assert list_.heads[-3:] == ("Photos online", "Video", "Trips")
    assert set(list_.plan.unknown) == {
        ("picture", "Given"), ("picture", "Given; Refused"), ("film", "Refused"),
    }  # fmt: skip
    list_.words("picture", "film", Given="given", Refused="refused")
    with pytest.raises(NotNow, match="explained"):
        list_.confirm()
    explain = {"kind": PUPILS, "by": amina, "at": at, "importing": list_.importing}
    explain_words(**explain, words={"picture": {"given; refused": "refused"}})
    list_.confirm()
    assert answers() == [
        ("Ava", "film", "refused"), ("Ava", "picture", "given"), ("Łukasz", "picture", "refused"),
    ]  # fmt: skip


def test_bromcom_with_its_separator_and_headings_in_two_rows(amina, school, at):
    list_ = FromSystem(
        amina, at, school, files.bromcom(), picture="Photographs: Social media",
        film="Film: Social media", **{"picture@noticeboard": "Photographs: Website"},
    )  # fmt: skip
    assert list_.heads[3:] == (
        "Photographs: Website", "Photographs: Social media", "Film: Website", "Film: Social media",
    )  # fmt: skip
    list_.words("picture", "picture@noticeboard", "film", Yes="given", No="refused")
    list_.confirm()
    assert set(Pupil.objects.values_list("key", flat=True)) == {"000123", "000124"}
    assert answers() == [
        ("Mali", "film", "refused"), ("Mali", "picture", "given"), ("Mali", "picture", "refused"),
        ("Tomos", "picture", "given"), ("Tomos", "picture", "given"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_compass_says_what_its_workbook_hides_and_keeps_the_noughts(amina, school, at, kind):
    list_ = FromSystem(amina, at, school, files.compass(kind), picture="Images", form="Notes")
    told = list(told_of(list_.kept.sheet))
    assert [each.partition(" in this")[0] for each in told[:2]] == [
        "1 row is hidden or filtered out", "1 column is hidden",
    ]  # fmt: skip
    assert (list_.kept.sheet.hidden.rows, list_.kept.sheet.hidden.columns) == ((5,), ("D",))
    assert told[2:] == [
        "Only the first sheet is read. Not read: Leavers, Codes.",
        "Not part of the table, so not read: Consents 2026",
    ]
    list_.words("picture", Yes="given", No="refused")
    list_.confirm()
    assert list(Pupil.objects.order_by("key").values_list("key", "form")) == [
        ("004512", "= see office"), ("004513", ""),
    ]  # fmt: skip


def test_what_may_be_written_in_two_ways_is_asked_before_anything_is_previewed(amina, school, at):
    list_ = FromSystem(amina, at, school, files.mac(ends="\r\n"), picture="Photos")
    assert list_.importing.encoding == ""
    with pytest.raises(NotNow, match="accents"):
        _ = list_.plan
    chosen = choose_letters(
        kind=PUPILS, by=amina, at=at, importing=list_.importing, sheet=list_.kept.sheet, encoding="cp850"
    )
    read = list_.kept.sheet.read_as(chosen.encoding)
    assert read.lines[1].cells[1] == "Siën"
    assert list_.kept.sheet.read_as("mac_roman").lines[1].cells[1] == "Siân"


def test_an_old_macs_own_line_ends_ask_nothing(amina, school, at):
    list_ = FromSystem(amina, at, school, files.mac(), picture="Photos")
    assert (list_.importing.encoding, list_.plan.lines[0].name) == ("mac_roman", "Siân Rees")


def test_letters_that_were_lost_hold_their_rows_and_no_others(amina, school, at):
    list_ = FromSystem(amina, at, school, files.lost_letters())
    assert [list_.said(place) for place in range(4)] == [["damaged"], ["damaged"], ["damaged"], ["comes"]]
    list_.confirm()
    assert Pupil.objects.get().name == "Ava Thomas"


def test_names_in_one_column_come_apart_and_numbers_of_pages_are_no_pupils(amina, school, at):
    list_ = FromSystem(amina, at, school, files.pages(), picture="Consents: Social media")
    assert list_.heads[:2] == ("Surname", "Forename")
    list_.words("picture", Yes="given", No="refused")
    assert [list_.said(place) for place in range(3)] == [
        ["comes", "answer"], ["comes", "answer", "made_a_day"], ["no_value"],
    ]  # fmt: skip
    assert list(told_of(list_.kept.sheet)) == [
        "Not part of the table, so not read: Page 1 of 2, Tudalen 2 o 2"
    ]
    list_.confirm()
    pupils = Pupil.objects.order_by("pk").values_list("first_name", "last_name", "form", "born_on")
    assert [(*each[:3], str(each[3])) for each in pupils] == [
        ("Siân", "O’Brien", "4B", "2016-03-14"), ("Ana Maria", "Nowak-Lewis", "", "2016-03-15"),
    ]  # fmt: skip


def test_settings_of_before_bring_no_yes_from_one_place_to_all(amina, school, at):
    list_ = FromSystem(amina, at, school, files.pages().replace(b"Social media", b"Website     "))
    mapping = list_.importing.mapping
    mapping.columns |= {"picture": "Consents: Website"}
    mapping.words = {"picture": {"yes": "given", "no": "refused"}}
    mapping.save()
    assert [list_.said(place) for place in range(2)] == [["one_place"], ["comes", "answer", "made_a_day"]]


def test_names_with_a_comma_by_chance_stay_in_their_column(amina, school, at):
    content = (
        files.pages().replace(b"O\x92Brien, Si\xe2n", b"Sian Brien").replace(b"Nowak-Lewis, Ana", b"Ana")
    )
    kept = PUPILS.read(content, federation_id=current_scope().federation_id)
    assert kept.sheet.lines[0].cells[0] == "Student"


def test_a_status_beside_a_consent_is_no_answer_to_it(amina, school, at):
    list_ = FromSystem(amina, at, school, files.on_roll(), picture="Consent")
    assert list_.heads == ("UPN", "Forename", "Surname", "Consent", "Status")
    list_.words("picture", Yes="given", No="refused")
    list_.confirm()
    assert answers() == [("Ava", "picture", "given"), ("Tom", "picture", "refused")]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Registration form", "form"), ("Form Group", "form"), ("Roll class", "form"), ("Year level", "year"),
        ("Year taught in", "year"), ("Admission No.", "key"), ("Display Code", "key"), ("D.O.B.", "born_on"),
    ],
)  # fmt: skip
def test_headings_of_other_systems_are_offered(heading, field):
    assert offered([heading]) == {field: heading}


def test_american_days_leave_out_the_days_alone(amina, school, at):
    list_ = FromSystem(amina, at, school, files.american())
    assert [list_.said(place) for place in range(2)] == [["comes", "month_first"], ["comes", "either_first"]]
    list_.confirm()
    assert set(Pupil.objects.values_list("born_on", flat=True)) == {None}


@pytest.mark.parametrize("written", ["cp1252", "utf-8", "utf-8-sig", "utf-16", "mac_roman"])
def test_a_report_is_read_the_same_however_it_is_written(written):
    told = tell_apart(files.sims(written=written))
    assert told is not None
    assert told.text == files.sims(written="utf-8").decode()
