"""A question on Saturday night under two policies: it reaches who is on duty by the rota, on their phone,
with the deadline that their policy promises; it's answered, and everyone can read the reply."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

import pytest
from playwright.sync_api import Page

from schoolgate.accounts.models import TeamMember
from schoolgate.cli.demo.accounts import topics_of_training
from schoolgate.core.calendars import set_calendar
from schoolgate.core.clock import LONDON
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.inbox import ingesting, moderating, replying
from schoolgate.inbox.models import Answer, Item, Moderation
from schoolgate.inbox.reply_facts import QUESTIONS
from schoolgate.networks.noticeboard.board import leave_comment
from schoolgate.networks.noticeboard.models import NoticeboardComment, NoticeboardPost
from schoolgate.policy.choices import choose_working_day
from schoolgate.policy.queries import book_in_scope
from schoolgate.policy.training import record_training
from schoolgate.publishing import queries as of_posts
from schoolgate.publishing import sending as of_posts_sending
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.drafting import TargetText, draft_post
from schoolgate.publishing.starting import begin_sending
from schoolgate.rota.rules import wants_training
from schoolgate.rota.setting import add_shifts, make_rota
from schoolgate.rulebook.working_time import DaysThatCount
from tests.cast import someone, someone_leads
from tests.eyes import expect, wrong_with
from tests.publishing.conftest import account_on
from tests.publishing.five_policies import CAREFUL, PARTS, AtWork, enter

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SATURDAY = date(2027, 1, 23)
ASKED = "Is the swimming gala still on tomorrow morning?"
REPLY = "Yes, at ten. Please come to the side door."


def on_the_night(hour: int, minute: int = 0) -> datetime:
    """An instant of that Saturday, in London."""
    return datetime.combine(SATURDAY, time(hour, minute), LONDON)


PROMISES = {"wildground": "by Monday", "llanidloes": "this policy sets no reply time"}
"""The deadline as each policy has it: one promises a day, one nothing."""


def night_of(federation) -> AtWork:
    """That federation with a post out on its board; its answerer is on duty from Saturday evening, and
    another leads the account."""
    friday = on_the_night(9) - timedelta(days=1)
    with scope(federation.pk):
        house = enter(federation.slug, friday)
        board = account_on("noticeboard", house.school, friday)
        leader = someone("Lena Leads", PARTS[house.key].answers)
        TeamMember.objects.create(account=board, person=leader, part="lead", from_day=friday.date())
        set_calendar(
            school=house.school, at=friday, terms=[("Spring", date(2027, 1, 4), date(2027, 3, 25))],
        )  # fmt: skip
        if house.key == "wildground":
            choose_working_day(
                by=house.owner, at=friday, counting=DaysThatCount.WEEKDAYS, from_day=friday.date()
            )
        book = book_in_scope()
        if wants_training(book):
            trainer = someone("Tessa Trains", book.pack.roles_with("decide_account")[0].key)
            record_training(person=house.answerer, by=trainer, at=friday, topics=topics_of_training())
        rota = make_rota(by=house.owner, at=friday, school=None)
        add_shifts(
            by=house.owner, at=friday, rota=rota, weekdays=[5], starts=time(18), nights=1, ends=time(9),
            from_day=SATURDAY, person=house.answerer,
        )  # fmt: skip
        someone_leads()
        post = draft_post(
            by=house.writer, at=friday, school=house.school, answers=CAREFUL,
            targets=[TargetText(board, "The gala is on Sunday.")],
        )  # fmt: skip
        post = submit_post(by=house.writer, at=friday, post=post)
        post = approve_post(
            by=house.approver, at=friday, post=post, seen=of_posts.seen_now(post, at=friday),
            discussed=house.key == "wootton",
        )  # fmt: skip
        (delivery,) = begin_sending(at=friday, post=post)
    of_posts_sending.advance(federation.pk, delivery.pk, clock=lambda: friday)
    with scope(federation.pk):
        Safeguarder.objects.update(ended_at=friday)  # who leads at night, each journey says itself
        leave_comment(
            post=NoticeboardPost.objects.get(), name="A parent", text=ASKED, at=on_the_night(22, 40)
        )
    ingesting.poll(federation.pk, board.pk, clock=lambda: on_the_night(22, 41))
    return house


def answer_what_is_asked(page: Page) -> None:
    """Answer what this policy asks of a reply to a parent."""
    for name, question in QUESTIONS.items():
        group = page.get_by_role("group", name=str(question.label), exact=True)
        if group.count() and group.first.is_visible():
            group.get_by_label("A parent or carer" if name == "to_relation" else "No", exact=True).check()


def send_and_show(page: Page, house: AtWork) -> Answer:
    """Send the reply and show the comment, and let the worker do both; returns the reply."""
    page.get_by_role("button", name="Send and show both").click()
    expect(page.get_by_text("The comment is being shown and your reply sent.")).to_be_visible()
    with scope(house.federation.pk):
        (answer,), (shown,) = Answer.objects.all(), Moderation.objects.all()
    moderating.advance(house.federation.pk, shown.pk, clock=lambda: on_the_night(22, 50))
    replying.advance(house.federation.pk, answer.pk, clock=lambda: on_the_night(22, 50))
    return answer


@pytest.mark.parametrize("key", PROMISES)
def test_a_question_on_saturday_night(key, own_database, home, make_federation, phone_of, pages_at):
    house = night_of(make_federation(key, key))
    pages_at(on_the_night(22, 45))

    page = phone_of(house.answerer)
    page.goto("/today")
    page.get_by_role("button", name="Check in").click()
    page.get_by_role("link", name="Read and reply").first.click()
    expect(page.get_by_text(ASKED).first).to_be_visible()
    expect(page.locator(".sg-due").first).to_contain_text(PROMISES[key])
    page.locator("summary", has_text=re.compile("Why (this|there’s no) deadline")).click()
    expect(page.get_by_text("Assigned to Ann Answers.")).to_be_visible()
    assert wrong_with(page) == []

    page.locator("summary").get_by_text("Reply", exact=True).click()
    page.locator("#id_text").fill(REPLY)
    answer_what_is_asked(page)
    send_and_show(page, house)
    page.reload()
    expect(page.get_by_text("Answered", exact=True).first).to_be_visible()
    with scope(house.federation.pk):
        assert Item.objects.get().state == "answered"
        assert NoticeboardComment.objects.filter(ours=True, text=REPLY).exists()
