"""Marking a text and judging the mark, on the pages."""

import re

from django.urls import reverse

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from schoolgate.publishing import queries
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.drafting import TargetText, draft_post
from schoolgate.publishing.models import Post, PostMark, PostState
from schoolgate.publishing.reviewing import judge_mark, mark_post
from tests.cast import someone
from tests.publishing.conftest import account_on
from tests.stories import rolled_back
from tests.web.plain import check_page, shown_by
from tests.web.posts_cast import NOW, Stage, act, set_up
from tests.web.test_bad_text import TEXTS, arrived, posted


def at(name: str, *pks: int) -> str:
    return reverse(name, args=pks)


def html(answer) -> str:
    return answer.content.decode()


def mark(stage: Stage, post: Post, kind: str = "home_address", by: str = "cara", **more: str) -> PostMark:
    with scope(stage.federation.pk):
        return mark_post(by=stage.people[by], at=NOW, post=post, kind=kind, **more)


def lines(text: str) -> str:
    return text.replace("\r\n", "\n")


def judged(stage: Stage, found: PostMark, by: str = "ben", *, yes: bool) -> PostMark:
    with scope(stage.federation.pk):
        seen = content_digest(queries.post(found.post_id))
        return judge_mark(by=stage.people[by], at=NOW, mark=found, found=yes, seen=seen)


def seen_on(page) -> str:
    """What the page sends along of the text that it showed."""
    return page.context["content_seen"]


def test_the_choice_has_what_this_policy_speaks_of_under_headings_with_its_rules(stage):
    """The page of a post without a mark leads there. What no mark can be is refused and stays typed."""
    post, cara = stage.draft(), stage.browser("cara")
    page = html(stage.browser("amina").get(at("post", post.pk)))
    assert "Comments on the text" not in page
    assert act("mark", post.pk) in page
    check_page(page)

    page = cara.get(act("mark", post.pk))
    said = shown_by(html(page))
    for words in (
        "Personal details",
        "A home address",
        "Keep the wording professional.",
        "Who is it about?",
    ):
        assert words in said
    assert "The code of a door" not in said
    choices = html(page).split('name="kind"')[1].split("</select>")[0]
    assert [len(re.findall(r'<option value="\w+"', choices)), choices.count("<optgroup")] == [16, 6]
    check_page(html(page))

    for given, field in [
        ({}, "kind"),
        ({"kind": "door_code"}, "kind"),
        ({"kind": "confidential", "whom": "the King"}, "whom"),
        ({"kind": "confidential", "note": "a" * 1001}, "note"),
    ]:
        answer = cara.post(act("mark", post.pk), given)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field]), given
        check_page(html(answer))


def test_a_colleague_marks_an_approver_reads_it_and_the_answer_says_so_at_once(stage):
    post = stage.submitted()
    given = {"kind": "home_address", "whom": "pupil", "note": "Third line. <b>Look</b>"}
    answer = stage.browser("cara").post(act("mark", post.pk), given)
    assert answer["Location"] == at("post", post.pk)

    ben = stage.browser("ben")
    page = ben.get(at("post", post.pk))
    said = shown_by(html(page))
    assert "Third line. &lt;b&gt;Look&lt;/b&gt;" in html(page)
    assert ["Not checked yet" in said, "Comment by: Cara Colleague." in said] == [True, True]
    assert page.context["wanting"]
    check_page(html(page))

    (row,) = stage.read(post).marks.all()
    to, seen = at("post-mark-judge", post.pk, row.pk), seen_on(page)
    assert ben.post(to, {"found": "yes", "seen": seen})["Location"] == at("post", post.pk)
    page = html(ben.get(at("post", post.pk)))
    assert ["This isn’t allowed" in page, "Comment 1: Someone has read it" in shown_by(page)] == [True, True]
    check_page(page)

    ben.post(to, {"found": "no", "seen": seen})
    page = ben.get(at("post", post.pk))
    assert not page.context["wanting"]
    told = html(page).split("History")[1]
    for words in ("Comment added to the text", "A home address: It meets the policy."):
        assert words in told
    assert "Third line" not in told, "the record never quotes the note"
    assert ben.post(at("post-approve", post.pk), {"seen": page.context["seen"]}).status_code == 302
    assert stage.read(post).state == PostState.APPROVED


