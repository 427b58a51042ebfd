"""Words read in a post's pictures are screened as its own words are, and a post waits until they are read."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import BadInput
from schoolgate.core.leaving import Said
from schoolgate.core.models import Safeguarder
from schoolgate.media.models import LONGEST_WAIT, PictureWords
from schoolgate.media.pictures import add_picture, store, take_in
from schoolgate.media.words import keep_words
from schoolgate.people.models import Person
from schoolgate.publishing import queries
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.drafting import TargetText, draft_post, edit_post
from schoolgate.publishing.hit_answers import answer_hits
from schoolgate.publishing.hits import hits_of
from schoolgate.publishing.rules import problems_of
from schoolgate.publishing.starting import begin_sending
from schoolgate.pupils.keeping_off import keep_off
from schoolgate.pupils.models import Pupil
from schoolgate.screening import Kind, Strength
from tests.publishing.conftest import ANSWERS
from tests.web.posts_cast import jpeg

FIT = {**ANSWERS, "fit": True}


@pytest.fixture
def gwen(cast):
    """A pupil of the school's list."""
    return Pupil.objects.create(school=cast.school, key="A1", first_name="Gwen", last_name="Parry")


@pytest.fixture
def picture(cast, home, at, reads_words):
    """`picture(lines)`: one of Amina's in which these lines were read; None: it still waits."""

    def add(lines, colour="#3f7d5a", alt="A prize."):
        proven = take_in(jpeg(40, 30, colour))
        found = add_picture(
            by=cast.amina, at=at, school=cast.school, proven=proven, alt=alt,
            digest=store(proven, federation_id=cast.school.federation_id), shows_people=False,
            shows_pupils=False,
        )  # fmt: skip
        if lines is not None:
            keep_words(at=at, picture=found, lines=lines)
        return found

    return add


@pytest.fixture
def pictured(cast, at):
    """`pictured(*pictures)`: a post of Amina's with these pictures."""

    def write(*pictures, text="Prize day."):
        targets = [TargetText(cast.bluesky, text)]
        return draft_post(
            by=cast.amina, at=at, school=cast.school, pictures=pictures, targets=targets, answers=FIT
        )

    return write


def found_in(post, at):
    return hits_of(queries.post(post.pk), on=at.date()).hits


def test_a_pupils_name_on_a_badge_stops_the_post_and_says_in_which_picture(cast, gwen, picture, pictured, at):
    post = pictured(picture([]), picture(["GWEN PARRY", "Year 5"], "#7d3f5a"))

    (hit,) = [each for each in found_in(post, at) if each.stops]
    assert (hit.hit.kind, hit.pictures) == (Kind.PUPIL, (2,))
    assert "read in the pictures" in str(problems_of(post, on=at.date())["screening"])
    with pytest.raises(BadInput):
        submit_post(by=cast.amina, at=at, post=post)


def test_a_name_on_two_lines_of_a_badge_is_found(gwen, picture, pictured, at):
    assert [each for each in found_in(pictured(picture(["Gwen", "Parry"])), at) if each.stops]


def test_what_a_picture_and_its_description_tell_of_a_child_is_asked_about(picture, pictured, at):
    tells = picture(["REMEMBER", "He only comes in until lunch"])
    of_it = picture([], "#7d3f5a", alt="A boy asleep in the medical room after a seizure")
    ordinary = picture(["STAR OF THE WEEK", "for kindness"], "#3f5a7d", alt="A boy on the field.")

    hits = found_in(pictured(tells, of_it, ordinary), at)
    fields = {field for each in hits if each.hit.kind is Kind.TOLD for field in each.fields}
    assert fields == {f"words-{tells.pk}", f"alt-{of_it.pk}"}


@pytest.mark.parametrize("line", ["Sin Pugh", "Siân Pugh", "SIN PUGH"])
def test_a_name_with_accents_is_found_as_the_program_reads_it(cast, picture, pictured, at, line):
    Pupil.objects.create(school=cast.school, key="A2", first_name="Siân", last_name="Pugh")

    assert [each for each in found_in(pictured(picture([line])), at) if each.stops]


def test_a_name_without_its_accented_letter_is_no_name_in_the_text(cast, pictured, at):
    Pupil.objects.create(school=cast.school, key="A2", first_name="Siân", last_name="Pugh")

    assert not [each for each in found_in(pictured(text="Sin Pugh."), at) if each.stops]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Ring 07700 900123", Kind.PHONE),
        ("UPN H801200001001", Kind.UPN),
        ("docs.google.com/document/d/1AbCdEfGhIjKlMnOpQ/edit?usp=sharing", Kind.PRIVATE_LINK),
    ],
)
def test_personal_data_and_private_links_on_a_screen_are_found(picture, pictured, at, line, kind):
    assert kind in {each.hit.kind for each in found_in(pictured(picture([line])), at)}


def test_a_first_name_alone_is_asked_about_and_stops_nothing(gwen, picture, pictured, at):
    (hit,) = found_in(pictured(picture(["Gwen"])), at)

    assert (hit.hit.strength, hit.first_alone, hit.lead_only) == (Strength.ASK, True, False)


