"""Words found in the text of a post: stopped, answered, learned, and found again when the pupils change."""

import re
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse

from schoolgate.accounts.models import Account
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import Said
from schoolgate.core.models import LedgerRow, Safeguarder, School
from schoolgate.core.tenancy import scope
from schoolgate.policy.choices import LEAVERS_DEFAULT
from schoolgate.publishing import queries
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.facts import facts_of
from schoolgate.publishing.hit_answers import (
    agree_own_detail,
    answer_hits,
    keep_own_details,
    remove_own_detail,
)
from schoolgate.publishing.hits import hits_of
from schoolgate.publishing.looked_for import names_here
from schoolgate.publishing.models import HitAnswer, OwnDetail, PostPerson, PostTarget
from schoolgate.publishing.own_details import own_details
from schoolgate.publishing.post_parts import one_will_with
from schoolgate.publishing.starting import begin_sending
from schoolgate.pupils.keeping_off import keep_off
from schoolgate.pupils.models import Consent, ParentLink, Pupil
from schoolgate.rulebook.situations.contacts import years_before
from schoolgate.screening import Kind
from schoolgate.web.frame.found_words import said_in
from tests.conftest import recorded
from tests.stories import rolled_back
from tests.web.plain import check_page
from tests.web.posts_cast import ANSWERED, NOW, TEXT
from tests.web.writing_cast import new, only, typed

__all__ = ["new", "typed"]

NAMED = "Well done to Gwen Parry, who won the spelling prize."
CALLED = "Ring the office on 0115 496 0123 to book a place."


@pytest.fixture
def gwen(stage) -> Pupil:
    """A pupil of the school's list."""
    with scope(stage.federation.pk):
        return Pupil.objects.create(school=stage.school, key="A1", first_name="Gwen", last_name="Parry")


def stops(stage, post):
    with scope(stage.federation.pk):
        return hits_of(queries.post(post.pk), on=NOW.date()).stops


def hits(stage, post):
    with scope(stage.federation.pk):
        return hits_of(queries.post(post.pk), on=NOW.date()).hits


def answered(stage, post, reply, words="", who="amina"):
    (found,) = stops(stage, post)
    with scope(stage.federation.pk):
        said = {found.hit.key: Said(reply, words)}
        return answer_hits(by=stage.people[who], at=NOW, post=queries.post(post.pk), said=said)


def said_alone(stage, post, reply, words, who="amina"):
    """Answer about the one first name of a post."""
    (found,) = hits(stage, post)
    with scope(stage.federation.pk):
        said = {found.hit.key: Said(reply, words)}
        return answer_hits(by=stage.people[who], at=NOW, post=queries.post(post.pk), said=said)


def refuse(stage, pupil):
    with scope(stage.federation.pk):
        Consent.objects.create(
            pupil=pupil, use="name", answer="refused", giver="parent", form="spoken", from_day=NOW.date(),
            at=NOW, by=stage.people["sam"],
        )  # fmt: skip


def submit(stage, post):
    with scope(stage.federation.pk):
        return submit_post(by=stage.people["amina"], at=NOW, post=queries.post(post.pk))


def consent_to_naming(stage, pupil):
    with scope(stage.federation.pk):
        Consent.objects.create(
            pupil=pupil, use="name", answer="given", giver="parent", form="spoken", from_day=NOW.date(),
            by=stage.people["sam"], at=NOW,
        )  # fmt: skip


def test_a_pupils_name_stops_the_post_until_a_person_says_it_is_someone_else(stage, gwen):
    """Posts have their own look (`Door.POST`): words, pictures and people together."""
    post = stage.draft(NAMED)
    with pytest.raises(BadInput) as refused:
        submit(stage, post)
    assert "screening" in refused.value.fields
    answered(stage, post, "not_pupil", "It is the author Gwen Parry.")
    assert submit(stage, post).state == "submitted"


