"""Pupils chosen from the list: what parents said counts, per network and use, until the post is out."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolgate.core.errors import BadInput
from schoolgate.core.leaving import Said
from schoolgate.core.models import LedgerRow, School
from schoolgate.core.tenancy import scope
from schoolgate.media.pictures import add_picture, store, take_in, vouch
from schoolgate.policy.models import DecisionRecord
from schoolgate.publishing import queries, sending
from schoolgate.publishing.approving import submit_post
from schoolgate.publishing.drafting import TargetText, draft_post
from schoolgate.publishing.facts import facts_of
from schoolgate.publishing.hit_answers import answer_hits
from schoolgate.publishing.hits import hits_of
from schoolgate.publishing.looked_for import names_here
from schoolgate.publishing.models import Delivery, HitReply, PostPerson
from schoolgate.publishing.of_pupils import name_found, noes_in
from schoolgate.publishing.starting import begin_sending
from schoolgate.pupils.answering import record_objection
from schoolgate.pupils.models import Consent, NotPublished, Pupil
from tests.pace import sized
from tests.publishing.conftest import account_on
from tests.publishing.five_policies import CAREFUL, CHILD, COLLEAGUE, KEYS, federation_at_work
from tests.stories import rolled_back
from tests.web.posts_cast import jpeg

EACH = pytest.mark.parametrize("at_work", KEYS, indirect=True)
WILDGROUND = pytest.mark.parametrize("at_work", ["wildground"], indirect=True)
LEARN_TO_LIVE = pytest.mark.parametrize("at_work", ["learn-to-live"], indirect=True)


@pytest.fixture
def at_work(request, in_world, home, at):
    """One of the five federations, in its scope."""
    found = in_world(federation_at_work, at, request.param).at_work
    with scope(found.federation.pk):
        yield found


def pupil(at_work, first, last="Example", **more):
    key = f"{first}-{last}"
    given = {"school": at_work.school, "key": key, "first_name": first, "last_name": last, **more}
    return Pupil.objects.create(**given)


def said(at_work, of, answer="given", *, use="picture", giver="parent", form="paper", channel="", **more):
    day = at_work.at.date() - timedelta(days=30)
    return Consent.objects.create(
        pupil=of, use=use, channel=channel, answer=answer, giver=giver, form=form, from_day=day,
        by=at_work.owner, at=at_work.at, **more,
    )  # fmt: skip


def agreed(at_work, first, **more):
    found = pupil(at_work, first)
    said(at_work, found, **more)
    return found


def showing(at_work, *pupils, text="Sports day is on Friday.", accounts=(), vouched=True, named="no"):
    """A post of a picture of these pupils, chosen from the list."""
    proven = take_in(jpeg())
    picture = add_picture(
        by=at_work.writer, at=at_work.at, school=at_work.school, proven=proven, alt="Children on the field.",
        digest=store(proven, federation_id=at_work.federation.pk), shows_people=True, shows_pupils=True,
    )  # fmt: skip
    targets = [TargetText(account, text) for account in accounts or [at_work.account]]
    for target in targets if vouched else []:
        vouch(
            by=at_work.approver if at_work.key == "boroughbridge" else at_work.owner, at=at_work.at,
            picture=picture, channel=target.account.network, list_dated=at_work.at.date(), everybody_may=True,
        )  # fmt: skip
    here = {"relation": "pupil", "shown": True, "named": named, "at_school_activity": True}
    people = [{**here, "pupil": each} for each in pupils]
    return draft_post(
        by=at_work.writer, at=at_work.at, school=at_work.school, pictures=[picture], answers=CAREFUL,
        targets=targets, people=people,
    )  # fmt: skip


def people_on(post, at_work):
    return {t.account.network: facts.people for t, facts in facts_of(post, at=at_work.at)}


def only(post, at_work):
    (people,) = people_on(post, at_work).values()
    (person,) = people
    return person


def handed_in(at_work, post):
    return submit_post(by=at_work.writer, at=at_work.at, post=post)


def missing(post, at_work):
    found = [each.decision for each in queries.judged(post, at=at_work.at)]
    return {c for each in found for f in each.findings if f.kind != "met" and f.stands for c in f.clauses}


@EACH
def test_a_class_picture_of_pupils_who_all_may_goes_out_unless_one_says_no_after_the_approval(at_work):
    ava, tomos = agreed(at_work, "Ava"), agreed(at_work, "Tomos")
    post = at_work.approve(handed_in(at_work, showing(at_work, ava, tomos)))
    with rolled_back():
        said(at_work, ava, "refused")
        assert begin_sending(at=at_work.at, post=queries.post(post.pk)) == []
        again = queries.post(post.pk)
        assert (again.state, queries.standing_approval(again)) == ("submitted", None)
        with pytest.raises(BadInput):
            at_work.approve(again)
    assert at_work.send(queries.post(post.pk)).state == "confirmed"


OWN_ANSWER = {
    "wildground": "wildground-images-2",
    "boroughbridge": "boroughbridge-images-2",
    "learn-to-live": "learn-to-live-sanctioned-11",
    "wootton": "",
    "llanidloes": "",
}


@EACH
def test_one_child_without_consent_stops_it_everywhere_and_each_policy_says_its_own(at_work):
    post = showing(at_work, agreed(at_work, "Ava"), pupil(at_work, "Amelia"))
    own = {clause for clause in missing(post, at_work) if clause.startswith(at_work.key + "-")}
    assert own & set(OWN_ANSWER.values()) == {OWN_ANSWER[at_work.key]} - {""}
    assert not queries.is_ready(post, at=at_work.at)
    with pytest.raises(BadInput) as refused:
        handed_in(at_work, post)
    assert set(refused.value.fields) == {"pupils-chosen"}


@WILDGROUND
def test_one_network_says_yes_and_another_no(at_work):
    board = account_on("noticeboard", at_work.school, at_work.at, setup=at_work.account.setup)
    ava = agreed(at_work, "Ava")
    said(at_work, ava, "refused", channel="bluesky")
    post = showing(at_work, ava, accounts=[at_work.account, board])
    people = people_on(post, at_work)
    assert [bool(people[name][0].consents) for name in ("bluesky", "noticeboard")] == [False, True]
    assert {each.network for each in noes_in(post, on=at_work.at.date())} == {"bluesky"}
    assert not noes_in(showing(at_work, ava, accounts=[board]), on=at_work.at.date())


@LEARN_TO_LIVE
@pytest.mark.parametrize(("form", "written"), [("paper", True), ("message", True), ("spoken", False)])
def test_only_an_answer_in_writing_is_in_writing(at_work, form, written):
    post = showing(at_work, agreed(at_work, "Ava", form=form))
    (consent,) = only(post, at_work).consents
    assert (consent.written, consent.roles) == (written, ("parent",))
    assert ("learn-to-live-sanctioned-11" in missing(post, at_work)) is not written


@WILDGROUND
def test_consent_to_the_name_is_none_to_the_picture(at_work):
    ava = agreed(at_work, "Ava", use="name")
    person = only(showing(at_work, ava, text="Well done Ava Example!"), at_work)
    assert (person.named, person.consents) == ("full", ())


@WILDGROUND
def test_a_pupil_who_is_named_needs_consent_to_that_as_well(at_work):
    ava = agreed(at_work, "Ava")
    named = showing(at_work, ava, text="Well done, AVA!")
    assert [each.use for each in noes_in(named, on=at_work.at.date())] == ["name"]
    said(at_work, ava, use="name")
    assert noes_in(named, on=at_work.at.date()) == []
    assert only(named, at_work).agreed_to_naming(None) is True


@WILDGROUND
def test_what_the_list_says_comes_before_what_an_author_says(at_work):
    ava = pupil(at_work, "Ava")
    people = [{"pupil": ava, "relation": "pupil", "shown": True, "named": "no", "consent": True}]
    post = draft_post(
        by=at_work.writer, at=at_work.at, school=at_work.school, answers=CAREFUL, people=people,
        targets=[TargetText(at_work.account, "Sports day.")],
    )  # fmt: skip
    assert only(post, at_work).consents == ()


@WILDGROUND
def test_refused_left_and_listed_are_told_apart_in_the_facts_alone(at_work):
    refused, left, listed = pupil(at_work, "Ava"), agreed(at_work, "Ben"), agreed(at_work, "Cai")
    said(at_work, refused, "refused")
    Pupil.objects.filter(pk=left.pk).update(left_on=at_work.at.date())
    NotPublished.objects.create(pupil=listed, by=at_work.owner, at=at_work.at)
    people = people_on(showing(at_work, refused, Pupil.objects.get(pk=left.pk), listed), at_work)["bluesky"]
    assert [each.consents for each in people] == [(), (), ()]
    assert [each.opted_out for each in people] == [True, False, False]
    assert [each.do_not_publish for each in people] == [False, False, True]


@WILDGROUND
def test_another_schools_pupils_are_refused_and_each_is_chosen_once(at_work):
    south = School.objects.create(name="South", slug="south")
    stranger = Pupil.objects.create(school=south, key="S1", first_name="Sol", last_name="South")
    ava = agreed(at_work, "Ava")
    for chosen, told in (([ava, stranger], "pupils of this school"), ([ava, ava], "only once")):
        with pytest.raises(BadInput) as refused:
            showing(at_work, *chosen)
        assert told in str(refused.value.fields["people"])


@WILDGROUND
def test_a_no_between_the_start_and_the_network_stops_it_too(at_work):
    ava = agreed(at_work, "Ava")
    post = at_work.approve(handed_in(at_work, showing(at_work, ava)))
    (delivery,) = begin_sending(at=at_work.at, post=queries.post(post.pk))
    NotPublished.objects.create(pupil=ava, by=at_work.owner, at=at_work.at)
    sending.advance(
        at_work.federation.pk, delivery.pk, clock=lambda: at_work.at,
        connect=lambda _: pytest.fail("nothing may be sent"),
    )  # fmt: skip
    with scope(at_work.federation.pk):
        stopped = Delivery.objects.get(pk=delivery.pk)
        assert (stopped.state, stopped.because) == ("failed", "consent_gone")


@WILDGROUND
def test_a_child_who_objects_that_day_is_respected_for_that_picture_for_good(at_work):
    ava = agreed(at_work, "Ava")
    record_objection(by=at_work.writer, at=at_work.at, pupil=ava)
    post = showing(at_work, ava)
    for days in (0, 6, 7, 60):
        assert noes_in(post, on=at_work.at.date() + timedelta(days=days)), days
    at_work.at += timedelta(days=7)
    assert not noes_in(showing(at_work, ava), on=at_work.at.date())


@WILDGROUND
def test_a_childs_no_of_the_day_is_one_to_their_name_too_in_what_waits_and_in_what_is_typed(at_work):
    ava = agreed(at_work, "Ava")
    said(at_work, ava, use="name")
    person = {"relation": "pupil", "pupil": ava, "shown": False, "named": "full", "at_school_activity": True}
    chosen, typed = (
        draft_post(
            by=at_work.writer, at=at_work.at, school=at_work.school, answers=CAREFUL, people=people,
            targets=[TargetText(at_work.account, "Ava Example is our chess captain this year.")],
        )
        for people in ([person], [])
    )  # fmt: skip
    day = at_work.at.date()
    chosen = at_work.approve(handed_in(at_work, chosen))
    (before,) = hits_of(queries.post(typed.pk), on=day).hits
    assert before.may_name
    record_objection(by=at_work.writer, at=at_work.at, pupil=ava)
    (no,) = noes_in(queries.post(chosen.pk), on=day)
    assert no.use == "name"
    assert begin_sending(at=at_work.at, post=queries.post(chosen.pk)) == []
    (after,) = hits_of(queries.post(typed.pk), on=day).hits
    assert not after.may_name
    assert not noes_in(queries.post(chosen.pk), on=day + timedelta(days=7))


@WILDGROUND
def test_facts_cost_the_same_for_one_pupil_and_one_account_and_for_many(at_work, same_queries):
    board = account_on("noticeboard", at_work.school, at_work.at, setup=at_work.account.setup)
    few = showing(at_work, agreed(at_work, "Ava"), vouched=False)
    many = showing(
        at_work, *(agreed(at_work, f"P{n}") for n in range(30)), accounts=[at_work.account, board],
        vouched=False,
    )  # fmt: skip
    names_here(on=at_work.at.date())  # the names are read once for all posts
    for read in (
        lambda post: noes_in(post, on=at_work.at.date()),
        lambda post: facts_of(post, at=at_work.at),
    ):
        each = iter([queries.post(few.pk), queries.post(many.pk)])
        same_queries(lambda read=read, each=each: read(next(each)), lambda: None)


@WILDGROUND
def test_no_name_reaches_the_record_or_the_decision(at_work):
    ava = pupil(at_work, "Zebedee", "Quartermain")
    said(at_work, ava, who="Ann Quartermain")
    post = at_work.approve(handed_in(at_work, showing(at_work, ava)))
    NotPublished.objects.create(pupil=ava, by=at_work.owner, at=at_work.at)
    begin_sending(at=at_work.at, post=queries.post(post.pk))
    for rows in (LedgerRow, DecisionRecord):
        text = repr(list(rows.objects.values()))
        assert "Zebedee" not in text
        assert "Quartermain" not in text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Well done Ava Thomas!", "full"),
        ("well done ava thomas", "full"),
        ("Ava’s team won.", "first"),
        ("AVA!", "first"),
        ("The Thomas family.", "first"),
        ("Lava and avalanche", ""),
        ("Availability", ""),
        ("", ""),
    ],
)
def test_a_name_in_the_text_is_found(text, found):
    assert name_found(Pupil(first_name="Ava", last_name="Thomas"), text) == found


@pytest.mark.sized
@settings(max_examples=sized(20, 100))
@given(before=st.text(max_size=20), after=st.text(max_size=20))
def test_a_full_name_is_found_wherever_it_stands_apart(before, after):
    text = f"{before} Ava Thomas {after}"
    assert name_found(Pupil(first_name="Ava", last_name="Thomas"), text) == "full"


def named_ella(at_work, *, shows, picture):
    """A post that names a pupil who may be named, beside a person who wasn't chosen from the list."""
    ella = pupil(at_work, "Ella", "Brown")
    shows = shows | {"consent": None} if shows["relation"] == "pupil" else shows
    said(at_work, ella, use="name")
    pictures = []
    if picture:
        proven = take_in(jpeg())
        pictures.append(
            add_picture(
                by=at_work.writer, at=at_work.at, school=at_work.school, proven=proven, alt="A child.",
                digest=store(proven, federation_id=at_work.federation.pk), shows_people=True,
                shows_pupils=picture == "pupils",
            )
        )  # fmt: skip
    post = draft_post(
        by=at_work.writer, at=at_work.at, school=at_work.school, pictures=pictures, answers=CAREFUL,
        targets=[TargetText(at_work.account, "Well done, Ella Brown!")], people=[shows],
    )  # fmt: skip
    return post, hits_of(post, on=at_work.at.date()).hits[0]


