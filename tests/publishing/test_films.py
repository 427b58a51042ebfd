"""A film of a post: what is sent is what was approved, each network's limits are told before, and consent to
a picture is none to a film."""

from datetime import timedelta
from io import BytesIO

import pytest

from schoolgate.core.errors import BadInput
from schoolgate.media.films import prove_film
from schoolgate.media.models import Film, film_of
from schoolgate.media.pictures import add_film, describe_picture, store_film
from schoolgate.networks.fake import FakeNetwork, FakeServer, Fault
from schoolgate.networks.handshake import Intent
from schoolgate.publishing import queries
from schoolgate.publishing.approving import submit_post
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.drafting import TargetText, draft_post
from schoolgate.publishing.facts import facts_of
from schoolgate.publishing.hits import hits_of
from schoolgate.publishing.models import PostPerson
from schoolgate.publishing.of_pupils import noes_in, words_on
from schoolgate.publishing.rules import problems_of
from schoolgate.publishing.sending import outgoing
from schoolgate.pupils.models import Consent, Pupil, Use
from schoolgate.screening import Kind
from tests.filming import CAPTIONS, a_film
from tests.publishing.conftest import ANSWERS, account_on
from tests.publishing.test_pictures import FIT, picture  # noqa: F401

ALT = "Runners set off."


@pytest.fixture
def film(cast, home, at):
    """`film(captions=...)`: the cover of a film of Amina's in the store."""

    def add(*, captions=CAPTIONS, alt=ALT, sound=True, hears_pupils=False, **more):
        content = a_film(sound=sound, **more)
        proven = prove_film(BytesIO(content), size=len(content), captions=captions)
        cover = add_film(
            by=cast.amina, at=at, school=cast.school,
            film=store_film(proven, federation_id=cast.school.federation_id),
        )  # fmt: skip
        return describe_picture(
            by=cast.amina, at=at, picture=cover, alt=alt, shows_people=False, shows_pupils=False,
            hears_pupils=hears_pupils,
        )  # fmt: skip

    return add


@pytest.fixture
def filmed(cast, at):
    """`filmed(cover)`: a post of Amina's with this film."""

    def write(*covers, accounts=None, **more):
        given = {"answers": FIT, **more}
        targets = [TargetText(account, "Sports day.") for account in accounts or [cast.bluesky]]
        return draft_post(by=cast.amina, at=at, school=cast.school, pictures=covers, targets=targets, **given)

    return write


def problems(post, at):
    return {name: str(said) for name, said in problems_of(post, on=at.date()).items()}


def test_a_film_goes_out_as_it_was_approved_with_its_captions(film, draft, started, advance, server):
    delivery = started(pictures=(film(),), answers=FIT)

    out = outgoing(delivery)
    sent = advance(delivery)

    assert (out.pictures, out.film.alt, out.film.captions, out.film.cover.width) == ((), ALT, CAPTIONS, 64)
    assert (sent.state, next(iter(server.ours.values())).normal.film) == (
        Intent.CONFIRMED,
        out.normal().film,
    )


def test_new_captions_or_another_film_are_other_content(filmed, film, cast, at):
    cover = film()
    post = filmed(cover)
    before = content_digest(post)

    describe_picture(
        by=cast.amina, at=at, picture=cover, alt=ALT, shows_people=False, shows_pupils=False,
        captions=CAPTIONS.replace("Welcome", "Croeso"),
    )  # fmt: skip

    assert content_digest(queries.post(post.pk)) != before


def test_captions_that_cant_be_read_are_refused_beside_their_field(filmed, film):
    cover = film()

    said = {"alt": ALT, "shows_people": False, "shows_pupils": False, "captions": "Hello", "no_speech": None}
    with pytest.raises(BadInput) as refused:
        filmed(cover, described={cover.pk: said})

    assert "Line 1" in str(refused.value.fields[f"captions-{cover.pk}"])


def test_sound_goes_with_captions_unless_no_one_speaks(filmed, film, cast, at):
    cover = film(captions="")
    post = filmed(cover)
    assert "Add captions, or say that no one speaks" in problems(post, at)[f"captions-{cover.pk}"]

    describe_picture(
        by=cast.amina, at=at, picture=cover, alt=ALT, shows_people=False, shows_pupils=False,
        captions="", no_speech=True,
    )  # fmt: skip

    assert problems(queries.post(post.pk), at) == {}
    assert problems(filmed(film(captions="", sound=False, colour=9)), at) == {}


