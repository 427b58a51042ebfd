"""News is sent in by anyone with a role at a school, and used once by a person who writes posts there, or
declined with a reason."""

import pytest
from django.db import IntegrityError, transaction

from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.models import Safeguarder, School
from schoolgate.core.moves import check_moves
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.media.pictures import add_picture, store, take_in
from schoolgate.people.models import Person
from schoolgate.policy.adopting import adopt
from schoolgate.policy.models import DecisionRecord
from schoolgate.publishing import news as sent_in
from schoolgate.publishing import queries
from schoolgate.publishing.drafting import TargetText, edit_post
from schoolgate.publishing.models import NEWS_MOVES, News, NewsState, Post
from schoolgate.publishing.news import decline_news, send_news, use_news, withdraw_news
from schoolgate.pupils.keeping_off import keep_off
from schoolgate.pupils.models import Pupil
from tests.cast import someone
from tests.networks.desk import side_by_side
from tests.second_presses import done_already, not_done
from tests.web.posts_cast import jpeg

GOVERNOR = "federation-leadership-team"
"""A role of Wildground's that neither writes nor approves posts."""


@pytest.fixture
def tess(cast):
    """A teaching assistant, who has a part at the school and doesn't write posts."""
    return someone("Tess Assistant", GOVERNOR, school=cast.school)


@pytest.fixture
def send(cast, tess, at):
    def make(**changes):
        given = {
            "by": tess, "at": at, "school": cast.school, "kind": "success", "made_by": "me",
            "text": "Year 4 won the relay.",
        }  # fmt: skip
        return send_news(**{**given, **changes})

    return make


def picture_of(person, school, at, colour="#3f7d5a"):
    proven = take_in(jpeg(colour=colour))
    digest = store(proven, federation_id=school.federation_id)
    return add_picture(by=person, at=at, school=school, proven=proven, digest=digest, sent_in=True)


def tasks(news):
    return list(Duty.objects.filter(kind="news.read", subject=f"publishing.news:{news.pk}"))


def test_a_person_who_does_not_write_posts_sends_in_news(send, tess):
    news = send()

    assert (news.state, news.by, news.text) == ("new", tess, "Year 4 won the relay.")
    kept = DecisionRecord.objects.get(pk=news.decision_id)
    assert (kept.situation, kept.subject) == ("news.pass_on", f"publishing.news:{news.pk}")


def test_a_person_without_a_role_at_the_school_cannot_send_anything_in(cast, send, at):
    south = School.objects.create(name="South", slug="south")
    elsewhere = someone("Olga Other", "staff", school=south)

    for by in (someone("Vera Visitor"), elsewhere):
        with pytest.raises(NotAllowed, match="no role at this school"):
            send(by=by)
        with pytest.raises(NotAllowed, match="no role at this school"):
            picture_of(by, cast.school, at)
    assert not News.objects.exists()


def test_only_pictures_that_are_sent_in_need_no_right_to_write_posts(home, cast, tess, at):
    proven = take_in(jpeg())
    digest = store(proven, federation_id=cast.federation.pk)

    with pytest.raises(NotAllowed, match="write posts"):
        add_picture(by=tess, at=at, school=cast.school, proven=proven, digest=digest)

    assert picture_of(tess, cast.school, at).added_by == tess


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "a" * 3_001}, "text"),
        ({"text": "a\x00"}, "text"),
        ({"kind": "gossip"}, "kind"),
        ({"made_by": ""}, "made_by"),
        ({"by_line": "a" * 121}, "by_line"),
        ({"owner": "a" * 121}, "owner"),
    ],
)
def test_what_cannot_be_sent_in_says_why_beside_its_field(send, changes, field):
    with pytest.raises(BadInput) as refused:
        send(**changes)

    assert set(refused.value.fields) == {field}


def test_the_longest_text_and_names_are_taken(send):
    assert send(text="a" * 3_000, by_line="b" * 120, owner="c" * 120, made_by="other").owner == "c" * 120


def test_four_pictures_keep_their_order_and_a_fifth_is_refused(home, cast, send, tess, at):
    five = [
        picture_of(tess, cast.school, at, colour) for colour in ("red", "blue", "green", "black", "white")
    ]

    news = send(pictures=five[3::-1])

    assert [each.pk for each in News.objects.get(pk=news.pk).pictures] == [each.pk for each in five[3::-1]]
    with pytest.raises(BadInput):
        send(pictures=five)
    with pytest.raises(BadInput):
        send(pictures=[five[0], five[0]])