def tells_who(post, at_work):
    """Whether the policy forbids the post because it gives details by which a person is known."""
    (found,) = queries.judged(queries.post(post.pk), at=at_work.at)
    return found.decision.points["text_details"] == "not_permitted"


JUDGE_NAMES = ("learn-to-live", "wootton")
"""Policies with a rule about names beside pictures."""


@EACH
def test_beside_a_picture_of_pupils_a_named_one_is_chosen_where_the_policy_judges_names(at_work):
    _post, hit = named_ella(at_work, shows=CHILD, picture="pupils")
    assert (HitReply.MAY_NAME in hit.replies) is (at_work.key not in JUDGE_NAMES)


@EACH
def test_where_there_is_no_picture_it_is_enough_to_say_that_they_may_be_named(at_work):
    _post, hit = named_ella(at_work, shows=COLLEAGUE, picture="")
    assert HitReply.MAY_NAME in hit.replies


@EACH
def test_where_no_picture_shows_pupils_one_who_may_be_named_is_one_of_the_posts_people(at_work):
    post, hit = named_ella(at_work, shows=COLLEAGUE, picture="staff")
    assert HitReply.MAY_NAME in hit.replies
    before = len(people_on(post, at_work)["bluesky"])
    answer_hits(by=at_work.writer, at=at_work.at, post=post, said={hit.hit.key: Said("may_name")})
    people = people_on(queries.post(post.pk), at_work)["bluesky"]
    assert (before, [(each.relation, each.shown, each.named) for each in people[1:]]) == (
        1, [("pupil", False, "full")],
    )  # fmt: skip
    assert tells_who(post, at_work) is (at_work.key == "learn-to-live")