def test_an_answer_counts_for_these_words_and_no_others(stage, gwen):
    """A second pupil of that name asks again; one who left years ago is no longer looked for."""
    assert submit(stage, stage.draft(TEXT)).state == "submitted", "without the name it is not stopped"
    post = stage.draft(NAMED)
    with rolled_back():
        with scope(stage.federation.pk):
            Pupil.objects.filter(pk=gwen.pk).update(left_on=NOW.date())
        assert [each.replies for each in stops(stage, post)] == [("not_pupil", "right")]
        with scope(stage.federation.pk):
            Pupil.objects.filter(pk=gwen.pk).update(left_on=years_before(NOW.date(), LEAVERS_DEFAULT))
        assert stops(stage, post) == []
    answered(stage, post, "not_pupil", "The author’s own name.")
    with rolled_back():
        with scope(stage.federation.pk):
            Pupil.objects.create(school=stage.school, key="A2", first_name="Gwen", last_name="Parry")
        assert len(stops(stage, post)) == 1
    with scope(stage.federation.pk):
        Pupil.objects.create(school=stage.school, key="A2", first_name="Idris", last_name="Khan")
        PostTarget.objects.filter(post=post).update(text=f"{NAMED} Idris Khan came second.")
    assert [each.hit.words for each in stops(stage, post)] == ["Idris Khan"]


def test_that_one_who_left_agreed_is_said_by_two_people_with_a_reason_and_not_against_a_no(stage, gwen):
    post = stage.draft(NAMED)
    with scope(stage.federation.pk):
        Pupil.objects.filter(pk=gwen.pk).update(left_on=NOW.date())
    with pytest.raises(BadInput):
        answered(stage, post, "right")
    answered(stage, post, "right", "She left in July and agreed by email.")
    assert submit(stage, post).state == "submitted"
    with pytest.raises(BadInput):
        approve(stage, post)
    with scope(stage.federation.pk):
        (found,) = hits_of(queries.post(post.pk), on=NOW.date()).to_approve
        said = {found.hit.key: Said("right")}
        answer_hits(by=stage.people["ben"], at=NOW, post=queries.post(post.pk), said=said)
    with rolled_back():
        approve(stage, post)
    refuse(stage, gwen)
    assert [each.replies for each in stops(stage, post)] == [("not_pupil",)]


def test_that_they_may_be_named_needs_the_consent_and_ends_with_it(stage, gwen):
    post = stage.draft(NAMED)
    with pytest.raises(BadInput):
        answered(stage, post, "may_name")
    consent_to_naming(stage, gwen)
    answered(stage, post, "may_name")
    assert stops(stage, post) == []
    refuse(stage, gwen)
    assert len(stops(stage, post)) == 1


def test_several_who_may_be_named_are_confirmed_in_one_press_and_one_without_consent_is_not(stage, gwen):
    """Each stands there with the consent that holds; a key slipped into the press is refused."""
    with scope(stage.federation.pk):
        listed = {"school": stage.school, "last_name": "Khan", "form": "4B"}
        idris = Pupil.objects.create(key="A2", first_name="Idris", **listed)
        Pupil.objects.create(key="A3", first_name="Osian", **listed)
    for pupil in (gwen, idris):
        consent_to_naming(stage, pupil)
    post = stage.draft("Well done Gwen Parry, Idris Khan and Osian Khan.")
    keys = {each.hit.words: each.hit.key for each in hits(stage, post)}
    html = stage.browser("ben").get(reverse("post", args=[post.pk])).content.decode()
    check_page(html)
    press = html.partition('id="hit-together"')[2].partition("</fieldset>")[0]
    assert ("Idris Khan, 4B. A parent or carer: yes, from" in press, "Osian" in press) == (True, False)
    address = reverse("post-words", args=[post.pk])
    assert stage.browser("ben").post(address, {"hit-together": ",".join(keys.values())}).status_code == 422
    assert len(stops(stage, post)) == 3
    both = f"{keys['Gwen Parry']},{keys['Idris Khan']}"
    assert stage.browser("ben").post(address, {"hit-together": both}).status_code == 302
    assert [each.hit.words for each in stops(stage, post)] == ["Osian Khan"]


def test_a_pupil_chosen_as_named_who_may_be_named_is_answered_already(stage, gwen):
    """Written as a handle they count as named, whatever the author said."""
    handle = "Well done @gwen_parry, who won the spelling prize."
    for text, named in ((NAMED, "full"), (handle, "no")):
        with rolled_back():
            post = stage.draft(text)
            with scope(stage.federation.pk):
                PostPerson.objects.create(post=post, place=0, pupil=gwen, relation="pupil", named=named)
            assert len(stops(stage, post)) == 1, text
            consent_to_naming(stage, gwen)
            assert stops(stage, post) == [], text