def test_whoever_approves_what_was_shown_before_the_mark_is_asked_to_read_again(stage):
    post = stage.submitted()
    ben = stage.browser("ben")
    shown = ben.get(at("post", post.pk)).context["seen"]
    mark(stage, post, "unprofessional")
    answer = ben.post(at("post-approve", post.pk), {"seen": shown})
    assert (answer.status_code, stage.read(post).state) == (409, PostState.SUBMITTED)
    assert (
        "Something has changed since you opened this: the post, a comment on its text, a picture check or"
        in html(answer)
    )


def test_somebody_without_the_part_sees_the_mark_and_no_buttons(stage):
    """What is neither so nor in order is no word."""
    post = stage.draft()
    row = mark(stage, post, note="Third line")
    cara = stage.browser("cara")
    page = html(cara.get(at("post", post.pk)))
    assert ["A home address" in page, at("post-mark-judge", post.pk, row.pk) in page] == [True, False]
    answer = cara.post(at("post-mark-judge", post.pk, row.pk), {"found": "no", "seen": "x"})
    assert (answer.status_code, stage.read(post).marks.all()[0].found) == (403, None)

    ben = stage.browser("ben")
    assert ben.get(at("post-mark-judge", post.pk, row.pk)).status_code == 405, "never given by looking"
    for found in ("", "perhaps", "yes\x00"):
        answer = ben.post(at("post-mark-judge", post.pk, row.pk), {"found": found})
        assert (answer.status_code, stage.read(post).marks.all()[0].found) == (422, None), found

    page = html(stage.browser("amina").get(at("post-edit", post.pk)))
    assert [words in page for words in ("Comments on the text", "Third line")] == [True, True]
    assert at("post-mark-judge", post.pk, row.pk) not in page, "nothing is judged while it is changed"
    check_page(page)


def test_the_author_finds_no_buttons_against_a_colleagues_word_until_the_text_changes(stage):
    post = stage.draft()
    row = judged(stage, mark(stage, post), yes=True)
    amina, to = stage.browser("amina"), at("post-mark-judge", post.pk, row.pk)
    page = amina.get(at("post", post.pk))
    assert to not in html(page)
    answer = amina.post(to, {"found": "no", "seen": seen_on(page)})
    assert (
        answer.status_code,
        "Someone else has already checked this text. Their decision applies until the text changes."
        in html(answer),
    ) == (403, True)

    with scope(stage.federation.pk):
        Post.objects.get(pk=post.pk).targets.update(text="Another text")
    page = html(amina.get(at("post", post.pk)))
    assert ["Check again: the text changed" in page, to in page] == [True, True]


def test_a_word_about_a_text_that_changed_meanwhile_is_not_kept(stage):
    post = stage.submitted()
    row, ben = mark(stage, post), stage.browser("ben")
    shown = seen_on(ben.get(at("post", post.pk)))
    with scope(stage.federation.pk):
        Post.objects.get(pk=post.pk).targets.update(text="Another text")
    answer = ben.post(at("post-mark-judge", post.pk, row.pk), {"found": "no", "seen": shown})
    assert (answer.status_code, stage.read(post).marks.all()[0].found) == (409, None)


def test_where_the_policy_protects_some_people_the_page_asks_whom_it_is_about(stage):
    post = stage.submitted()
    row, ben = mark(stage, post, "careless_remark"), stage.browser("ben")
    page = ben.get(at("post", post.pk))
    assert f'id="whom_{row.pk}"' in html(page)
    said = {"found": "yes", "seen": seen_on(page)}
    answer = ben.post(at("post-mark-judge", post.pk, row.pk), said)
    assert (answer.status_code, "Choose who it’s about" in html(answer)) == (422, True)
    ben.post(at("post-mark-judge", post.pk, row.pk), {**said, "whom": "staff"})
    assert "About: A colleague" in shown_by(html(ben.get(at("post", post.pk))))


