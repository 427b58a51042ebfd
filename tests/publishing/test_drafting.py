"""Writing a post and handing it in."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotNow, Refused
from schoolgate.duties.models import Duty
from schoolgate.policy.models import DecisionRecord
from schoolgate.publishing import queries
from schoolgate.publishing.approving import submit_post
from schoolgate.publishing.drafting import TargetText, edit_post, withdraw_post
from schoolgate.publishing.facts import facts_of
from schoolgate.publishing.models import Post
from tests.cast import someone
from tests.publishing.conftest import ANSWERS, account_on


def edited(post, by, at, text="Sports day is on Thursday.", **changes):
    accounts = [target.account for target in post.targets.all()]
    given = {
        "post": post, "by": by, "at": at, "version": post.version, "pictures": (), "planned_at": None,
        "answers": ANSWERS, "targets": [TargetText(account, text) for account in accounts],
    }  # fmt: skip
    return edit_post(**{**given, **changes})


def test_a_teacher_drafts_a_post(cast, draft):
    post = draft()

    assert (post.state, post.author, [t.text for t in post.targets.all()]) == (
        "draft", cast.amina, ["Sports day is on Friday."],
    )  # fmt: skip


def test_somebody_without_the_part_cannot_draft(cast, draft):
    visitor = someone("Vera Visitor", "relevant-senior-member-of-staff")

    with pytest.raises(NotAllowed, match="write posts"):
        draft(by=visitor)

    assert not Post.objects.exists()


def test_an_account_of_another_school_cannot_be_chosen(cast, draft, at):
    other = type(cast.school).objects.create(name="South", slug="south")

    with pytest.raises(BadInput) as refused:
        draft(accounts=[account_on("noticeboard", other, at)])

    assert set(refused.value.fields) == {"accounts"}


def test_a_time_that_has_passed_cannot_be_planned(draft, at):
    with pytest.raises(BadInput) as refused:
        draft(planned_at=at)

    assert set(refused.value.fields) == {"planned_at"}
    assert draft(planned_at=at + timedelta(seconds=1)).planned_at == at + timedelta(seconds=1)


def test_a_post_is_handed_in_and_those_who_approve_are_asked(cast, draft, at):
    post = submit_post(by=cast.amina, at=at, post=draft())

    assert post.state == "submitted"
    roles = Duty.objects.filter(kind="post.approve").values_list("role_key", flat=True)
    assert sorted(roles) == ["administrator-moderator", "lead-staff-member", "slt"]


def test_a_post_is_not_handed_in_before_its_author_has_answered_what_the_policy_asks(cast, draft, at):
    post = draft(answers={**ANSWERS, "suitable_for_children": None})

    with pytest.raises(Refused) as refused:
        submit_post(by=cast.amina, at=at, post=post)

    assert "wildground-rights-2" in refused.value.kept.cited
    assert queries.post(post.pk).state == "draft"
    assert DecisionRecord.objects.filter(situation="post.publish").count() == 1


def test_an_answer_given_of_other_words_does_not_count(cast, draft, at):
    post = draft()
    post.targets.update(text="Something else entirely.")

    with pytest.raises(Refused):
        submit_post(by=cast.amina, at=at, post=queries.post(post.pk))
    [facts] = [facts for _target, facts in facts_of(queries.post(post.pk), at=at)]
    assert (facts.people, facts.materials, facts.signed) == (None, None, None)


@pytest.mark.parametrize(("asked_again", "stays"), [((), False), (("names_somebody",), True)])
def test_a_statement_about_other_words_lapses_unless_it_was_asked_again(cast, draft, at, asked_again, stays):
    changed = edited(draft(), cast.amina, at, "Something else entirely.", asked_again=asked_again)
    assert ("names_somebody" in changed.answers) is stays


@pytest.mark.parametrize(
    ("name", "answer", "stays"),
    [
        ("signed", True, False),
        ("signed", False, True),
        ("disclaimer", True, False),
        ("author_position", True, False),
        ("tells_success_or_news", False, False),
        ("subject_school", "other", False),
        ("origin", "licensed", False),
        ("permission", True, False),
        ("credited", False, True),
        ("purpose", "information", True),
    ],
)
def test_what_other_words_were_said_to_show_is_asked_again_and_what_they_are_for_is_not(
    cast, draft, at, name, answer, stays
):
    answers = {name: answer}
    post = draft(answers=answers)
    same = edited(post, cast.amina, at, post.targets.all()[0].text, answers=answers)
    assert same.answers[name]["answer"] == answer

    other = edited(same, cast.amina, at, "Something else entirely.", answers=answers)
    assert (name in other.answers) is stays
    again = edited(other, cast.amina, at, "Something else entirely.", answers=answers)
    assert again.answers[name]["answer"] == answer


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Write the text of the post."),
        (" \n\t ", "Write the text of the post."),
        ("a\x07b", "The text contains hidden characters that networks can’t show. Type it again."),
        ("x" * 301, "Bluesky allows up to 300 characters, and this text has 301."),
    ],
)
def test_a_text_that_the_network_could_not_take_is_not_handed_in(cast, draft, at, text, sentence):
    with pytest.raises(BadInput) as refused:
        submit_post(by=cast.amina, at=at, post=draft(text))

    assert str(refused.value.fields[f"text-{cast.bluesky.pk}"]) == sentence


@pytest.mark.parametrize(
    "text", ["x" * 300, "👩‍👩‍👧‍👦" * 300, "🎉", "مرحبا بالجميع", "<b>Bold</b> & <script>alert(1)</script>"]
)
def test_a_text_that_is_only_unusual_is_handed_in(cast, draft, at, text):
    if len(text.encode()) > 3000:
        text = text[: len("👩‍👩‍👧‍👦") * 100]

    assert submit_post(by=cast.amina, at=at, post=draft(text)).state == "submitted"


def test_a_hundred_thousand_characters_are_refused_before_they_are_kept(draft):
    with pytest.raises(BadInput):
        draft("x" * 100_000)

    assert not Post.objects.exists()


def test_a_post_for_an_account_that_is_not_open_is_not_handed_in(cast, draft, at):
    waiting = account_on("noticeboard", cast.school, at, state="waiting", opened_at=None, opened_by=None)

    with pytest.raises(BadInput) as refused:
        submit_post(by=cast.amina, at=at, post=draft(accounts=[waiting]))

    assert str(refused.value.fields["accounts"]) == (
        "The school on noticeboard is not open yet. Choose another account, or wait until it is."
    )


def test_only_the_author_changes_a_post(cast, draft, at):
    post = draft()

    with pytest.raises(NotAllowed, match="Only the author"):
        edited(post, cast.ben, at)

    assert edited(post, cast.amina, at).version == 2


def test_two_windows_cannot_overwrite_each_other(cast, draft, at):
    post = draft()
    edited(post, cast.amina, at)

    with pytest.raises(NotNow, match="changed a moment ago"):
        edited(post, cast.amina, at, version=1)


def test_a_change_takes_the_approval_away(cast, approved, at):
    post = edited(approved(), cast.amina, at)

    assert post.state == "draft"
    assert queries.standing_approval(post) is None


def test_a_post_on_its_way_cannot_be_changed(cast, started, at):
    delivery = started()

    with pytest.raises(NotNow, match="live or being sent"):
        edited(queries.post(delivery.post_id), cast.amina, at)


def test_a_withdrawn_post_asks_nobody_any_more(cast, draft, at):
    post = submit_post(by=cast.amina, at=at, post=draft())

    withdraw_post(by=cast.amina, at=at, post=post)

    assert set(Duty.objects.filter(kind="post.approve").values_list("state", flat=True)) == {"cancelled"}
