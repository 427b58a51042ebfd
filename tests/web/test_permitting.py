"""Pages on which a permission is asked for and given: a button at the post, and the role's page."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.people.models import Permission
from schoolgate.policy.models import PermissionAsked
from schoolgate.publishing import queries
from schoolgate.publishing.approving import submit_post
from tests.cast import someone
from tests.publishing.five_policies import enter
from tests.web.plain import check_page, shown_by
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)


@world()
def rights_in_doubt(at):
    """Wootton: a writer in doubt about the rights in a post, and the Finance Director."""
    federation = enter_federation("wootton", "wootton")
    with scope(federation.pk):
        at_work = enter("wootton", at)
        director = someone("Fay Finance", "finance-director")
        adviser = someone("Lena Law", "legal-advisers")
        post = at_work.draft(answers={"rights_in_doubt": True}).pk
    return SimpleNamespace(
        federation=federation, at_work=at_work, director=director, adviser=adviser, post_pk=post
    )


class There:
    """That world, and the browsers of its people."""

    def __init__(self, begun, sign_in):
        self.federation, self.at_work = begun.federation, begun.at_work
        self.director, self.adviser, self.sign_in = begun.director, begun.adviser, sign_in
        with scope(self.federation.pk):
            self.post = queries.post(begun.post_pk)
        self.author = sign_in(self.at_work.writer)
        self.page = reverse("post", args=[self.post.pk])

    def ask(self, covers="rights_doubt", words="The song in it."):
        there = reverse("post-ask", args=[self.post.pk])
        return self.author.post(there, {"covers": covers, "words": words}, follow=True)

    def advise(self):
        """Let the Finance Director ask the legal advisers, who agree."""
        there, first = self.request, reverse("permission-asked-first", args=[self.asked.pk])
        assert self.sign_in(self.director).post(first).status_code == 302
        self.sign_in(self.adviser).post(self.request, {"says": "yes", "words": ""})
        return there

    @property
    def asked(self):
        with scope(self.federation.pk):
            return PermissionAsked.objects.latest("pk")

    @property
    def request(self):
        return reverse("permission-asked", args=[self.asked.pk])


@pytest.fixture
def there(in_world, home, sign_in):
    return There(in_world(rights_in_doubt, NOW), sign_in)


def html(answer):
    return answer.content.decode()


def text_of(page):
    return " ".join(shown_by(page).split())


def test_the_author_asks_the_role_by_name_and_sees_who_has_it(there):
    """A colleague may not ask for the author, and what the policy does not wait for is not asked."""
    browser = there.sign_in(there.at_work.approver)
    answer = browser.post(reverse("post-ask", args=[there.post.pk]), {"covers": "rights_doubt"})
    assert answer.status_code == 403
    assert there.ask(covers="release").status_code == 409
    assert there.ask(words="x" * 2001).status_code == 422
    with scope(there.federation.pk):
        assert PermissionAsked.objects.count() == 0
        assert not Duty.objects.filter(kind="policy.permission").exists()

    before = html(there.author.get(there.page))
    assert "Ask: Finance Director (Fay Finance)" in text_of(before)
    after = html(there.ask())
    assert "Waiting for: Finance Director (Fay Finance)" in text_of(after)
    check_page(after, "en")
    today = html(there.author.get(reverse("today")))
    assert "Finance Director (Fay Finance)" in text_of(today)


def test_the_role_reads_the_exact_text_and_says_yes(there):
    there.ask()
    browser = there.sign_in(there.director)
    assert there.request in html(browser.get(reverse("today")))
    shown = html(browser.get(there.request))
    for words in ("Sports day is on Friday.", "The song in it.", "Wyn Writes"):
        assert words in shown
    check_page(shown, "en")
    assert "Ask: Legal advisers (Lena Law)" in text_of(shown)
    assert browser.post(there.request, {"says": "yes", "words": ""}).status_code == 409
    request = there.advise()
    said = html(browser.post(request, {"says": "yes", "words": ""}, follow=True))
    assert "Yes, for this text" in text_of(said)
    assert (
        "Finance Director" not in text_of(html(there.author.get(there.page))).split("What the policy says")[0]
    )


def test_a_question_back_and_its_reply_and_a_no_with_its_reason(there):
    there.ask()
    browser = there.sign_in(there.director)
    browser.post(there.request, {"says": "back", "words": "Who wrote it?"})
    assert "Who wrote it?" in html(there.author.get(there.request))
    there.author.post(there.request, {"words": "A pupil."})
    assert "A pupil." in html(browser.get(there.request))
    assert browser.post(there.request, {"says": "no", "words": ""}).status_code == 422
    browser.post(there.request, {"says": "no", "words": "Not ours to use."})
    assert "Not ours to use." in html(there.author.get(there.page))
    with scope(there.federation.pk):
        assert Permission.objects.count() == 0


def test_nobody_else_finds_the_request_and_the_advisers_only_that_to_them(there, make_federation):
    there.ask()
    assert there.sign_in(there.at_work.refused).get(there.request).status_code == 404
    elsewhere = make_federation("elsewhere", "wootton")
    with scope(elsewhere.pk):
        stranger = someone("Sten Stranger", "finance-director", "principal")
    assert there.sign_in(stranger).get(there.request).status_code == 404

    first, second = there.request, there.advise() and there.request
    adviser = there.sign_in(there.adviser)
    seen = adviser.get(second)
    assert seen.status_code == 200
    assert (first == second, adviser.get(first).status_code) == (False, 404)
    assert f'href="{first}"' not in html(seen)


def test_the_approval_of_one_role_is_kept_and_shown_until_the_other_agrees(there):
    with scope(there.federation.pk):
        submit_post(by=there.at_work.writer, at=NOW, post=queries.post(there.post.pk))
    there.ask()
    manager = there.sign_in(there.at_work.approver)
    with scope(there.federation.pk):
        seen = queries.seen_now(queries.post(there.post.pk), at=datetime.now(UTC))
    said = manager.post(
        reverse("post-approve", args=[there.post.pk]), {"seen": seen, "discussed": "yes"}, follow=True
    )
    assert "Approved by: Anwen Approves" in text_of(html(said))
    assert "another role" in text_of(html(said)).lower()
    request = there.advise()
    there.sign_in(there.director).post(request, {"says": "yes", "words": ""})
    with scope(there.federation.pk):
        assert queries.post(there.post.pk).state == "approved"