def test_a_pupil_imported_after_the_approval_brings_it_back(stage):
    post = stage.approved(NAMED)
    with scope(stage.federation.pk):
        Pupil.objects.create(school=stage.school, key="A1", first_name="Gwen", last_name="Parry")
        assert begin_sending(at=NOW, post=queries.post(post.pk)) == []
        found = queries.post(post.pk)
        assert found.state == "submitted"
        with pytest.raises(BadInput):
            approve_post(by=stage.people["ben"], at=NOW, post=found, seen=queries.seen_now(found, at=NOW))
    answered(stage, post, "not_pupil", "The author’s own name.", who="ben")
    with scope(stage.federation.pk):
        found = queries.post(post.pk)
        seen = queries.seen_now(found, at=NOW)
        assert approve_post(by=stage.people["ben"], at=NOW, post=found, seen=seen).state == "approved"


def test_an_answer_belongs_to_what_is_approved_and_the_record_has_neither_name_nor_reason(stage, gwen):
    post = stage.draft(NAMED)
    answered(stage, post, "not_pupil", "It is Gwen Parry the author.")
    with scope(stage.federation.pk):
        rows = [str(row.details) for row in LedgerRow.objects.filter(event="post.words_answered")]
        assert len(rows) == 1
        assert "Gwen" not in rows[0]
        assert "Gwen" not in str(list(HitAnswer.objects.values("hit", "kind", "reply")))
    submit(stage, post)
    with scope(stage.federation.pk):
        before = queries.seen_now(queries.post(post.pk), at=NOW)
        HitAnswer.objects.update(words="Another reason")
        assert queries.seen_now(queries.post(post.pk), at=NOW) != before


def test_the_schools_own_number_counts_once_a_second_person_says_so_and_can_be_removed(stage):
    """A writer alone can't pass off a person's number as the school's."""
    post, again = stage.draft(CALLED), stage.draft("Questions? Call 01154 960123.")
    answered(stage, post, "ours")
    assert stops(stage, post) == []
    answered(stage, again, "ours")
    assert len(stops(stage, stage.draft("Call 01154 960123."))) == 1, "the author alone said so, twice"
    submit(stage, post)
    with pytest.raises(BadInput):
        approve(stage, post)
    with scope(stage.federation.pk):
        (found,) = hits_of(queries.post(post.pk), on=NOW.date()).to_approve
        said = {found.hit.key: Said("ours")}
        answer_hits(by=stage.people["ben"], at=NOW, post=queries.post(post.pk), said=said)
        (detail,) = own_details([stage.school])
        assert (detail.by, detail.agreed_by) == (stage.people["amina"], stage.people["ben"])
    assert approve(stage, post).state == "approved"
    assert stops(stage, stage.draft("Call 01154 960123.")) == []
    with scope(stage.federation.pk):
        remove_own_detail(by=stage.people["amina"], at=NOW, detail=detail)
        with pytest.raises(NotNow):
            remove_own_detail(by=stage.people["amina"], at=NOW, detail=detail)
        with pytest.raises(NotNow):
            agree_own_detail(by=stage.people["ben"], at=NOW, detail=detail)
    assert len(stops(stage, stage.draft("Call 01154 960123."))) == 1


def test_the_office_keeps_the_schools_details_alone_and_a_familys_address_never_counts(stage, gwen):
    sam, post = (
        stage.people["sam"],
        stage.draft("Ring +44 (0)1154 960123, write to office@oak.example, AB7 4QX."),
    )
    with scope(stage.federation.pk):
        ParentLink.objects.create(
            pupil=gwen, giver="parent", who="Mum", email="Mum@home.example", by=sam, at=NOW, expires_at=NOW
        )
        with pytest.raises(NotAllowed):
            keep_own_details(by=stage.people["amina"], at=NOW, school=stage.school, details="AB7 4QX")
        for words in ("01154 960123\nour office", "mum@home.example"):
            with pytest.raises(BadInput) as refused, rolled_back():
                keep_own_details(by=sam, at=NOW, school=stage.school, details=words)
            assert "details" in refused.value.fields
        lines = "Office: 0115 496 0123\noffice@oak.example\n\nAB7 4QX"
        keep_own_details(by=sam, at=NOW, school=stage.school, details=lines)
    assert hits(stage, post) == ()
    with scope(stage.federation.pk):
        events = set(LedgerRow.objects.filter(event__startswith="post.own").values_list("event", flat=True))
    assert events == {"post.own_detail_added", "post.own_detail_agreed"}


