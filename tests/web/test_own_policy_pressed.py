"""From a clause to a post that its rule judges; the same pages in Welsh."""

import re
from datetime import UTC, datetime

import pytest
from django.utils import translation

from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.writing import writing
from tests.cast import someone
from tests.publishing.conftest import account_on
from tests.web.own_policy_cast import CLAUSE, RULED
from tests.web.scriptless import bring_session, expect, open_context, wrong_with

pytestmark = pytest.mark.timeout(300)
SAYS = "Volunteers do not post for the school."


class Owner:
    """Somebody with a browser, who reads and presses what a page says."""

    def __init__(self, page, language="en"):
        self.page, self.language, self.wrong = page, language, []

    def say(self, sentence):
        with translation.override(self.language):
            return translation.gettext(sentence)

    def press(self, sentence, *, exact=True):
        name = self.say(sentence)
        main = self.page.get_by_role("main")  # not the search and the menu above it
        main.get_by_role("link", name=name, exact=exact).or_(
            main.get_by_role("button", name=name, exact=exact)
        ).first.click()
        self.page.wait_for_load_state()

    def fill(self, label, text):
        self.page.get_by_label(self.say(label), exact=True).fill(text)

    def tick(self, label):
        self.page.get_by_label(self.say(label), exact=True).check()

    def look(self, name):
        self.wrong += wrong_with(self.page, self.language)


def test_from_a_clause_to_a_post_that_its_rule_judges(st_annes, sign_in):
    with scope(st_annes.federation.pk):
        school = School.objects.get()
        account_on("facebook", school, datetime.now(UTC))
        vera = sign_in(someone("Vera Volunteer", "class-teacher", relation="volunteer"))
    with open_context() as context:
        bring_session(context, st_annes.ben)
        ben = Owner(context.new_page())
        ben.page.goto("/policy")
        ben.press("Write clauses and rules")
        ben.look("clauses")
        write_the_clause(ben)
        adopt_it(ben)
        begin_the_rule(ben)
        ben.page.get_by_role("link", name=re.compile("^Add a condition.*Not allowed")).click()
        ben.look("facts")
        ben.page.get_by_role("link", name="How this person is connected with the school (author)").click()
        ben.tick("is one of these")
        ben.page.get_by_label("Volunteer", exact=False).first.check()
        ben.look("condition")
        ben.press("Save condition")
        expect(ben.page.get_by_text("this is not allowed.")).to_be_visible()
        ben.look("rule")
        try_an_example(ben)
        sign(ben)
        assert ben.wrong == []
    with open_context() as context:
        bring_session(context, vera)
        page = context.new_page()
        page.goto(f"/posts/new/{school.pk}")
        page.get_by_label("Text", exact=True).fill("Sports day is on Friday.")
        page.get_by_role("button", name="Send for approval").click()
        page.wait_for_load_state()
        page.get_by_role("link", name="The policy doesn’t allow this post. See why").click()
        expect(page.get_by_role("heading", name="This isn’t allowed")).to_be_visible()
        expect(page.get_by_text(f"The policy says: {SAYS}")).to_be_visible()
        assert wrong_with(page) == []


def write_the_clause(ben):
    ben.press("Add a clause")
    ben.press("Save clause")
    expect(ben.page.get_by_text("Fill in this field").first).to_be_visible()
    ben.look("clause-errors")
    ben.fill("Section", "4. Posts")
    ben.fill("Text", SAYS)
    ben.tick("must not: it is not allowed")
    ben.press("Save clause")
    expect(ben.page.get_by_text("Saved in the next version.")).to_be_visible()
    ben.look("clause-new")


def adopt_it(ben):
    ben.press("Version 2")
    ben.press("Record its adoption")
    today = local_day(datetime.now(UTC))
    ben.page.get_by_label("Date of adoption").fill(today.isoformat())
    roles = ben.page.locator("select[name=adopted], select[name=approved]")
    for place in range(roles.count()):
        roles.nth(place).select_option("chair of governors")
    ben.press("Save to the record")
    expect(ben.page.get_by_text("The new version is in force.")).to_be_visible()