def test_of_a_child_who_must_not_be_published_any_name_in_a_picture_waits_for_a_lead(
    cast, picture, pictured, at
):
    freya = Pupil.objects.create(school=cast.school, key="A3", first_name="Freya", last_name="Lund")
    lead = Person.objects.get(pk=Safeguarder.objects.get().person_id)
    keep_off(by=lead, at=at, pupil=freya, why="An order of the court.")
    waits = {
        lines: any(each.lead_only for each in found_in(pictured(picture(list(lines), colour)), at))
        for lines, colour in {
            ("TACSI 3", "8.05 Freya Heol Gwern 7"): "#010203",
            ("LUND", "9"): "#112233",
            ("9 Lund",): "#223344",
            ("Dr Lund, dentist",): "#334455",
            ("Freydis Heol Gwern",): "#445566",
        }.items()
    }
    assert list(waits.values()) == [True, True, True, False, False]


def test_a_first_name_in_the_text_and_the_surname_in_a_picture_are_one_name(gwen, picture, pictured, at):
    found = found_in(pictured(picture(["PARRY", "9"]), text="Great game from Gwen"), at)

    assert "over_lines" in {each.hit.variant for each in found}


def test_a_surname_on_a_list_of_seats_is_asked_about(gwen, picture, pictured, at):
    found = found_in(pictured(picture(["HALL", "A1 PARRY (reader, extra time)", "A2 spare"])), at)

    assert {each.hit.words for each in found if each.hit.strength is Strength.ASK} == {"PARRY"}
    assert not found_in(pictured(picture(["Mrs Parry, room 4"], "#7d3f5a")), at)
    (whole,) = found_in(pictured(picture(["Gwen Parry", "Year 5"], "#3f3f5a")), at)
    assert whole.hit.words.split() == ["Gwen", "Parry"]


def test_the_answer_is_given_with_a_reason_and_lets_the_post_on(cast, gwen, picture, pictured, at):
    post = pictured(picture(["Gwen Parry"]))
    (hit,) = [each for each in found_in(post, at) if each.stops]

    said = {hit.hit.key: Said("not_pupil", "The author of the book")}
    post = answer_hits(by=cast.amina, at=at, post=post, said=said)

    assert not [each for each in found_in(post, at) if each.stops]
    assert submit_post(by=cast.amina, at=at, post=post).state == "submitted"


def test_words_in_the_text_and_in_a_picture_are_one_hit_that_names_no_picture(gwen, picture, pictured, at):
    post = pictured(picture(["Gwen Parry"]), text="Well done to Gwen Parry.")

    (hit,) = [each for each in found_in(post, at) if each.stops]
    assert hit.pictures == ()
    assert len(hit.fields) == 2


def test_a_blurred_copy_is_read_again_and_its_words_alone_count(cast, gwen, picture, pictured, at):
    post = pictured(picture(["Gwen Parry"]))
    post = edit_post(
        by=cast.amina, at=at, post=post, version=post.version, answers=FIT, planned_at=None,
        pictures=[picture([], "#7d3f5a")], targets=[TargetText(cast.bluesky, "Prize day.")],
    )  # fmt: skip

    assert not found_in(post, at)


def test_a_name_that_was_read_makes_the_post_one_that_names_someone(gwen, picture, pictured, at):
    post = pictured(picture(["Gwen Parry"]))

    assert hits_of(post, on=at.date()).names_pupil
    assert not hits_of(pictured(picture([], "#7d3f5a")), on=at.date()).names_pupil


def test_words_give_no_advice_about_the_text(picture, pictured, at):
    found = hits_of(pictured(picture(["SPORTS DAY!!! SPORTS DAY!!! EVERYONE WELCOME!!!"])), on=at.date())

    assert all(not field.startswith("words-") for field, _advice in found.advice)


def approved(cast, at, post):
    post = submit_post(by=cast.amina, at=at, post=post)
    return approve_post(by=cast.ben, at=at, post=post, seen=queries.seen_now(post, at=at))


def test_an_approved_post_waits_until_its_pictures_are_read(cast, picture, pictured, at):
    mine = picture(None)
    post = approved(cast, at, pictured(mine))
    assert begin_sending(at=at, post=post) == []
    assert queries.post(post.pk).state == "approved"

    keep_words(at=at, picture=mine, lines=[])
    assert begin_sending(at=at, post=queries.post(post.pk))


def test_a_name_that_is_read_after_the_approval_takes_the_post_back(cast, gwen, picture, pictured, at):
    mine = picture(None)
    post = approved(cast, at, pictured(mine))
    keep_words(at=at, picture=mine, lines=["Gwen Parry"])

    assert begin_sending(at=at, post=queries.post(post.pk)) == []
    assert queries.post(post.pk).state == "submitted"


def test_where_no_worker_reads_the_post_goes_on_after_three_minutes(cast, picture, pictured, at):
    post = approved(cast, at, pictured(picture(None)))
    later = at + LONGEST_WAIT

    assert begin_sending(at=later - timedelta(seconds=1), post=queries.post(post.pk)) == []
    assert begin_sending(at=later, post=queries.post(post.pk))
    assert PictureWords.objects.get().lines is None