def test_who_proposed_a_detail_does_not_agree_to_it_and_a_colleague_does(stage):
    answered(stage, stage.draft(CALLED), "ours")
    with scope(stage.federation.pk):
        (detail,) = own_details([stage.school])
        with pytest.raises(NotAllowed):
            agree_own_detail(by=stage.people["amina"], at=NOW, detail=detail)
        agree_own_detail(by=stage.people["ben"], at=NOW, detail=detail)
    assert stops(stage, stage.draft(CALLED)) == []


def test_the_handles_of_open_accounts_are_known_and_others_are_asked_about(stage):
    with scope(stage.federation.pk):
        Account.objects.filter(state="open").update(handle="oak_minis")
    own, other = (stage.draft(f"Follow our keeper @{name} for more.") for name in ("oak_minis", "leo_2013"))
    assert [each.hit.words for each in (*hits(stage, own), *hits(stage, other))] == ["leo_2013"]


def test_another_school_has_its_own_details_and_a_pupil_there_is_looked_for_everywhere(stage, gwen):
    with scope(stage.federation.pk):
        south = School.objects.create(name="South", slug="south")
        assert own_details([south]) == []
        Pupil.objects.filter(pk=gwen.pk).update(school=south)
        assert names_here(on=NOW.date()).number == 1
    assert [hit.hit.of for hit in stops(stage, stage.draft(NAMED))] == [(gwen.pk,)]


def test_a_pupils_name_is_never_learned_as_the_schools_own(stage, gwen):
    post = stage.draft(NAMED)
    with pytest.raises(BadInput):
        answered(stage, post, "ours")
    with scope(stage.federation.pk):
        assert not OwnDetail.objects.exists()


def test_with_a_pupils_name_the_authors_no_to_naming_anyone_does_not_count(stage, gwen):
    with scope(stage.federation.pk):
        named, plain = (queries.post(stage.draft(text).pk) for text in (NAMED, TEXT))
        assert [facts.people for _target, facts in facts_of(plain, at=NOW)] == [()]
        assert [facts.people for _target, facts in facts_of(named, at=NOW)] == [None]


def test_no_hit_answers_nothing(stage, gwen):
    with scope(stage.federation.pk):
        post = queries.post(stage.draft(TEXT, answers={}).pk)
        assert not hits_of(post, on=NOW.date()).names_pupil
        assert [facts.people for _target, facts in facts_of(post, at=NOW)] == [None]


def test_a_first_name_alone_is_asked_about_with_a_picture_and_without_and_the_page_says_which(stage, gwen):
    text = "Gwen scored twice."
    bare, pictured = (
        stage.draft(text),
        stage.draft(text, pictures=[stage.picture(shows_pupils=True, shows_people=True)]),
    )
    for post, words in ((bare, "a pupil’s first name"), (pictured, "a pupil’s first name beside a picture")):
        (found,) = hits(stage, post)
        assert (found.hit.kind, found.first_alone, found.stops) == (Kind.PUPIL, True, False)
        shown = stage.browser("amina").get(reverse("post", args=[post.pk])).content.decode()
        assert words in shown
        assert ("beside a picture" in shown) is (post is pictured)
        said = {"by": stage.people["amina"], "at": NOW, "post": post}
        with scope(stage.federation.pk), pytest.raises(BadInput):
            answer_hits(**said, said={found.hit.key: Said("not_pupil")})
        with scope(stage.federation.pk):
            answer_hits(**said, said={found.hit.key: Said("not_pupil", "The author Gwen Jones.")})
        assert [each.done for each in hits(stage, post)] == [True]
    assert hits(stage, stage.draft("Gwen Stefani sang.")) == ()


def test_a_name_in_the_description_of_the_picture_stops_too(stage, gwen):
    picture = stage.picture(alt="Gwen Parry beside a goal.")
    post = stage.draft(TEXT, pictures=[picture])
    assert [each.fields for each in stops(stage, post)] == [(f"alt-{picture.pk}",)]


def test_the_page_says_what_is_missing_and_takes_the_answer(stage, new, typed, gwen):
    amina = stage.browser("amina")
    page = amina.post(new, typed(NAMED, **ANSWERED, do="send"), follow=True)
    html = page.content.decode()
    check_page(html)
    assert "“Gwen Parry”: name of a pupil" in html
    assert "you or the approver answers" not in html, "what stops it is the author’s to answer"
    post = only(stage)
    (found,) = stops(stage, post)
    key = f"hit-{found.hit.key}"
    assert f'href="#{key}"' in html
    more = {
        key: "not_pupil",
        f"{key}-words": "The author of that name.",
        "do": "send",
        "version": str(post.version),
    }
    amina.post(reverse("post-edit", args=[post.pk]), typed(NAMED, **ANSWERED, **more))
    assert stage.read(post).state == "submitted"
    shown = stage.browser("ben").get(reverse("post", args=[post.pk])).content.decode()
    assert "It’s not this pupil" in shown
    assert "The author" in shown
    assert "I’ve also checked" in shown
    assert "One pupil has this name." in shown