def begin_the_rule(ben):
    ben.page.goto(ben.page.url.split("/policy")[0] + "/policy/clauses")
    ben.page.locator("#section-4 > summary").click()
    ben.page.get_by_role("link", name=SAYS).click()
    ben.look("clause")
    ben.press("Add a rule")
    ben.fill("What is the clause about?", "publishing a post")
    ben.press("Search")
    ben.look("find")
    ben.page.get_by_role("link", name="Publishing a post").first.click()
    ben.page.get_by_label("Which part of it?").select_option("Who is posting")
    ben.page.get_by_label("Not allowed", exact=False).first.check()
    ben.look("start")
    ben.press("Continue")
    ben.look("detail")
    ben.press("Save rule")
    expect(ben.page.get_by_text("Rule saved.")).to_be_visible()


def try_an_example(ben):
    ben.press("Try an example")
    ben.page.locator("select[name=f0]").select_option("volunteer")
    ben.press("Show answer")
    expect(ben.page.get_by_text("The next interpretation changes this answer.")).to_be_visible()
    ben.look("example")
    ben.page.go_back()
    ben.page.go_back()


def sign(ben):
    ben.press("Try past decisions and sign")
    ben.fill("Why you read it this way", "The governors asked for it.")
    ben.press("Save")
    ben.press("Try it on past decisions")
    ben.look("reading")
    ben.press("Sign this interpretation")
    expect(ben.page.get_by_text("Interpretation signed. It applies from now on.")).to_be_visible()


def test_what_is_true_of_none_of_a_list_is_said_step_by_step_on_a_phone(st_annes):
    with open_context() as context:
        bring_session(context, st_annes.ben)
        ben = Owner(context.new_page())
        rule = f"/policy/clauses/{CLAUSE}/rules"
        ben.page.goto(f"{rule}/new?about=post.publish&point=author_shown&verb=forbid")
        ben.press("Save rule")
        ben.page.get_by_role("link", name=re.compile("^Add a condition.*Not allowed")).click()
        ben.page.get_by_text("Lists: one, each or several of them").click()
        ben.page.get_by_role("link", name="Who has approved it").first.click()
        ben.tick("has no item that meets a condition")
        ben.look("list")
        ben.press("Save condition")
        ben.page.get_by_role("link", name=re.compile("^Say which")).click()
        ben.page.get_by_role("link", name="The roles of the person", exact=False).first.click()
        ben.tick("is an empty list")
        ben.press("Save condition")
        ben.look("rule-list")
        ben.page.get_by_role("button", name=re.compile("^Turn into “not”")).first.click()
        ben.look("rule-not")
        ben.page.goto("/policy/clauses/roles")
        ben.look("roles")
        ben.press("Add a role")
        ben.look("role")
        ben.fill("Name", "site manager")
        ben.press("Save role")
        expect(ben.page.get_by_role("link", name="site manager", exact=True)).to_be_visible()
        assert ben.wrong == []


def test_the_pages_are_whole_in_welsh_on_a_phone_without_scripts(st_annes):
    with scope(st_annes.federation.pk):
        st_annes.head.language = "cy"
        st_annes.head.save(update_fields=["language"])
        assert writing(local_day(datetime.now(UTC))).rules(RULED)
    with open_context() as context:
        bring_session(context, st_annes.ben)
        ben = Owner(context.new_page(), "cy")
        for name, path in {
            "clauses": "", "words": "/new", "clause": f"/{RULED}", "text": f"/{RULED}/text",
            "find": f"/{RULED}/rules/new", "start": f"/{RULED}/rules/new?about=message.send",
            "detail": f"/{RULED}/rules/new?about=message.send&point=parents_from_own&verb=need",
            "rule": f"/{RULED}/rules/1", "facts": f"/{RULED}/rules/1/condition?part=when&at=&more=1",
            "condition": f"/{RULED}/rules/1/condition?part=when&at=0",
            "example": f"/{RULED}/rules/1/example", "roles": "/roles", "role": "/roles?role=headteacher",
        }.items():  # fmt: skip
            ben.page.goto(f"/policy/clauses{path}")
            ben.look(name)
        assert ben.wrong == []
