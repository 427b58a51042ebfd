"""Where the program counted a face, or the picture may be part of one with people, *No one recognisable*
needs a written reason and a second person who says the same, in every post with that picture. Where nothing
was counted, that is said: it is taken neither for a face nor for none."""

from __future__ import annotations

import pytest
from PIL import ImageOps

from bench.pictures import CHANGES, photograph
from schoolgate.core.errors import BadInput, NotAllowed
from schoolgate.core.leaving import Said
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.media.models import Film, Picture
from schoolgate.media.pictures import add_picture, describe_picture
from schoolgate.media.proving import ProvenPicture
from schoolgate.media.redrawing import prints_of
from schoolgate.publishing import queries
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.drafting import TargetText, edit_post
from schoolgate.publishing.hit_answers import answer_hits
from schoolgate.publishing.hits import hits_of
from schoolgate.publishing.models import HitAnswer, PostPerson
from schoolgate.publishing.rules import problems_of
from schoolgate.publishing.starting import begin_sending
from schoolgate.pupils.models import Pupil
from tests.cast import someone
from tests.publishing.conftest import ANSWERS, approve_for, draft_of, led

FIT = {**ANSWERS, "fit": True}
REASON = "The face is on a poster by a pupil."


@pytest.fixture
def here(in_world, at):
    found = in_world(led, at).cast
    with scope(found.federation.pk):
        yield found


@pytest.fixture
def seen(here, at):
    """`seen(1)`: a picture with one face, of which Amina said that no one is recognisable. `file`: which."""

    def add(faces, *, file="a", people=False, pupils=False):
        proven = ProvenPicture(b"", "image/jpeg", 40, 30, (), faces)
        return add_picture(
            by=here.amina, at=at, school=here.school, proven=proven, digest=file * 64, alt="A hall.",
            shows_people=people, shows_pupils=pupils, read=False,
        )  # fmt: skip

    return add


def drafted(here, at, *pictures):
    return draft_of(here, at, pictures=pictures, answers=FIT)


def asked(post, at):
    return [each for each in hits_of(queries.post(post.pk), on=at.date()).stops if each.is_face]


def say(by, at, post, words=REASON):
    (found,) = asked(post, at)
    return answer_hits(by=by, at=at, post=queries.post(post.pk), said={found.hit.key: Said("right", words)})


@pytest.mark.parametrize(("faces", "asks"), [(None, False), (0, False), (1, True), (30, True)])
def test_a_counted_face_asks_why_no_one_is_recognisable(here, at, seen, faces, asks):
    post = drafted(here, at, seen(faces))
    assert bool(asked(post, at)) is asks
    if not asks:
        assert submit_post(by=here.amina, at=at, post=post).state == "submitted"
        return
    with pytest.raises(BadInput) as refused:
        submit_post(by=here.amina, at=at, post=post)
    assert "no one can be recognised" in str(refused.value.fields["screening"])


@pytest.mark.parametrize(("people", "pupils"), [(True, False), (True, True), (True, None), (None, None)])
def test_every_other_answer_needs_no_reason(here, at, seen, people, pupils):
    assert asked(drafted(here, at, seen(3, people=people, pupils=pupils)), at) == []


@pytest.mark.parametrize("words", ["", ".", "ok", "no reason needed"])
def test_an_answer_without_a_reason_is_none(here, at, seen, words):
    post = drafted(here, at, seen(1))
    with pytest.raises(BadInput) as refused:
        say(here.amina, at, post, words)
    assert "why no one can be recognised" in str(refused.value.fields["screening"])
    assert asked(post, at)


def test_with_the_authors_reason_it_goes_on_and_the_reason_is_what_is_approved(here, at, seen):
    post = drafted(here, at, seen(1))
    before = queries.seen_now(queries.post(post.pk), at=at)
    say(here.amina, at, post)
    now = queries.post(post.pk)
    assert queries.seen_now(now, at=at) != before
    with pytest.raises(BadInput) as refused:
        approve_for(here, at, now)
    assert "First look and say whether you agree" in str(refused.value.fields["screening"])
    agree(here.amina, at, post)
    assert hits_of(queries.post(post.pk), on=at.date()).to_approve, "its author says it for no second person"
    agree(here.ben, at, post)
    now = queries.post(post.pk)
    assert approve_post(by=here.ben, at=at, post=now, seen=queries.seen_now(now, at=at)).state == "approved"
    (row,) = HitAnswer.objects.all()
    assert (row.kind, row.reply, row.words, row.by) == ("face", "right", REASON, here.amina)
    assert row.also_by == here.ben


def agree(by, at, post):
    (found,) = [each for each in hits_of(queries.post(post.pk), on=at.date()).hits if each.is_face]
    said = {found.hit.key: Said("right", REASON)}
    return answer_hits(by=by, at=at, post=queries.post(post.pk), said=said)


def test_who_neither_wrote_it_nor_approves_it_gives_no_reason(here, at, seen):
    post = drafted(here, at, seen(1))
    with pytest.raises(NotAllowed):
        say(someone("Cara Colleague", "staff"), at, post)
    say(here.ben, at, post)
    assert asked(post, at) == []


def test_a_reason_counts_in_one_post_for_one_picture_as_it_is(here, at, seen):
    picture = seen(1)
    post = drafted(here, at, picture)
    say(here.amina, at, post)
    assert asked(drafted(here, at, picture), at), "another post asks again"
    changed = edit_post(
        by=here.amina, at=at, post=post, version=queries.post(post.pk).version, answers=FIT,
        planned_at=None, pictures=[seen(1, file="b")], targets=[TargetText(here.bluesky, "Sports day.")],
    )  # fmt: skip
    assert asked(changed, at), "a picture that was edited is another file"