def test_an_answer_that_only_a_lead_may_give_leaves_the_text_check_with_it_and_says_who_decides(
    stage, new, typed, gwen
):
    lead = stage.people["cara"]
    with scope(stage.federation.pk):
        Safeguarder.objects.create(place="lead", person_id=lead.pk, since=NOW)
        keep_off(by=lead, at=NOW, pupil=gwen)
    post = stage.draft(NAMED)
    hit = f"hit-{stops(stage, post)[0].hit.key}"
    amina = stage.browser("amina")
    said = {hit: "not_pupil", f"{hit}-words": "Another Gwen, of the choir."}
    for do in ("save", "send"):
        page = amina.post(new, typed(**{**said, "text": NAMED, "do": do}))
        assert page.status_code == 422, do
        shown = page.content.decode()
        check_page(shown)
        assert "Nothing is missing" not in shown, do
        assert "name of a pupil. Take it out, or ask a safeguarding lead: only they can decide" in shown, do
        assert "Text check" in shown, do
        assert 'value="Another Gwen, of the choir."' in shown, do
        assert re.search(rf'name="{hit}" value="not_pupil" checked', shown), do
        assert 'id="policy"' in shown, do


def test_the_approver_answers_on_the_page_of_the_post_and_a_stranger_does_not(stage, gwen):
    post = stage.draft(NAMED)
    (found,) = stops(stage, post)
    key = f"hit-{found.hit.key}"
    said = {key: "not_pupil", f"{key}-words": "The author of that name."}
    address = reverse("post-words", args=[post.pk])
    assert stage.browser("cara").post(address, said).status_code in (403, 404)
    assert stage.browser("ben").post(address, said).status_code == 302
    assert stops(stage, post) == []


def approve(stage, post, who="ben"):
    with scope(stage.federation.pk):
        found = queries.post(post.pk)
        seen = queries.seen_now(found, at=NOW)
        return approve_post(by=stage.people[who], at=NOW, post=found, seen=seen)


def test_that_a_name_is_no_pupils_is_said_by_the_approver_too(stage, gwen):
    post = stage.draft(NAMED)
    with pytest.raises(BadInput):
        answered(stage, post, "not_pupil")
    answered(stage, post, "not_pupil", "The author’s own name.")
    submit(stage, post)
    with pytest.raises(BadInput) as refused:
        approve(stage, post)
    assert "agree" in str(refused.value.fields["screening"])
    html = stage.browser("ben").get(reverse("post", args=[post.pk])).content.decode()
    assert "First say whether you agree." in html
    assert reverse("post-approve", args=[post.pk]) not in html
    (found,) = [each for each in hits(stage, post) if each.waits_for_another]
    stage.browser("ben").post(reverse("post-words", args=[post.pk]), {f"hit-{found.hit.key}": "not_pupil"})
    assert approve(stage, post).state == "approved"


@pytest.mark.parametrize(("whom", "who"), [("amina", "ben"), ("ben", "amina")], ids=["author", "approver"])
def test_who_brought_the_other_in_is_no_second_person_about_a_child(stage, gwen, whom, who):
    post = stage.draft(NAMED)
    answered(stage, post, "not_pupil", "A grown-up of that name.")
    submit(stage, post)
    (found,) = [each for each in hits(stage, post) if each.waits_for_another]
    for days, counts in ((6, False), (8, True)):
        with scope(stage.federation.pk), rolled_back():
            brought = {"subject": stage.people[whom], "actor": stage.people[who]}
            record("people.person_added", at=NOW - timedelta(days=days), **brought)
            recorded()
            said = {f"hit-{found.hit.key}": "not_pupil"}
            answer = stage.browser("ben").post(reverse("post-words", args=[post.pk]), said)
            assert (answer.status_code == 302) is counts
            assert ("added the other to Schoolgate" in answer.content.decode()) is not counts
            (found_now,) = hits_of(queries.post(post.pk), on=NOW.date()).hits
            assert found_now.waits_for_another is not counts