LIMITS = [
    ("x", {"milliseconds": 140_001}, "up to 140 seconds"),
    ("x", {"milliseconds": 140_000}, ""),
    ("mastodon", {"size": 103_809_025}, "up to 103 MB"),
    ("mastodon", {"size": 103_809_024}, ""),
    ("bluesky", {"captions": CAPTIONS + "x" * 20_001}, "too long for Bluesky"),
    ("facebook", {}, ""),
]


@pytest.mark.parametrize(("network", "told", "said"), LIMITS)
def test_what_a_network_does_not_take_is_said_before_sending(
    filmed, film, cast, school, at, network, told, said
):
    cover = film()
    Film.objects.filter(pk=cover.film.pk).update(**told)
    account = {"bluesky": cast.bluesky, "facebook": cast.facebook}.get(network) or account_on(
        network, school, at
    )

    found = " ".join(problems(queries.post(filmed(cover, accounts=[account]).pk), at).values())

    assert said in found if said else found == ""


def test_a_post_has_a_film_or_pictures_and_not_both(filmed, film, picture):  # noqa: F811
    with pytest.raises(BadInput) as refused:
        filmed(film(), picture(1))

    assert "film" in refused.value.fields


def test_the_words_of_the_captions_go_out_as_words(filmed, film):
    post = queries.post(filmed(film()).pk)

    [target] = post.targets.all()
    assert "Welcome to our sports day." in words_on(target)


def test_what_captions_tell_of_a_child_is_asked_about_over_two_of_them(filmed, film, at):
    second = "00:00.500 --> 00:00.900\nbecause my mum is poorly\n"
    tells = film(captions=f"WEBVTT\n\n00:00.000 --> 00:00.500\nI live with my nan now\n\n{second}")
    (hit,) = hits_of(queries.post(filmed(tells).pk), on=at.date()).hits
    assert (hit.hit.kind, hit.fields) == (Kind.TOLD, (f"captions-{tells.pk}",))
    assert "nan now" in hit.hit.words
    assert "poorly" in hit.hit.words


@pytest.mark.parametrize(
    ("uses", "sound", "may"),
    [
        (["picture"], True, False),
        (["picture", "film"], True, False),
        (["film"], False, True),
        (["film", "voice"], True, True),
        (["picture", "voice"], True, False),
    ],
)
def test_a_film_needs_consent_to_film_and_with_sound_to_voice(filmed, film, cast, at, uses, sound, may):
    pupil = Pupil.objects.create(
        school=cast.school, key="P1", first_name="Seren", last_name="Pugh", form="4B"
    )
    for use in uses:
        Consent.objects.create(
            pupil=pupil, use=use, answer="given", giver="parent", who="Ann Pugh", form="paper",
            from_day=at.date(), at=at, by=cast.ben,
        )  # fmt: skip
    people = [{"pupil": pupil, "relation": "pupil", "shown": True, "named": "no"}]

    post = queries.post(filmed(film(sound=sound, hears_pupils=None), people=people).pk)

    assert (noes_in(post, on=at.date()) == []) is may
    [(_target, facts)] = facts_of(post, at=at)
    assert bool(facts.people[0].consents) is may
    assert (facts.has_picture, facts.picture.alt_text) == (True, ALT)


@pytest.mark.parametrize("fault", [Fault.TIME_OUT_AFTER, Fault.HALF_BODY])
def test_a_film_whose_answer_is_lost_is_looked_up_and_never_sent_twice(film, started, advance, at, fault):
    server = FakeServer(faults=[fault], takes_keys=False)
    delivery = started(pictures=(film(),), answers=FIT)

    advance(delivery, network=FakeNetwork(server))
    too_early = advance(delivery, network=FakeNetwork(server), now=at + timedelta(seconds=389))
    later = advance(delivery, network=FakeNetwork(server), now=at + timedelta(seconds=391))

    assert (too_early.state, later.state) == (Intent.UNKNOWN, Intent.CONFIRMED)
    assert (server.calls.count("publish"), len(server.ours)) == (1, 1)


def test_a_picture_alone_is_no_film(picture):  # noqa: F811
    assert film_of(picture(1)) is None
    assert ANSWERS