@LEARN_TO_LIVE
def test_a_pupil_of_another_name_is_none_of_the_posts_people(at_work):
    post, hit = named_ella(at_work, shows=COLLEAGUE, picture="staff")
    said = {hit.hit.key: Said("not_pupil", "A writer of that name.")}
    answer_hits(by=at_work.writer, at=at_work.at, post=post, said=said)
    assert len(people_on(queries.post(post.pk), at_work)["bluesky"]) == 1
    assert not tells_who(post, at_work)


def called_by_first_name(at_work, text="Tegan scored twice.", *, setup=None, **said):
    """A post with a pupil's first name alone, with a picture that shows pupils unless it's said otherwise."""
    tegan = pupil(at_work, "Tegan", "Brown")
    if setup is not None:
        at_work.account.setup = setup
        at_work.account.save(update_fields=["setup"])
    proven = take_in(jpeg())
    picture = add_picture(
        by=at_work.writer, at=at_work.at, school=at_work.school, proven=proven, alt="Children at play.",
        digest=store(proven, federation_id=at_work.federation.pk),
        **{"shows_people": True, "shows_pupils": True, **said},
    )  # fmt: skip
    post = draft_post(
        by=at_work.writer, at=at_work.at, school=at_work.school, pictures=[picture], answers=CAREFUL,
        targets=[TargetText(at_work.account, text)], people=[{**CHILD, "consent": None}],
    )  # fmt: skip
    return tegan, queries.post(post.pk)