def test_a_role_that_the_approver_gave_themselves_makes_no_one_else_theirs(stage, gwen):
    post = stage.draft(NAMED)
    answered(stage, post, "not_pupil", "A grown-up of that name.")
    ben = stage.people["ben"]
    with scope(stage.federation.pk):
        record("people.assignment_given", subject=ben.assignments.first(), actor=ben, at=NOW)
        recorded()
        assert one_will_with(ben, queries.post(post.pk), at=NOW) is None


def test_a_hint_is_answered_by_author_or_approver_before_the_approval(stage, gwen):
    post = stage.draft("Diolch to G. Parry, who won the spelling prize.")
    (hint,) = hits(stage, post)
    assert (hint.stops, hint.done) == (False, False)
    submit(stage, post)
    with pytest.raises(BadInput) as refused:
        approve(stage, post)
    assert "screening" in refused.value.fields
    with scope(stage.federation.pk):
        tick, reason = Said("not_pupil"), Said("not_pupil", "Guto Parry, a guest.")
        with pytest.raises(BadInput):
            answer_hits(by=stage.people["ben"], at=NOW, post=queries.post(post.pk), said={hint.hit.key: tick})
        answer_hits(by=stage.people["ben"], at=NOW, post=queries.post(post.pk), said={hint.hit.key: reason})
    assert approve(stage, post).state == "approved"


def test_nothing_is_called_complete_while_a_hint_is_open_and_it_is_said_who_answers_it(stage, new, typed):
    post = stage.draft("He counts his carbs before every lunch.")
    (hint,) = hits(stage, post)
    assert (hint.hit.kind, hint.stops) == (Kind.TOLD, False)
    amina = stage.browser("amina")
    for language, said in (
        ("en", "1 thing found in the text: you or the approver answers it"),
        ("cy", "1 peth"),
    ):
        amina.cookies["django_language"] = language
        shown = amina.get(reverse("post-edit", args=[post.pk])).content.decode()
        assert said in shown
        assert "sg-missing__head--good" not in shown
    with scope(stage.federation.pk):
        said = {hint.hit.key: Said("right", "His mother wrote it, and wants it known.")}
        answer_hits(by=stage.people["amina"], at=NOW, post=queries.post(post.pk), said=said)
    amina.cookies["django_language"] = "en"
    assert "found in the text: you" not in amina.get(reverse("post-edit", args=[post.pk])).content.decode()


def test_of_two_with_one_name_the_one_without_consent_decides(stage, gwen):
    consent_to_naming(stage, gwen)
    post = stage.draft(NAMED)
    (found,) = hits(stage, post)
    assert found.may_name
    with scope(stage.federation.pk):
        Pupil.objects.create(school=stage.school, key="A2", first_name="Gwen", last_name="Parry")
        PostPerson.objects.create(post=post, place=0, pupil=gwen, relation="pupil", named="full")
    (found,) = hits(stage, post)
    assert (found.may_name, found.settled, found.stops) == (False, False, True)


def test_who_must_not_be_published_is_named_by_a_safeguarding_lead_alone(stage, gwen):
    post = stage.draft(NAMED)
    answered(stage, post, "not_pupil", "The author’s own name.")
    lead = stage.people["cara"]
    with scope(stage.federation.pk):
        Safeguarder.objects.create(place="lead", person_id=lead.pk, since=NOW)
        keep_off(by=lead, at=NOW, pupil=gwen)
    assert len(stops(stage, post)) == 1, "what the author said before counts no more"
    for who in ("amina", "ben"):
        with pytest.raises(BadInput) as refused:
            answered(stage, post, "not_pupil", "The author’s own name.", who=who)
        assert "safeguarding lead" in str(refused.value.fields["screening"])
    answered(stage, post, "not_pupil", "The order was lifted.", who="cara")
    assert stops(stage, post) == []
    for who, reads in (("amina", False), ("ben", False), ("cara", True)):
        for name in ("post", "post-edit"):
            page = stage.browser(who).get(reverse(name, args=[post.pk]))
            if page.status_code != 200:
                assert (who, name) in {("ben", "post-edit"), ("cara", "post-edit")}
                continue
            shown = page.content.decode()
            check_page(shown)
            assert "A safeguarding lead let it stay" in shown or (reads and name == "post-edit"), who
            assert ("The order was lifted." in shown) is reads, (who, name)
            assert "It’s not this pupil" not in shown or reads, (who, name)
    submit(stage, post)
    assert approve(stage, post).state == "approved"