@pytest.mark.parametrize("use", Use.values)
def test_every_use_that_parents_are_asked_about_is_looked_at_before_a_post_goes_out(
    use,
    filmed,
    film,
    picture,  # noqa: F811
    cast,
    at,
):
    """A use that stops none of these is asked for nothing: let the gate look at it, or don't ask."""
    ava = Pupil.objects.create(school=cast.school, key="P1", first_name="Seren", last_name="Pugh")
    for each in set(Use.values) - {use}:
        Consent.objects.create(
            pupil=ava, use=each, answer="given", giver="parent", form="paper", from_day=at.date(), at=at,
            by=cast.ben,
        )  # fmt: skip
    shown = {"pupil": ava, "relation": "pupil", "shown": True, "named": "no"}
    posts = [
        filmed(picture(0), people=[shown]),
        filmed(film(hears_pupils=None), people=[shown]),
        filmed(people=[shown | {"shown": False, "named": "full"}]),
    ]
    stopped = {no.use for post in posts for no in noes_in(queries.post(post.pk), on=at.date())}
    assert stopped == {use}


def test_the_author_says_who_is_heard_before_a_film_with_sound_goes_to_its_approver(filmed, film, cast, at):
    cover = film(hears_pupils=None)
    post = filmed(cover)
    assert list(problems(post, at)) == [f"hears-{cover.pk}"]
    with pytest.raises(BadInput):
        submit_post(by=cast.amina, at=at, post=post)
    assert problems(filmed(film(hears_pupils=None, sound=False)), at) == {}
    quiet = film(hears_pupils=None)
    Film.objects.filter(cover=quiet).update(no_speech=True)
    assert problems(filmed(quiet), at) == {}


def heard(cast, at, film, filmed, *, hears=True, **said):
    """A post with a film in which Ava is heard, seen or neither, and may be filmed."""
    ava = Pupil.objects.create(school=cast.school, key="A", first_name="Ava", last_name="Thomas")
    for use in ("film", "picture"):
        Consent.objects.create(pupil=ava, use=use, answer="given", giver="parent", form="paper", by=cast.sam,
                               from_day=at.date(), at=at)  # fmt: skip
    listed = [{"pupil": ava, "relation": "pupil", "shown": True, "named": "no", **said}] if said else []
    return ava, filmed(film(hears_pupils=hears), people=listed)


@pytest.mark.parametrize(
    ("said", "against"),
    [
        ({"shown": True, "heard": True}, ["voice"]),
        ({"shown": False, "heard": True}, ["voice"]),
        ({"shown": True, "heard": None}, ["voice"]),
        ({"shown": True, "heard": False}, []),
    ],
)
def test_consent_is_asked_for_being_seen_and_for_being_heard(cast, at, film, filmed, said, against):
    ava, post = heard(cast, at, film, filmed, **said)
    assert [each.use for each in noes_in(post, on=at.date())] == against
    Consent.objects.create(pupil=ava, use="voice", answer="given", giver="parent", form="paper", by=cast.sam,
                           from_day=at.date(), at=at)  # fmt: skip
    assert noes_in(queries.post(post.pk), on=at.date()) == []
    Consent.objects.create(pupil=ava, use="film", answer="refused", giver="parent", form="paper", by=cast.sam,
                           from_day=at.date(), at=at)  # fmt: skip
    uses = [each.use for each in noes_in(queries.post(post.pk), on=at.date())]
    assert uses == (["film"] if said["shown"] else [])


def test_where_no_pupil_is_heard_no_consent_to_their_voice_is_needed(cast, at, film, filmed):
    _ava, post = heard(cast, at, film, filmed, hears=False, shown=True)
    assert noes_in(post, on=at.date()) == []


def test_pupils_who_are_heard_are_chosen_from_the_list(cast, at, film, filmed):
    ava, post = heard(cast, at, film, filmed)
    assert "Choose the pupils who can be heard" in problems(post, at)["pupils-chosen"]
    PostPerson.objects.create(post=post, place=1, pupil=ava, relation="pupil", shown=False, heard=False)
    assert "Choose the pupils who can be heard" in problems(queries.post(post.pk), at)["pupils-chosen"]
    PostPerson.objects.update(heard=True)
    Consent.objects.create(pupil=ava, use="voice", answer="given", giver="parent", form="paper", by=cast.sam,
                           from_day=at.date(), at=at)  # fmt: skip
    assert problems(queries.post(post.pk), at) == {}


def test_saying_something_else_of_who_is_heard_or_seen_asks_the_approver_again(cast, at, film, approved):
    cover = film()
    post = approved(pictures=(cover,), answers=FIT)
    seen = queries.seen_now(post, at=at)
    Film.objects.filter(cover=cover).update(hears_pupils=True)
    assert queries.seen_now(queries.post(post.pk), at=at) != seen
    Film.objects.filter(cover=cover).update(hears_pupils=False)
    assert queries.seen_now(queries.post(post.pk), at=at) == seen
    type(cover).objects.filter(pk=cover.pk).update(shows_people=True)
    assert queries.seen_now(queries.post(post.pk), at=at) != seen