def first_names_asked(post, at_work):
    return [each for each in hits_of(post, on=at_work.at.date()).to_approve if each.first_alone]


@EACH
def test_a_first_name_beside_pupils_is_asked_about_under_every_policy(at_work):
    _tegan, post = called_by_first_name(at_work)
    assert [each.hit.words for each in first_names_asked(post, at_work)] == ["Tegan"]
    assert hits_of(post, on=at_work.at.date()).stops == []


@LEARN_TO_LIVE
def test_the_first_names_of_a_post_are_one_question_and_one_answer_is_about_them_all(at_work):
    osian, nia = pupil(at_work, "Osian", "Green"), pupil(at_work, "Nia", "White")
    tegan, post = called_by_first_name(at_work, "Tegan, Osian and Nia scored twice. Osian again!")
    (found,) = first_names_asked(post, at_work)
    assert found.hit.words == "Tegan, Osian, Nia"
    assert set(found.hit.of) == {tegan.pk, osian.pk, nia.pk}
    said = {found.hit.key: Said(HitReply.NOT_PUPIL, "Three coaches of the same names.")}
    answered = answer_hits(by=at_work.approver, at=at_work.at, post=post, said=said)
    assert first_names_asked(answered, at_work) == []
    assert set(answered.hit_answers.get().pupils) == {tegan.pk, osian.pk, nia.pk}