def test_words_of_danger_are_let_out_by_no_lead_who_wrote_them_or_whom_they_name(stage):
    leads = {who: stage.people[who] for who in ("amina", "ben", "cara")}
    with scope(stage.federation.pk):
        for lead in leads.values():
            Safeguarder.objects.create(place="deputy", person_id=lead.pk, since=NOW)
    post = stage.draft(f"Meet {leads['ben'].name} by the gate after school, don’t tell your mum")
    for who in ("amina", "ben"):
        with pytest.raises(BadInput) as refused:
            answered(stage, post, "right", "A line of the play.", who=who)
        assert "ask another lead" in str(refused.value.fields["screening"])
        assert len(stops(stage, post)) == 1
    answered(stage, post, "right", "A line of the play.", who="cara")
    assert stops(stage, post) == []


def test_the_first_name_alone_of_such_a_child_is_asked_about_without_a_picture_and_a_lead_says_why(
    stage, gwen
):
    post = stage.draft("Well done to Gwen, who won the spelling prize.")
    assert [each.lead_only for each in hits(stage, post)] == [False]
    lead = stage.people["cara"]
    with scope(stage.federation.pk):
        Safeguarder.objects.create(place="lead", person_id=lead.pk, since=NOW)
        Pupil.objects.create(school=stage.school, key="A3", first_name="Gwen", last_name="Ellis")
        keep_off(by=lead, at=NOW, pupil=gwen)
    (found,) = hits(stage, post)
    assert (found.first_alone, found.lead_only, len(found.hit.of)) == (True, True, 2)
    page = stage.browser("amina").get(reverse("post", args=[post.pk])).content.decode()
    assert "may be the first name of a child who must not be published" in page
    assert "2 pupils have this name." in page
    submit(stage, post)
    with pytest.raises(BadInput):
        approve(stage, post)
    key = found.hit.key
    for who, words in (("amina", "The author’s own name."), ("ben", "The author’s own name."), ("cara", "")):
        with scope(stage.federation.pk), pytest.raises(BadInput):
            said = {key: Said("not_pupil", words)}
            answer_hits(by=stage.people[who], at=NOW, post=queries.post(post.pk), said=said)
    with scope(stage.federation.pk):
        said = {key: Said("not_pupil", "Gwen Ellis, whose parents agreed.")}
        answer_hits(by=lead, at=NOW, post=queries.post(post.pk), said=said)
    assert approve(stage, post).state == "approved"


@pytest.mark.parametrize("says_no", [True, False], ids=["refused", "not answered"])
def test_no_word_of_an_author_lets_out_a_first_name_without_a_yes(stage, gwen, says_no):
    """Not asked is no: *Her mam said at the gate that she’s happy* is none that the school has."""
    if says_no:
        refuse(stage, gwen)
    post = stage.draft("Well done to Gwen on the poem.")
    shown = stage.browser("amina").get(reverse("post", args=[post.pk])).content.decode()
    assert ("choose them among the people" in shown, "It may be published" in shown) == (True, False)
    (found,) = hits(stage, post)
    assert (found.first_alone, [str(each) for each in found.replies]) == (True, ["not_pupil"])
    with pytest.raises(BadInput):
        said_alone(stage, post, "right", "It is fine.")
    for words in ("Her mother said so at the gate.", "Dywedodd ei mam wrth y giât ei bod hi’n hapus."):
        with pytest.raises(BadInput):
            said_alone(stage, post, "not_pupil", words)
    said_alone(stage, post, "not_pupil", "The author Gwen Jones.")
    (found,) = hits(stage, post)
    assert (found.done, found.waits_for_another) == (True, True)
    submit(stage, post)
    with pytest.raises(BadInput):
        approve(stage, post)
    said_alone(stage, post, "not_pupil", "The author Gwen Jones.", who="ben")
    assert approve(stage, post).state == "approved"


def the_other_gwen_agreed(stage):
    with scope(stage.federation.pk):
        ellis = Pupil.objects.create(school=stage.school, key="A3", first_name="Gwen", last_name="Ellis")
    consent_to_naming(stage, ellis)
    return ellis


def test_where_one_of_two_agreed_to_a_first_name_a_second_person_says_who_is_meant(stage, gwen):
    the_other_gwen_agreed(stage)
    post = stage.draft("Well done to Gwen on the poem.")
    said_alone(stage, post, "right", "Gwen Ellis, whose parents like it.")
    (found,) = hits(stage, post)
    assert (found.done, found.waits_for_another) == (True, True)


