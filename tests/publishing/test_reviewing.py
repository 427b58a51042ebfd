"""What an approver looked at, what changed since, and comments on words of a post."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.publishing import queries
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.drafting import TargetText, edit_post
from schoolgate.publishing.models import Look
from schoolgate.publishing.reviewing import (
    ADDED,
    GONE,
    SAME,
    Run,
    answer_comment,
    changes_between,
    comment_on,
    comments_on,
    content_of,
    is_in,
    last_look,
    look_at,
    place_of,
    sentences_of,
    words_changed,
)
from schoolgate.publishing.starting import begin_sending
from tests.publishing.conftest import ANSWERS
from tests.second_presses import done_already, not_done

HOUR = timedelta(hours=1)


@pytest.fixture
def waiting(cast, draft, at):
    """A post that waits for approval."""
    return submit_post(by=cast.amina, at=at, post=draft("Sports day is on Friday. Bring water."))


def edited(cast, post, text, at, **more):
    said = {
        "pictures": post.pictures, "planned_at": post.planned_at, "answers": ANSWERS,
        "asked_again": ANSWERS, **more, "targets": more.get("targets") or [TargetText(cast.bluesky, text)],
    }  # fmt: skip
    return edit_post(by=cast.amina, at=at, post=post, version=post.version, **said)


def changes(cast, post):
    look = last_look(post, cast.ben.pk)
    return changes_between(look.shown, content_of(post), since=look.at, version=look.version)


# --- Changes


def test_words_that_came_and_went_are_marked_between_those_that_stayed():
    assert words_changed("Sports day is on Friday.", "Our sports day is on Friday.") == [
        Run(GONE, "Sports"), Run(ADDED, "Our sports"), Run(SAME, " day is on Friday."),
    ]  # fmt: skip
    assert words_changed("", "Now.") == [Run(ADDED, "Now.")]
    assert words_changed("Then.", "") == [Run(GONE, "Then.")]


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_word_of_either_text_is_lost_or_made_up(before, after):
    runs = words_changed(before, after)
    assert "".join(run.text for run in runs if run.kind != GONE) == after
    # A word that stayed is drawn as it is now: "stayed" means the same word with the same space before it.
    assert "".join(run.text for run in runs if run.kind != ADDED) == before


def test_an_approver_sees_what_changed_since_the_version_they_looked_at(cast, waiting, at):
    look_at(by=cast.ben, at=at, post=waiting)
    second = edited(cast, waiting, "Sports day is on Thursday. Bring water.", at + HOUR)
    third = edited(cast, second, "Sports day is on Monday. Bring water.", at + HOUR, planned_at=at + 9 * HOUR)

    found = changes(cast, queries.post(third.pk))

    assert found.version == 1
    assert found.texts[cast.bluesky.pk] == [
        Run(SAME, "Sports day is on"), Run(GONE, " Friday."), Run(ADDED, " Monday."),
        Run(SAME, " Bring water."),
    ]  # fmt: skip
    assert found.time == (None, at + 9 * HOUR)
    assert not found.people


def test_accounts_that_came_and_went_are_named(cast, waiting, at):
    look_at(by=cast.ben, at=at, post=waiting)
    text = waiting.targets.all()[0].text
    moved = edited(cast, waiting, "", at + HOUR, targets=[TargetText(cast.facebook, text)])

    found = changes(cast, queries.post(moved.pk))

    assert (found.accounts_added, found.accounts_removed) == ([cast.facebook.name], [cast.bluesky.name])
    assert found.texts == {}


def content(*files, alts=None, people=()):
    pictures = [{"file": each, "alt": (alts or {}).get(each, "A field.")} for each in files]
    return {"time": None, "accounts": [], "pictures": pictures, "people": list(people)}


@pytest.mark.parametrize(
    ("before", "now", "added", "edited", "removed", "moved"),
    [
        ("ab", "ab", [], [], 0, False),
        ("a", "ab", [2], [], 0, False),
        ("ab", "b", [], [], 1, False),
        ("ab", "ba", [], [], 0, True),
        ("ab", "ac", [], [2], 0, False),
        ("", "a", [1], [], 0, False),
    ],
)
def test_pictures_are_added_edited_removed_or_moved(before, now, added, edited, removed, moved, at):
    found = changes_between(content(*before), content(*now), since=at, version=1)
    assert (found.pictures_added, found.pictures_edited) == (added, edited)
    assert (len(found.pictures_removed), found.pictures_moved) == (removed, moved)
    assert bool(found) == (before != now)


def test_a_new_description_and_other_people_are_changes(at):
    found = changes_between(content("a"), content("a", alts={"a": "A pitch."}), since=at, version=1)
    assert found.described == {1: [Run(SAME, "A"), Run(GONE, " field."), Run(ADDED, " pitch.")]}
    assert changes_between(
        content(), content(people=[[1, "pupil", 1, True, "no"]]), since=at, version=1
    ).people


def test_a_version_is_remembered_once_and_only_for_those_who_approve(cast, waiting, at):
    look_at(by=cast.ben, at=at, post=waiting)
    look_at(by=cast.ben, at=at + HOUR, post=waiting)
    assert list(Look.objects.values_list("by", "version", "at")) == [(cast.ben.pk, 1, at)]
    assert last_look(waiting, cast.ben.pk) is None
    with pytest.raises(NotAllowed):
        look_at(by=cast.amina, at=at, post=waiting)


# --- Comments


def test_a_comment_is_about_words_of_the_text_and_stays_with_its_version(cast, waiting, at):
    made = comment_on(by=cast.ben, at=at, post=waiting, passage=" on\n Friday. ", comment="Thursday!")

    assert (made.passage, made.version, is_in(made.passage, waiting)) == ("on Friday.", 1, True)
    changed = edited(cast, waiting, "Sports day is on Thursday.", at + HOUR)
    assert [is_in(each.passage, changed) for each in comments_on(changed)] == [False]


def test_a_comment_ends_no_approval(cast, approved, at):
    post = approved()
    comment_on(by=cast.ben, at=at, post=post, passage="Friday", comment="Is it certain?")
    assert queries.post(post.pk).state == "approved"
    assert len(begin_sending(at=at, post=queries.post(post.pk))) == 1


@pytest.mark.parametrize(
    ("passage", "comment", "field"),
    [
        ("", "Why?", "passage"), ("Saturday", "Why?", "passage"), ("x" * 301, "Why?", "passage"),
        ("Friday", " ", "comment"), ("Friday", "x" * 1001, "comment"), ("Friday", "a\x00b", "comment"),
    ],
)  # fmt: skip
def test_a_comment_without_words_or_on_words_that_are_not_there_is_refused(
    cast, waiting, at, passage, comment, field
):
    with pytest.raises(BadInput) as wrong:
        comment_on(by=cast.ben, at=at, post=waiting, passage=passage, comment=comment)
    assert list(wrong.value.fields) == [field]


def test_only_approvers_comment_and_only_until_it_is_sent(cast, waiting, started, at):
    with pytest.raises(NotAllowed):
        comment_on(by=cast.amina, at=at, post=waiting, passage="Friday", comment="Mine.")
    out = queries.post(started().post_id)
    with pytest.raises(NotNow):
        comment_on(by=cast.ben, at=at, post=out, passage="Friday", comment="Late.")


def test_the_author_answers_and_either_ticks_it_once(cast, waiting, at):
    first = comment_on(by=cast.ben, at=at, post=waiting, passage="Friday", comment="Certain?")
    second = comment_on(by=cast.ben, at=at, post=waiting, passage="water", comment="How much?")

    told = answer_comment(by=cast.amina, at=at, post=waiting, comment_id=first.pk, answer="Yes.")
    assert (told.answer, told.done_at) == ("Yes.", None)
    assert (
        answer_comment(by=cast.ben, at=at, post=waiting, comment_id=first.pk, done=True).done_by == cast.ben
    )
    assert answer_comment(by=cast.amina, at=at, post=waiting, comment_id=second.pk, done=True).done_at == at
    with done_already("already done"):
        answer_comment(by=cast.amina, at=at, post=waiting, comment_id=second.pk, done=True)
    with not_done("without your answer"):
        answer_comment(by=cast.amina, at=at, post=waiting, comment_id=second.pk, answer="A litre.")


def test_an_answer_by_others_of_nothing_or_to_another_posts_comment_is_refused(cast, waiting, draft, at):
    made = comment_on(by=cast.ben, at=at, post=waiting, passage="Friday", comment="Certain?")
    with pytest.raises(NotAllowed, match="Only the author"):
        answer_comment(by=cast.ben, at=at, post=waiting, comment_id=made.pk, answer="Yes.")
    with pytest.raises(BadInput):
        answer_comment(by=cast.amina, at=at, post=waiting, comment_id=made.pk)
    with pytest.raises(NotFound):
        answer_comment(by=cast.amina, at=at, post=draft(), comment_id=made.pk, done=True)


def test_words_are_found_whatever_is_between_them():
    assert place_of("on Friday", "It is on\n\nFriday.") == (6, 16)
    assert place_of("a.b", "acb") is None
    assert place_of("", "anything") is None


def test_sentences_to_choose_from_are_each_there_once():
    assert sentences_of(["Come at 10. Bring water!\nCome at 10.", "…"]) == [
        "Come at 10.",
        "Bring water!",
        "…",
    ]
    assert all(len(each) <= 300 for each in sentences_of(["word " * 200]))


# --- After an approval


def test_an_edit_ends_the_approval_and_the_post_is_approved_anew(cast, approved, at):
    post = approved()
    changed = edited(cast, post, "Sports day is on Thursday.", at)
    assert [each.lapsed_at for each in changed.approvals.all()] == [at]

    again = submit_post(by=cast.amina, at=at, post=queries.post(post.pk))
    agreed = approve_post(by=cast.ben, at=at, post=again, seen=queries.seen_now(again, at=at))
    assert len(begin_sending(at=at, post=agreed)) == 1