def test_pictures_of_another_person_or_school_cannot_be_sent_in(home, cast, send, at):
    others = picture_of(cast.amina, cast.school, at)
    south = School.objects.create(name="South", slug="south")

    for changes in ({"pictures": [others]}, {"by": cast.amina, "school": south, "pictures": [others]}):
        with pytest.raises(BadInput) as refused:
            send(**changes)
        assert set(refused.value.fields) == {"pictures"}


def test_each_role_that_approves_posts_at_the_school_gets_a_task_without_a_deadline(send):
    news = send()

    found = tasks(news)
    assert sorted(each.role_key for each in found) == ["administrator-moderator", "lead-staff-member", "slt"]
    assert {(each.due_kind, each.state) for each in found} == {("none_promised", "open")}


def test_a_writer_makes_a_draft_of_it_with_the_text_and_the_pictures_in_order(home, cast, send, tess, at):
    two = [picture_of(tess, cast.school, at, colour) for colour in ("red", "blue")]
    news = send(pictures=two, by_line="Tess Assistant")

    post = queries.post(
        use_news(by=cast.amina, at=at, news=sent_in.news_for(cast.amina, news.pk, on=at.date())).pk
    )

    assert (post.state, post.author, post.text) == (
        "draft", cast.amina, "Year 4 won the relay.\n\nTess Assistant",
    )  # fmt: skip
    assert [each.pk for each in post.pictures] == [each.pk for each in two]
    assert (list(post.people.all()), list(post.targets.all())) == ([], [])
    assert {each.shows_pupils for each in post.pictures} == {None}
    news.refresh_from_db()
    assert (news.state, news.decided_by, news.post_id) == ("used", cast.amina, post.pk)
    assert {each.state for each in tasks(news)} == {"discharged"}


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        ({"made_by": "me"}, {}),
        ({"made_by": "me", "owner": "A parent", "owner_agreed": True}, {}),
        ({"made_by": "other"}, {"others_work": True}),
        (
            {"made_by": "other", "owner_agreed": True, "agreed_in_writing": True},
            {"others_work": True, "permission": True, "origin": "permission_obtained"},
        ),
        (
            {"made_by": "other", "owner_agreed": False},
            {"others_work": True, "permission": False, "origin": "someone_elses"},
        ),
    ],
)
def test_the_author_begins_with_what_the_sender_said_of_whose_work_it_is_and_no_more(
    cast, send, at, said, answers
):
    post = use_news(by=cast.amina, at=at, news=send(**said))

    assert {name: given["answer"] for name, given in post.answers.items()} == answers


def test_a_permission_that_the_sender_stated_is_asked_again_once_the_post_has_its_content(cast, send, at):
    news = send(made_by="other", owner_agreed=True)
    post = use_news(by=cast.amina, at=at, news=news)
    answers = {name: given["answer"] for name, given in post.answers.items()}

    changed = edit_post(
        by=cast.amina, at=at, post=post, version=post.version, pictures=(), planned_at=None,
        targets=[TargetText(cast.bluesky, post.text)], answers=answers, text=post.text,
    )  # fmt: skip

    assert set(changed.answers) == {"others_work"}


def test_a_person_who_does_not_write_posts_cannot_use_it_and_another_schools_people_cannot_see_it(
    cast, send, tess, at
):
    news, today = send(), at.date()
    south = School.objects.create(name="South", slug="south")
    olga = someone("Olga Other", "lead-staff-member", school=south)

    with pytest.raises(NotAllowed, match="write posts"):
        use_news(by=tess, at=at, news=news)
    with pytest.raises(NotAllowed, match="write posts"):
        decline_news(by=tess, at=at, news=news, reason="No.")
    with pytest.raises(NotAllowed, match="write posts"):
        use_news(by=olga, at=at, news=news)
    with pytest.raises(NotFound):
        sent_in.news_for(olga, news.pk, on=today)
    assert list(sent_in.news_waiting(sent_in.schools_decided_for(olga, on=today), olga)) == []
    assert not Post.objects.exists()


def test_it_is_declined_with_a_reason_and_can_no_longer_be_used(cast, send, at):
    news = send()

    with pytest.raises(BadInput):
        decline_news(by=cast.ben, at=at, news=news, reason=" ")
    decline_news(by=cast.ben, at=at, news=news, reason="We posted the final already.")

    assert (news.state, news.reason) == ("declined", "We posted the final already.")
    assert {each.state for each in tasks(news)} == {"discharged"}
    with done_already():
        decline_news(by=cast.ben, at=at, news=news, reason="We posted the final already.")
    with not_done("decided differently"):
        use_news(by=cast.amina, at=at, news=news)
    assert not Post.objects.exists()