@LEARN_TO_LIVE
def test_a_first_name_of_one_who_must_not_be_published_is_a_leads_question_by_itself(at_work):
    osian = pupil(at_work, "Osian", "Green")
    NotPublished.objects.create(pupil=osian, by=at_work.approver, at=at_work.at)
    _tegan, post = called_by_first_name(at_work, "Tegan and Osian scored twice.")
    asked = {each.hit.words: each.lead_only for each in first_names_asked(post, at_work)}
    assert asked == {"Tegan": False, "Osian": True}


@LEARN_TO_LIVE
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Tegan scored twice.", {"shows_pupils": False}),
        ("Tegan scored twice.", {"shows_people": False, "shows_pupils": False}),
        ("We met in Tegan Street.", {}),
    ],
)
def test_a_first_name_is_asked_about_where_no_pupil_is_seen_too_unless_it_is_an_ordinary_word(
    at_work, text, said
):
    _tegan, post = called_by_first_name(at_work, text, **said)
    assert len(first_names_asked(post, at_work)) == bool(said)


@LEARN_TO_LIVE
def test_an_answer_about_one_who_agreed_is_none_about_another_who_was_not_asked(at_work):
    """Beside a picture, where the policy judges names, the one who agreed is chosen from the list."""
    osian = pupil(at_work, "Osian", "Green")
    said(at_work, osian, use="name")
    _tegan, post = called_by_first_name(at_work, "Tegan and Osian scored twice.")
    asked = {each.hit.words: each.replies for each in first_names_asked(post, at_work)}
    assert asked == {
        "Tegan": (HitReply.NOT_PUPIL,),
        "Osian": (HitReply.NOT_PUPIL, HitReply.RIGHT),
    }


