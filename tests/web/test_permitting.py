"""Pages on which a permission is asked for and given: a button at the post, and the role's page."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.people.models import Permission
from schoolgate.policy.models import PermissionAsked
from schoolgate.publishing import queries
from schoolgate.publishing.actions import submit_post
from tests.cast import someone
from tests.publishing.five_policies import enter
from tests.web.plain import check_page, shown_by

NOW = datetime.now(UTC)


class There:
    """Wootton: a writer in doubt about the rights in a post, the Finance Director, and both browsers."""

    def __init__(self, federation, sign_in):
        self.federation, self.sign_in = federation, sign_in
        with scope(federation.pk):
            self.at_work = enter("wootton", NOW)
            self.director = someone("Fay Finance", "finance-director")
            self.adviser = someone("Lena Law", "legal-advisers")
            self.post = self.at_work.draft(answers={"rights_in_doubt": True})
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
def there(make_federation, home, sign_in):
    return There(make_federation("wootton", "wootton"), sign_in)


def html(answer):
    return answer.content.decode()


def text_of(page):
    return " ".join(shown_by(page).split())


def test_the_author_asks_the_role_by_name_and_sees_who_has_it(there):
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


def test_a_no_needs_a_reason_and_the_author_reads_it(there):
    there.ask()
    browser = there.sign_in(there.director)
    assert browser.post(there.request, {"says": "no", "words": ""}).status_code == 422
    browser.post(there.request, {"says": "no", "words": "Not ours to use."})
    assert "Not ours to use." in html(there.author.get(there.page))
    with scope(there.federation.pk):
        assert Permission.objects.count() == 0


def test_a_question_back_and_its_reply(there):
    there.ask()
    browser = there.sign_in(there.director)
    browser.post(there.request, {"says": "back", "words": "Who wrote it?"})
    assert "Who wrote it?" in html(there.author.get(there.request))
    there.author.post(there.request, {"words": "A pupil."})
    assert "A pupil." in html(browser.get(there.request))


def test_nobody_else_finds_the_request(there, make_federation):
    there.ask()
    assert there.sign_in(there.at_work.refused).get(there.request).status_code == 404
    elsewhere = make_federation("elsewhere", "wootton")
    with scope(elsewhere.pk):
        stranger = someone("Sten Stranger", "finance-director", "principal")
    assert there.sign_in(stranger).get(there.request).status_code == 404


def test_the_advisers_see_the_request_to_them_and_not_the_first(there):
    there.ask()
    first, second = there.request, there.advise() and there.request
    adviser = there.sign_in(there.adviser)
    assert adviser.get(second).status_code == 200
    assert (first == second, adviser.get(first).status_code) == (False, 404)
    assert f'href="{first}"' not in html(adviser.get(second))


def test_what_the_policy_does_not_wait_for_is_not_asked(there):
    assert there.ask(covers="release").status_code == 409
    assert there.ask(words="x" * 2001).status_code == 422
    with scope(there.federation.pk):
        assert PermissionAsked.objects.count() == 0
        assert not Duty.objects.filter(kind="policy.permission").exists()


def test_a_colleague_may_not_ask_for_the_author(there):
    browser = there.sign_in(there.at_work.approver)
    answer = browser.post(reverse("post-ask", args=[there.post.pk]), {"covers": "rights_doubt"})
    assert answer.status_code == 403


def test_the_approval_of_one_role_is_kept_and_shown_until_the_other_agrees(there):
    with scope(there.federation.pk):
        submit_post(by=there.at_work.writer, at=NOW, post=queries.post(there.post.pk))
    there.ask()
    manager = there.sign_in(there.at_work.approver)
    with scope(there.federation.pk):
        seen = queries.seen_now(queries.post(there.post.pk), at=datetime.now(UTC))
    said = manager.post(reverse("post-approve", args=[there.post.pk]), {"seen": seen}, follow=True)
    assert "Approved by: Anwen Approves" in text_of(html(said))
    assert "another role" in text_of(html(said)).lower()
    request = there.advise()
    there.sign_in(there.director).post(request, {"says": "yes", "words": ""})
    with scope(there.federation.pk):
        assert queries.post(there.post.pk).state == "approved"