def test_an_answer_counts_no_more_once_no_one_agrees_to_the_first_name(stage, gwen):
    ellis = the_other_gwen_agreed(stage)
    post = stage.draft("Well done to Gwen on the poem.")
    said_alone(stage, post, "right", "Gwen Ellis, whose parents like it.")
    assert [each.done for each in hits(stage, post)] == [True]
    refuse(stage, ellis)
    assert [each.done for each in hits(stage, post)] == [False]


def test_the_schools_own_details_are_listed_agreed_to_and_removed(stage):
    answered(stage, stage.draft(CALLED), "ours")
    amina, sam = stage.browser("amina"), stage.browser("sam")
    with scope(stage.federation.pk):
        pk = OwnDetail.objects.get().pk
    html = amina.get(reverse("posts")).content.decode()
    assert "Needs a second person" in html
    assert reverse("post-own-detail-agree", args=[pk]) not in html
    contact = reverse("set-up-contact", args=[stage.school.pk])
    page = sam.get(reverse("set-up-school", args=[stage.school.pk])).content.decode()
    check_page(page)
    assert "Needs a second person" in page
    assert sam.post(contact, {"agree": pk}).status_code == 302
    assert sam.post(contact, {"details": "AB7 4QX"}).status_code == 302
    with scope(stage.federation.pk):
        assert OwnDetail.objects.exclude(agreed_at=None).count() == 2
    assert amina.post(contact, {"details": "AB7 4QY"}).status_code in (403, 404)
    assert amina.post(reverse("post-own-detail-remove", args=[pk])).status_code == 302
    assert reverse("post-own-detail-remove", args=[pk]) not in amina.get(reverse("posts")).content.decode()


def test_words_that_may_offend_are_shown_and_stop_nothing(stage):
    rude, plain = stage.draft("To their coach: you are an idiot."), stage.draft("Sports day is on Friday.")
    amina = stage.browser("amina")
    shown = amina.get(reverse("post-edit", args=[rude.pk])).content.decode()
    assert "These words may offend: “" in shown
    assert "idiot" in shown.partition("These words may offend")[2][:80]
    assert stops(stage, rude) == []
    assert "may offend" not in amina.get(reverse("post-edit", args=[plain.pk])).content.decode()


def test_one_press_answers_each_name_in_it_and_an_answer_of_its_own_counts_first():
    sent = QueryDict("hit-together=a,b&hit-together-words=Agreed&hit-b=not_pupil&hit-b-words=The+author")
    assert said_in(sent) == {"a": Said("may_name", "Agreed"), "b": Said("not_pupil", "The author")}


def test_a_reason_without_an_answer_comes_back_as_typed_and_nothing_is_said_to_be_saved(stage, gwen, typed):
    """Once for a page of a post that is read, once for the page on which it's written."""
    text = "Well done to Gwen on the poem."
    post = stage.draft(text)
    (found,) = hits(stage, post)
    key, words = f"hit-{found.hit.key}", "The author Gwen Jones."
    amina, page = stage.browser("amina"), reverse("post", args=[post.pk])

    def sent(**said):
        came_from = {"referer": f"http://testserver{page}"}
        return amina.post(reverse("post-words", args=[post.pk]), said, headers=came_from)

    half = sent(**{f"{key}-words": words})
    shown = half.content.decode()
    assert (half.status_code, "Choose an answer." in shown, f'value="{words}"' in shown) == (422, True, True)
    told = shown.index('error-message">Choose an answer.')
    assert told < shown.index('<div class="govuk-radios ', told - 10), "above all that can be chosen"
    assert '<div class="govuk-radios__item">' not in shown[shown.index(f'id="{key}"') : told]
    assert "Answer saved." not in amina.get(page).content.decode()
    assert sent().status_code == 422, "nothing was chosen at all"
    assert [each.done for each in hits(stage, post)] == [False]
    refusals = (("", words, "Choose an answer."), ("not_pupil", "OK", "why it’s not this pupil"))
    for reply, reason, told in refusals:
        given = {key: reply, f"{key}-words": reason, "version": str(stage.read(post).version), "do": "keep"}
        draft = amina.post(reverse("post-edit", args=[post.pk]), typed(text, **ANSWERED, **given))
        shown = draft.content.decode()
        assert (draft.status_code, told in shown, f'value="{reason}"' in shown) == (422, True, True)
    assert sent(**{key: "not_pupil", f"{key}-words": words}).status_code == 302
    assert "Answer saved." in amina.get(page).content.decode()
