"""The inbox, each button pressed where it stands; its pages are sound in both languages."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from schoolgate.accounts.connecting import client_for
from schoolgate.accounts.models import TeamMember
from schoolgate.core.calendars import set_calendar
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.inbox import moderating, replying, seeing
from schoolgate.inbox.ingesting import ingest
from schoolgate.inbox.models import Answer, Item, Moderation
from schoolgate.inbox.moderating import moderate
from schoolgate.inbox.replying import write_answer
from schoolgate.networks.noticeboard.board import leave_comment
from schoolgate.networks.noticeboard.models import NoticeboardPost
from schoolgate.networks.port import Author, IncomingItem, Ref
from schoolgate.policy.adopting import adopt
from tests.cast import someone
from tests.inbox.test_answering import SAID
from tests.networks.contract import a_post
from tests.publishing.conftest import account_on
from tests.web.inboxes import NASTY
from tests.web.scriptless import bring_session, expect, open_context, wrong_with
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)


@world()
def one_of_each(at):
    """Wildground's inbox with one thing of each kind in it, by Ben's hand; the ids by what they are."""
    federation = enter_federation(languages=["en", "cy"])
    with scope(federation.pk):
        sam, ben = someone("Sam Slater", "slt"), someone("Ben Carter", "lead-staff-member")
        adopt(by=sam, at=NOW)
        school = School.objects.create(name="North", slug="north")
        around = NOW.date()
        terms = [("Now", around - timedelta(days=60), around + timedelta(days=60))]
        set_calendar(school=school, at=NOW, terms=terms)
        bluesky, facebook = (account_on(key, school, NOW) for key in ("bluesky", "facebook"))
        for account in (bluesky, facebook):
            for person, part in ((ben, "lead"), (sam, "runner")):
                TeamMember.objects.create(account=account, person=person, part=part, from_day=around)
        ids = {
            "open": came_in(bluesky, "What should they wear on Friday, and can grandparents come too?"),
            "nasty": came_in(bluesky, NASTY, at=NOW - 2 * HOUR),
            "long": came_in(bluesky, "Word " * 3000, at=NOW - 3 * HOUR),
            "edited": came_in(bluesky, "First words", at=NOW - 50 * HOUR),
            "hidden": came_in(bluesky, "Something improper"),
            "not_hidden_yet": came_in(bluesky, "Something rude"),
            "to_hide_by_hand": came_in(facebook, "Something ruder"),
            "removed": came_in(bluesky, "Something that had to go"),
            "by_hand": came_in(facebook, "When does it start?"),
            "lost": came_in(bluesky, "Is there parking?"),
        }
        came_in(bluesky, "Other words", key="First words", at=NOW - 50 * HOUR)
        Item.objects.filter(pk=ids["edited"]).update(
            due_words="instant", due_at=NOW - 26 * HOUR, due_day=None, gone_at=NOW
        )
        Item.objects.filter(pk=ids["open"]).update(due_words="instant", due_at=NOW + 20 * HOUR, due_day=None)
        Item.objects.filter(pk=ids["hidden"]).update(kept_back="hidden")
        for key in ("not_hidden_yet", "to_hide_by_hand", "removed"):
            moderate(by=ben, at=NOW, item=seeing.item(ids[key]), how="hidden", because="improper")
        went = Moderation.objects.filter(item=ids["removed"])
        went.update(state="confirmed", owes={"readers_told_why": ["wildground-abuse-4"]})
        answers = {
            key: write_answer(by=ben, at=NOW, item=seeing.item(ids[key]), text="At ten o'clock.", said=SAID,
                              version=seeing.item(ids[key]).version).pk
            for key in ("by_hand", "lost")
        }  # fmt: skip
        Answer.objects.filter(pk=answers["lost"]).update(state="asked", sent_at=NOW)
    return SimpleNamespace(federation=federation, school=school, ben=ben, ids=ids, answers=answers)


@pytest.fixture
def wild(in_world, sign_in):
    """That inbox, with Ben's session."""
    there = in_world(one_of_each, NOW)
    there.browser = sign_in(there.ben)
    return there


def came_in(account, text, *, key="", at=NOW - HOUR) -> int:
    ref = Ref(account.network, key or text[:300], "https://bsky.app/profile/a/post/b", f"v{hash(text)}")
    author = Author("did:plc:1", "parent.bsky.social", "A Parent")
    each = IncomingItem(
        account.network, ref, author, text, created_at=at, attachments=(), visibility="public"
    )
    ingest(at=NOW, account=account, items=[each], root=Ref(account.network, "root"))
    return Item.objects.get(account=account, network_id=ref.id).pk


def test_every_page_of_the_inbox_is_readable_by_everybody(wild):
    """In Welsh those of the states in which a comment is: the others are of kinds that every walk reads."""
    ids = wild.ids
    context = open_context()
    bring_session(context, wild.browser)
    lists = ["/inbox", "/inbox?show=all", "/inbox/paste", "/inbox?as=figures", "/inbox?as=figures&period=52"]
    texts = [f"/inbox/{ids[key]}" for key in ("open", "nasty", "long")]
    states = [
        f"/inbox/{ids[key]}" for key in ("edited", "hidden", "not_hidden_yet", "to_hide_by_hand", "removed")
    ]
    states += [f"/inbox/{ids['by_hand']}", *(f"/answers/{pk}" for pk in wild.answers.values())]
    page = context.new_page()
    for language, paths in (("en", [*lists, *texts, *states]), ("cy", states)):
        context.add_cookies([{"name": "django_language", "value": language}])
        for path in paths:
            page.goto(path)
            assert wrong_with(page, language) == [], (path, language)