def test_a_note_is_kept_and_shown_as_it_is_or_refused(stage):
    post, cara = stage.draft(), stage.browser("cara")
    for name, note in TEXTS.items():
        with rolled_back():
            given = {"kind": "confidential", "whom": "", "note": note}
            status = posted(cara, act("mark", post.pk), given)
            kept = [row.note for row in stage.read(post).marks.all()]
            assert (status, kept) in [(302, [lines(arrived(note).strip())]), (422, [])], name
            if "<script>" in note:
                assert "<script>alert(" not in html(cara.get(at("post", post.pk))), name


def test_what_is_on_its_way_is_not_marked_any_more(stage):
    delivery = stage.started()[0]
    answer = stage.browser("ben").get(act("mark", delivery.post_id))
    assert answer.status_code == 409
    assert act("mark", delivery.post_id) not in html(stage.browser("ben").get(at("post", delivery.post_id)))


def test_a_mark_of_another_post_or_federation_is_not_there(stage, make_federation):
    other = set_up(make_federation("north", "wildground"), stage.sign_in)
    post, second, foreign = stage.draft(), stage.draft("Second"), other.draft()
    row, theirs = mark(stage, post), mark(other, foreign)
    ben = stage.browser("ben")
    for where in ((second.pk, row.pk), (post.pk, theirs.pk), (foreign.pk, theirs.pk)):
        assert ben.post(at("post-mark-judge", *where), {"found": "no", "seen": "x"}).status_code == 404
    assert ben.get(act("mark", foreign.pk)).status_code == 404
    assert ben.post(act("mark", foreign.pk), {"kind": "confidential"}).status_code == 404


def test_the_page_costs_the_same_for_one_mark_and_for_fifty(stage, same_queries):
    post = stage.submitted()
    mark(stage, post)
    ben = stage.browser("ben")
    ben.get(at("post", post.pk))

    def grow():
        given = {
            "post": post,
            "kind": "confidential",
            "seen": "x",
            "raised_by": stage.people["ben"],
            "at": NOW,
        }
        with scope(stage.federation.pk):
            PostMark.objects.bulk_create([PostMark(**given) for _ in range(49)])

    same_queries(lambda: ben.get(at("post", post.pk)), grow)


def test_under_a_policy_that_speaks_of_no_text_nobody_is_asked(home, make_federation, sign_in):
    """Llanidloes binds staff alone: a governor's post has nothing to be marked for there."""
    federation = make_federation("llanidloes", "llanidloes")
    with scope(federation.pk):
        head = someone("Hedd Head", "headteacher")
        adopt(by=head, at=NOW)
        gwen = someone("Gwen Governor", "staff", relation="governor")
        school = School.objects.create(name="Llanidloes High School", slug="high")
        targets = [TargetText(account_on("bluesky", school, NOW), "Concert on Friday")]
        post = draft_post(by=gwen, at=NOW, school=school, targets=targets)
    browser = sign_in(head)
    assert "Comment on the text" not in html(browser.get(at("post", post.pk)))
    answer = browser.get(act("mark", post.pk))
    assert (
        answer.status_code,
        "This policy has no rules about text, so there is nothing to comment on." in html(answer),
    ) == (409, True)


def test_wootton_offers_what_belongs_to_the_trust_and_wildground_does_not(
    stage, home, make_federation, sign_in
):
    said = "It is the trust’s intellectual property"
    assert said not in html(stage.browser("amina").get(at("post-edit", stage.draft().pk)))
    federation = make_federation("wootton", "wootton")
    with scope(federation.pk):
        principal = someone("Pru Principal", "principal")
        adopt(by=principal, at=NOW)
        writer = someone("Wyn Writes", "staff")
        school = School.objects.create(name="Wootton Upper", slug="upper")
        targets = [TargetText(account_on("bluesky", school, NOW), "Our scheme of work")]
        post = draft_post(by=writer, at=NOW, school=school, targets=targets)
    assert said in html(sign_in(writer).get(at("post-edit", post.pk)))
