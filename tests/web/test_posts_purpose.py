"""The purpose of a post where the policy lists purposes: chosen by its author, shown to the approver."""

import re
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from schoolgate.policy.adopting import adopt
from schoolgate.publishing import queries
from schoolgate.publishing.drafting import TargetText, draft_post
from schoolgate.publishing.models import Post
from tests.cast import someone
from tests.publishing.conftest import account_on
from tests.web.posts_cast import NOW

PURPOSE = "What is its purpose?"
BEFORE = "To show <b>the garden</b>"


@pytest.fixture
def primary(make_federation, sign_in):
    """Llanidloes Primary School: Mari writes, Head approves."""
    federation = make_federation("llanidloes", "llanidloes", languages=["en", "cy"])
    with scope(federation.pk):
        head, mari = someone("Head", "headteacher"), someone("Mari", "staff")
        adopt(by=head, at=NOW)
        name = "Llanidloes Primary School"
        school = School.objects.create(name=name, slug="primary", in_policy=name)
        account = account_on("facebook", school, NOW)
    return SimpleNamespace(
        federation=federation, school=school, account=account, mari=mari,
        writer=sign_in(mari), approver=sign_in(head),
    )  # fmt: skip


@pytest.fixture
def draft(primary):
    """`draft(purpose)`: a post of Mari's; a purpose that is not listed was typed before there was a list."""

    def make(purpose=""):
        with scope(primary.federation.pk):
            post = draft_post(
                by=primary.mari, at=NOW, school=primary.school,
                targets=[TargetText(primary.account, "Story time is on Friday.")],
            )  # fmt: skip
            if purpose:
                said = {"purpose": {"answer": purpose, "at": NOW.isoformat(), "seen": "x"}}
                Post.objects.filter(pk=post.pk).update(answers=said)
            return queries.post(post.pk)

    return make


def typed(primary, post, **more):
    return {
        "text": "Story time is on Friday.", "accounts": [primary.account.pk], "people": "0",
        "version": post.version, **more,
    }  # fmt: skip


def saved_purpose(primary, post):
    with scope(primary.federation.pk):
        return queries.post(post.pk).answers.get("purpose", {}).get("answer")


def edit(post):
    return reverse("post-edit", args=[post.pk])


def test_the_author_chooses_from_the_list_of_their_school(primary, draft):
    page = primary.writer.get(edit(draft())).content.decode()
    assert PURPOSE in page
    offered = re.findall(r'type="radio"[^>]* name="answer-purpose" value="([^"]*)"', page)
    assert offered == ["promote the school", "local activities"]
    assert "Promote the school" in page
    assert 'value="ethos and culture"' not in page
    assert 'type="text" id="id_answer-purpose"' not in page


def test_what_is_chosen_is_saved_and_shown_to_the_approver(primary, draft):
    post = draft()
    primary.writer.post(edit(post), typed(primary, post, **{"answer-purpose": "local activities"}))
    assert saved_purpose(primary, post) == "local activities"
    page = primary.approver.get(reverse("post", args=[post.pk])).content.decode()
    assert PURPOSE in page
    assert "Local activities" in page


def test_the_approver_reads_it_in_welsh(primary, draft):
    with scope(primary.federation.pk):
        Person.objects.update(language="cy")
    page = primary.approver.get(reverse("post", args=[draft("local activities").pk]))
    assert "Gweithgareddau lleol" in page.content.decode()


def test_a_purpose_of_another_schools_list_is_refused_beside_its_field(primary, draft):
    post = draft()
    answered = primary.writer.post(
        edit(post), typed(primary, post, **{"answer-purpose": "ethos and culture"})
    )
    assert answered.status_code == 422
    said = answered.context["form"].errors["answer-purpose"]
    assert said == [f"{PURPOSE} Choose one of the policy’s answers: Promote the school; Local activities."]
    assert saved_purpose(primary, post) is None


def test_what_was_typed_before_is_shown_kept_and_asked_for_again(primary, draft):
    post = draft(BEFORE)
    page = primary.writer.get(edit(post)).content.decode()
    assert "To show &lt;b&gt;the garden&lt;/b&gt;" in page
    assert "Now choose one of the policy’s answers." in page
    assert f"Answer: {PURPOSE}" in page

    primary.writer.post(edit(post), typed(primary, post))
    assert saved_purpose(primary, post) == BEFORE
    seen = primary.approver.get(reverse("post", args=[post.pk])).content.decode()
    assert "To show &lt;b&gt;the garden&lt;/b&gt;" in seen

    with scope(primary.federation.pk):
        post = queries.post(post.pk)
    primary.writer.post(edit(post), typed(primary, post, **{"answer-purpose": "promote the school"}))
    assert saved_purpose(primary, post) == "promote the school"
    assert "Now choose one" not in primary.writer.get(edit(post)).content.decode()