def test_an_approver_who_does_not_write_declines_it_and_does_not_use_it(cast, send, at):
    news = send()

    with pytest.raises(NotAllowed, match="write posts"):
        use_news(by=cast.sam, at=at, news=news)

    assert decline_news(by=cast.sam, at=at, news=news, reason="Too late.").decided_by == cast.sam


def test_the_sender_withdraws_it_while_it_is_new_and_no_one_else_does(cast, send, tess, at):
    news, used = send(), send()
    use_news(by=cast.amina, at=at, news=used)

    with pytest.raises(NotAllowed, match="Only the person who sent"):
        withdraw_news(by=cast.ben, at=at, news=news)
    with pytest.raises(NotNow):
        withdraw_news(by=tess, at=at, news=used)
    withdraw_news(by=tess, at=at, news=news)

    assert ({each.state for each in tasks(news)}, news.state) == ({"cancelled"}, "withdrawn")
    with pytest.raises(NotFound):
        sent_in.news_for(cast.ben, news.pk, on=at.date())
    with pytest.raises(NotNow):
        use_news(by=cast.amina, at=at, news=news)


def test_the_words_are_in_no_event_no_task_and_no_decision(send):
    news = send(text="Elin Rees won.", by_line="Mair", owner="Gran", made_by="other")

    kept = DecisionRecord.objects.get(pk=news.decision_id)
    said = f"{kept.body}{kept.points}{[vars(each) for each in tasks(news)]}"
    assert [word for word in ("Elin", "Mair", "Gran") if word in said] == []


def at_work(federation, at):
    """Two who write posts in a federation, and the news that the first of them sent in."""
    with scope(federation.pk):
        adopt(by=someone("Sam Slater", "slt"), at=at)
        school = School.objects.create(name="Wildground Juniors", slug="juniors")
        writers = [someone("Amina Khan", "staff"), someone("Cara Colleague", "staff")]
        given = {"at": at, "school": school, "kind": "news", "text": "We won.", "made_by": "me"}
        return writers, send_news(by=writers[0], **given)


def test_another_federation_sees_nothing_of_it(make_federation, at):
    _writers, news = at_work(make_federation(), at)

    with scope(make_federation("elsewhere").pk):
        stranger = someone("Sian Stranger", "slt")
        with pytest.raises(NotFound):
            sent_in.news_for(stranger, news.pk, on=at.date())
        assert (News.objects.count(), sent_in.schools_to_send_for(stranger, on=at.date())) == (0, [])


def test_a_row_that_says_two_things_is_refused_by_the_database(cast, send):
    news = send()

    for changes in (
        {"state": "used"},
        {"state": "declined", "decided_by": cast.ben},
        {"agreed_in_writing": True},
        {"owner": "A parent"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            News.objects.filter(pk=news.pk).update(**changes)


def test_every_state_can_be_reached():
    check_moves(NewsState, NEWS_MOVES)


def test_two_people_use_it_at_once_and_one_draft_comes_of_it(own_database, make_federation, at):
    federation = make_federation()
    writers, news = at_work(federation, at)
    refused = []

    def work():
        with scope(federation.pk):
            who = writers.pop()
            try:
                use_news(by=who, at=at, news=sent_in.news_for(who, news.pk, on=at.date()))
            except NotNow as error:
                refused.append(error)

    side_by_side(work, times=2)

    with scope(federation.pk):
        assert (Post.objects.count(), News.objects.get().state, len(refused)) == (1, "used", 1)


def test_the_whole_name_of_a_child_on_the_do_not_publish_list_isnt_sent_in(send, cast, at):
    freya = Pupil.objects.create(school=cast.school, key="1", first_name="Freya", last_name="Lund")
    lead = Person.objects.get(pk=Safeguarder.objects.get().person_id)
    keep_off(by=lead, at=at, pupil=freya, why="An order of the court.")
    for given in ({"text": "Freya Lund is back from hospital."}, {"by_line": "freya lund, 4B"}):
        with pytest.raises(BadInput) as refused:
            send(**given)
        assert "text" in refused.value.fields
    assert not News.objects.exists()
    assert send(text="Freya won the relay.").state == "new"