def test_each_of_several_pictures_is_asked_about_by_itself(here, at, seen):
    post = drafted(here, at, seen(0), seen(1, file="b"), seen(2, file="c"))
    two, three = asked(post, at)
    assert (two.pictures, three.pictures) == ((2,), (3,))
    said = {two.hit.key: Said("right", REASON)}
    answer_hits(by=here.amina, at=at, post=queries.post(post.pk), said=said)
    assert [each.pictures for each in asked(post, at)] == [(3,)]


def test_another_answer_of_the_author_ends_the_question_at_once(here, at, seen):
    """The same post object too: what was found before isn't shown again."""
    picture = seen(1)
    post = queries.post(drafted(here, at, picture).pk)
    assert hits_of(post, on=at.date()).stops
    (placed,) = post.pictures
    describe_picture(
        by=here.amina, at=at, picture=placed, alt="A hall.", shows_people=True, shows_pupils=False
    )
    assert hits_of(post, on=at.date()).stops == []


def test_the_cover_of_a_film_is_asked_about_as_any_picture(here, at, seen):
    cover = seen(1)
    Film.objects.create(
        cover=cover, digest="f" * 64, width=40, height=30, size=1, milliseconds=1000, has_sound=False
    )
    assert asked(drafted(here, at, cover), at)


def test_what_was_approved_before_this_was_asked_goes_back_instead_of_out(here, at, seen):
    picture = seen(0)
    post = approve_for(here, at, drafted(here, at, picture))
    Picture.objects.filter(pk=picture.pk).update(faces=1)
    assert begin_sending(at=at, post=queries.post(post.pk)) == []
    now = queries.post(post.pk)
    assert now.state == "submitted"
    with pytest.raises(BadInput):
        approve_post(by=here.ben, at=at, post=now, seen=queries.seen_now(now, at=at))


def test_the_sentence_names_the_picture_before_words_that_wait_too(here, at, seen):
    post = draft_of(here, at, "Ring 07700 900123.", pictures=[seen(1)], answers=FIT)
    assert "found a face" in str(problems_of(post, on=at.date())["screening"])


WHOLE, HALF = CHANGES["brighter"], CHANGES["half, cut at three edges"]


@pytest.fixture
def looks(here, at):
    """`looks(0, HALF)`: a picture that shows this much of a photograph, and of which that is said."""

    def add(number, change=WHOLE, *, people=None):
        shown = change(photograph(number, (320, 240)))
        proven = ProvenPicture(b"", "image/jpeg", shown.width, shown.height, tuple(prints_of(shown)), None)
        return add_picture(
            by=here.amina, at=at, school=here.school, proven=proven, alt="A hall.",
            digest=f"{Picture.objects.count():064x}", shows_people=people, shows_pupils=people, read=False,
        )  # fmt: skip

    return add


@pytest.mark.parametrize("change", ["half", "mirrored half", "the same", "the other way round"])
def test_part_of_a_picture_with_people_needs_a_reason_too_and_of_one_without_none(here, at, looks, change):
    """One face was cut out of a group and went out as *No one recognisable*."""
    made = {
        "half": (WHOLE, HALF), "the same": (WHOLE, WHOLE), "the other way round": (HALF, WHOLE),
        "mirrored half": (WHOLE, lambda image: ImageOps.mirror(HALF(image))),
    }  # fmt: skip
    first, second = made[change]
    looks(0, first, people=True)
    (found,) = asked(drafted(here, at, looks(0, second, people=False)), at)
    assert (found.is_part, found.replies, found.needs_reason("right")) == (True, ("right",), True)
    assert found.counts_by_two("right")
    looks(1, first, people=False)
    assert asked(drafted(here, at, looks(1, second, people=False)), at) == []
    assert asked(drafted(here, at, looks(0, second, people=True)), at) == []


def test_it_is_asked_about_whichever_of_both_was_here_first_and_for_pictures_from_before(here, at, looks):
    post = drafted(here, at, looks(0, HALF, people=False))
    assert asked(post, at) == []
    group = looks(0, people=True)
    assert asked(post, at)
    Picture.objects.update(like=None)
    assert asked(post, at)
    Picture.objects.filter(pk=group.pk).update(shows_people=False, shows_pupils=False)
    assert asked(post, at) == []


def test_who_is_in_the_whole_is_asked_about_by_name_at_their_own_school(here, at, looks):
    other = School.objects.create(name="Wildground Infants", slug="infants")
    ava, bea = (
        Pupil.objects.create(school=school, key=first, first_name=first, last_name="Thomas")
        for first, school in (("Ava", here.school), ("Bea", other))
    )
    group = looks(0, people=True)
    people = [
        {"pupil": ava, "relation": "pupil", "shown": True, "named": "no"},
        {"relation": "staff", "shown": True},
    ]
    whole = draft_of(here, at, pictures=[group], answers=FIT, people=people)
    part = drafted(here, at, looks(0, HALF, people=False))
    (found,) = asked(part, at)
    assert (found.names, found.hit.of) == (("Ava Thomas",), (ava.pk,))
    say(here.amina, at, part)
    assert asked(part, at) == []
    PostPerson.objects.create(post=whole, place=2, pupil=bea, relation="pupil", shown=True, named="no")
    (again,) = asked(part, at)
    assert again.names == ("Ava Thomas",)
    assert set(again.hit.of) == {ava.pk, bea.pk}, "a new pupil is a new question"
    PostPerson.objects.filter(post=whole).update(shown=False)
    (unnamed,) = asked(part, at)
    assert unnamed.names == ()
