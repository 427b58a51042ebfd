"""A permission, from page to page: the author asks, the role asks back and then says yes, and the post goes
on."""

from datetime import UTC, datetime

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from schoolgate.publishing import queries
from tests.cast import someone
from tests.publishing.five_policies import enter
from tests.web.scriptless import bring_session, open_context, wrong_with

NOW = datetime.now(UTC)


class Visitor:
    """A person with a phone of their own."""

    def __init__(self, client):
        self.context = open_context()
        bring_session(self.context, client)
        self.page = self.context.new_page()

    def go(self, path: str):
        self.page.goto(path)
        return self

    def press(self, name: str):
        self.page.get_by_role("button", name=name).first.click()
        return self

    def text(self) -> str:
        self.page.wait_for_load_state()
        return self.page.locator("main").inner_text()


@pytest.fixture
def wootton(make_federation):
    federation = make_federation("wootton", "wootton", languages=["en", "cy"])
    with scope(federation.pk):
        at_work = enter("wootton", NOW)
        director = someone("Fay Finance", "finance-director")
        someone("Lena Law", "legal-advisers")
        post = at_work.draft(answers={"rights_in_doubt": True})
    return at_work, director, post


def test_asked_asked_back_given_and_the_post_goes_on(wootton, sign_in):
    at_work, director, post = wootton
    author = Visitor(sign_in(at_work.writer))
    finance = Visitor(sign_in(director))
    manager = Visitor(sign_in(at_work.approver))
    with scope(at_work.federation.pk):
        lawyer = Person.objects.get(name="Lena Law")
    adviser = Visitor(sign_in(lawyer))

    author.go(f"/posts/{post.pk}").page.get_by_text("Ask: Finance Director (Fay Finance)").click()
    author.page.get_by_label("What should they know?").locator("visible=true").fill("The song in the film.")
    author.page.get_by_role("button", name="Send request").locator("visible=true").click()
    assert "Waiting for: Finance Director (Fay Finance)" in author.text()
    assert "Finance Director (Fay Finance)" in author.go("/today").text()

    finance.go("/today").page.get_by_role("link", name="Read and answer").click()
    assert "Sports day is on Friday." in finance.text()
    finance.page.get_by_label("Ask a question first").check()
    finance.page.get_by_label("Reason or question").fill("Who wrote the song?")
    finance.press("Save answer")

    author.go("/today").page.get_by_role("link", name="Read and reply").click()
    assert "Who wrote the song?" in author.text()
    author.page.get_by_label("Your reply").fill("A pupil, and her parents agreed.")
    author.press("Send reply")
    author.go(f"/posts/{post.pk}").press("Send for approval")

    manager.go("/today").page.get_by_role("link", name="Review post").click()
    manager.page.get_by_label("discussed the content with me first").check()
    manager.press("Approve")
    assert "Approved by: Anwen Approves" in manager.text()
    with scope(at_work.federation.pk):
        assert queries.post(post.pk).state == "submitted"

    finance.go("/today").page.get_by_role("link", name="Read and answer").click()
    assert "A pupil, and her parents agreed." in finance.text()
    finance.page.get_by_text("Ask: Legal advisers (Lena Law)").click()
    finance.page.get_by_role("button", name="Send request").locator("visible=true").click()
    assert "Waiting for: Legal advisers (Lena Law)" in finance.text()

    adviser.go("/today").page.get_by_role("link", name="Read and answer").click()
    assert "Sports day is on Friday." in adviser.text()
    adviser.page.get_by_label("Yes", exact=True).check()
    adviser.press("Save answer")

    finance.go("/today").page.get_by_role("link", name="Read and answer").click()
    finance.page.get_by_label("Yes", exact=True).check()
    finance.press("Save answer")
    assert "Yes, for this text" in finance.text()

    with scope(at_work.federation.pk):
        assert queries.post(post.pk).state == "approved"
    author.go("/today").page.get_by_role("link", name="Read the answer").click()
    author.press("Mark as read")
    assert "Read the answer" not in author.go("/today").text()


def test_both_pages_are_readable_by_everybody(wootton, sign_in):
    at_work, director, post = wootton
    author = Visitor(sign_in(at_work.writer))
    author.go(f"/posts/{post.pk}").page.get_by_text("Ask: Finance Director (Fay Finance)").click()
    author.page.get_by_role("button", name="Send request").locator("visible=true").click()
    author.page.get_by_text("Waiting for:").first.wait_for()
    finance = Visitor(sign_in(director))
    finance.go("/today").page.get_by_role("link", name="Read and answer").click()
    for visitor in (author, finance):
        there = visitor.page.url
        for language in ("en", "cy"):
            visitor.context.add_cookies([{"name": "django_language", "value": language}])
            visitor.go(there)
            assert wrong_with(visitor.page, language) == [], (there, language)