def test_what_the_policy_asks_for_after_a_removal_ends_with_its_button(wild):
    context = open_context()
    bring_session(context, wild.browser)
    page = context.new_page()
    page.goto(f"/inbox/{wild.ids['removed']}")
    expect(page.get_by_role("heading", name="After deleting the comment")).to_be_visible()
    if (other := page.get_by_text("I told them another way")).count():
        other.click()
    assert wrong_with(page) == []
    page.get_by_role("button", name="I’ve done this").click()

    expect(page.get_by_text("Saved. The policy asks for nothing more.")).to_be_visible()
    expect(page.get_by_role("heading", name="After deleting the comment")).to_have_count(0)
    assert wrong_with(page) == []


def test_an_answer_is_sent_with_scripts_and_without(wild):
    browser, ids = wild.browser, wild.ids
    context = open_context()
    bring_session(context, browser)
    page = context.new_page()
    page.goto(f"/inbox/{ids['open']}")
    page.fill("#id_text", "Their PE kit.")
    page.get_by_role("group", name="Is it from the press?").get_by_label("No").check()
    page.get_by_role("button", name="Send reply").click()

    page.get_by_text("Your reply is being sent.").wait_for()


@pytest.fixture
def noticed(wild):
    """A visitor's comment on the noticeboard that waits to be read: its id, and the address of its post."""
    with scope(wild.federation.pk):
        account = account_on("noticeboard", wild.school, NOW)
    network = client_for(account)
    receipt = network.publish(a_post("Open day on Friday at ten."))
    with scope(wild.federation.pk):
        leave_comment(post=NoticeboardPost.objects.get(), name="A parent", text="Is there parking?", at=NOW)
    with scope(wild.federation.pk):
        ingest(at=NOW, account=account, items=network.replies(receipt.ref), root=receipt.ref)
        return Item.objects.get(account=account).pk, receipt.ref.address


def test_a_reply_to_a_comment_that_waits_says_that_no_one_sees_it_until_both_are_shown(wild, noticed):
    item, public = noticed
    context = open_context()
    bring_session(context, wild.browser)
    page = context.new_page()

    def write(words, button):
        page.goto(f"/inbox/{item}")
        page.locator("#write > summary").click()
        page.fill("#id_text", words)
        page.get_by_role("group", name="Is it from the press?").get_by_label("No").check()
        page.get_by_role("button", name=button, exact=True).click()

    def arrive():
        with scope(wild.federation.pk):
            waiting = list(Answer.objects.filter(item=item, state="written").values_list("pk", flat=True))
            shown = list(Moderation.objects.filter(item=item, state="written").values_list("pk", flat=True))
        for pk in waiting:
            replying.advance(wild.federation.pk, pk, clock=lambda: datetime.now(UTC))
        for pk in shown:
            moderating.advance(wild.federation.pk, pk, clock=lambda: datetime.now(UTC))

    write("Yes, behind the hall.", "Send reply")
    page.get_by_text("Your reply is being sent.").wait_for()
    arrive()
    page.goto(f"/inbox/{item}")
    expect(page.get_by_text("Not visible")).to_be_visible()
    expect(page.get_by_text("The comment hasn’t been shown yet.").first).to_be_visible()
    assert wrong_with(page) == []
    page.locator("#write > summary").click()
    assert wrong_with(page) == []
    page.goto(f"{public}")
    expect(page.get_by_text("Yes, behind the hall.")).to_have_count(0)

    write("And by the church.", "Send and show both")
    page.get_by_text("The comment is being shown and your reply sent.").wait_for()
    arrive()
    page.goto(f"/inbox/{item}")
    expect(page.get_by_text("Not visible")).to_have_count(0)
    expect(page.get_by_text("It’s live, exactly as written.")).to_have_count(2)
    assert wrong_with(page) == []
    page.goto(f"{public}")
    for words in ("Is there parking?", "Yes, behind the hall.", "And by the church."):
        expect(page.get_by_text(words)).to_be_visible()


def test_a_comment_on_the_noticeboard_is_let_through_and_taken_back(wild, noticed):
    item, public = noticed
    context = open_context()
    bring_session(context, wild.browser)
    page = context.new_page()
    page.goto(f"/inbox/{item}")
    expect(page.get_by_text("No one else can read this until you show it.")).to_be_visible()

    page.get_by_role("button", name="Show comment").click()
    page.get_by_text("Everyone can read it now.").wait_for()
    page.goto(f"{public}")
    expect(page.get_by_text("Is there parking?")).to_be_visible()

    page.goto(f"/inbox/{item}")
    page.locator("#more > summary").click()
    page.get_by_text("Hide or delete").click()
    page.get_by_role("button", name="Hide comment").click()
    page.get_by_role("link", name="Choose a reason for hiding or deleting it.").wait_for()
    page.locator("#sight").get_by_label("It gives details about someone").check()
    page.get_by_role("button", name="Hide comment").click()
    page.get_by_text("No one else can read it now. Your reason has been recorded.").wait_for()
    page.goto(f"{public}")
    expect(page.get_by_text("Is there parking?")).to_have_count(0)