@LEARN_TO_LIVE
def test_author_and_approver_say_why_a_first_name_may_be_there_and_it_is_recorded(at_work):
    reply = HitReply.NOT_PUPIL
    _tegan, post = called_by_first_name(at_work)
    (found,) = first_names_asked(post, at_work)
    assert found.replies == (reply,)
    with pytest.raises(BadInput):
        answer_hits(by=at_work.writer, at=at_work.at, post=post, said={found.hit.key: Said(reply)})
    before = queries.seen_now(post, at=at_work.at)
    said = {found.hit.key: Said(reply, "Our coach, who isn’t in the picture.")}
    for person, left in ((at_work.writer, 1), (at_work.approver, 0)):
        answered = answer_hits(by=person, at=at_work.at, post=queries.post(post.pk), said=said)
        assert len(first_names_asked(answered, at_work)) == left, "a second person says it too"
    assert queries.seen_now(answered, at=at_work.at) != before
    assert [each.words for each in answered.hit_answers.all()] == ["Our coach, who isn’t in the picture."]


@LEARN_TO_LIVE
def test_a_first_name_is_settled_by_the_pupil_who_is_chosen_whatever_namesakes_may(at_work):
    tegan, post = called_by_first_name(at_work)
    pupil(at_work, "Tegan", "Green")
    said(at_work, tegan, use="name")
    post.people.all().delete()
    PostPerson.objects.create(post=post, place=1, pupil=tegan, relation="pupil", shown=True, named="first")
    assert first_names_asked(queries.post(post.pk), at_work) == []
    said(at_work, tegan, "refused", use="name")
    assert len(first_names_asked(queries.post(post.pk), at_work)) == 1


@LEARN_TO_LIVE
@pytest.mark.parametrize("reply", [HitReply.RIGHT, HitReply.NOT_IT])
def test_what_tells_of_one_child_stays_with_a_reason_alone(at_work, reply):
    _tegan, post = called_by_first_name(at_work, "Our only wheelchair user is in hospital.")
    found = next(each for each in hits_of(post, on=at_work.at.date()).hits if each.hit.tells_of_a_child)
    with pytest.raises(BadInput) as refused:
        answer_hits(by=at_work.writer, at=at_work.at, post=post, said={found.hit.key: Said(reply)})
    assert refused.value.fields == {
        "screening": "Say in a short sentence why these words may go out, such as who asked for it."
    }
    said = {found.hit.key: Said(reply, "Her mother wrote this sentence.")}
    answered = answer_hits(by=at_work.writer, at=at_work.at, post=post, said=said)
    assert answered.hit_answers.get().words == "Her mother wrote this sentence."
