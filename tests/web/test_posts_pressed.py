"""Writing, approving and doing by hand, without scripts; every page of posts is sound in both languages."""

from datetime import timedelta

from schoolgate.core.tenancy import scope
from schoolgate.media.models import Picture
from schoolgate.publishing import queries
from schoolgate.publishing.by_hand import done_by_hand
from schoolgate.publishing.models import Delivery
from schoolgate.publishing.taking_down import take_down
from tests.web.posts_cast import NOW, TEXT, Stage, jpeg, view
from tests.web.scriptless import Page, bring_session, expect, open_context, wrong_with


def open_as(stage: Stage, who: str) -> Page:
    """A tab of that person's browser."""
    context = open_context()
    bring_session(context, stage.browser(who))
    return context.new_page()


def everywhere(stage: Stage) -> list[tuple[str, str]]:
    """Each page of posts in a state that shows all its parts, and who looks at it."""
    people = [{"relation": "pupil", "shown": True}]
    picture = stage.picture(shows_people=True, shows_pupils=True, alt="Two children beside a goal.")
    drafted = stage.draft("Goal!", "bluesky", "facebook", pictures=[picture], people=people)
    waiting = stage.submitted("A post that waits.", "bluesky", "facebook")
    stage.approved("For later.", planned_at=NOW + timedelta(days=2))
    empty = stage.picture(content=view(1))
    sent = stage.started("Everywhere.", "bluesky", "facebook", "noticeboard", pictures=[empty])
    by_hand = next(each for each in sent if each.by_hand)
    asked = stage.started("Not confirmed.")[0]
    gone = stage.started("To take down.", "facebook")[0]
    with scope(stage.federation.pk):
        address = "https://www.facebook.com/wildground/posts/1"
        done_by_hand(by=stage.people["amina"], at=NOW, delivery=gone, address=address)
        take_down(by=stage.people["ben"], at=NOW, post=queries.post(gone.post_id), reason="mistake")
        removal = Delivery.objects.get(of=gone)
        Delivery.objects.filter(pk=asked.pk).update(state="asked", because="timed_out")
    return [
        ("/posts", "amina"),
        (f"/posts/new/{stage.school.pk}", "amina"),
        (f"/posts/{drafted.pk}/edit", "amina"),
        (f"/posts/{drafted.pk}", "ben"),
        (f"/posts/{drafted.pk}?act=consent-list", "ben"),
        (f"/posts/{waiting.pk}", "ben"),
        (f"/posts/{waiting.pk}?act=send-back", "ben"),
        (f"/posts/{sent[0].post_id}", "amina"),
        (f"/posts/{sent[0].post_id}?act=take-down", "ben"),
        ("/posts?show=by-hand", "amina"),
        (f"/deliveries/{by_hand.pk}", "amina"),
        (f"/deliveries/{asked.pk}", "amina"),
        (f"/deliveries/{removal.pk}", "ben"),
        ("/stop", "ben"),
        ("/stop?older=2099-01-01T00:00:00%2B00:00_1", "ben"),
        ("/posts?show=published", "ben"),
    ]


def test_every_page_is_readable_by_everybody(stage):
    tabs = {who: open_as(stage, who) for who in ("amina", "ben")}
    for address, who in everywhere(stage):
        tab = tabs[who]
        for language in ("en", "cy"):
            tab.context.add_cookies([{"name": "django_language", "value": language}])
            answer = tab.goto(address)
            assert (address, answer.status) == (address, 200)
            assert wrong_with(tab, language) == [], (address, language)


def test_without_scripts_the_same_post_is_written_handed_in_and_approved(stage):
    amina = open_as(stage, "amina")
    amina.goto(f"/posts/new/{stage.school.pk}")
    amina.get_by_label("Text", exact=True).fill(TEXT)
    amina.get_by_role("checkbox", name="Juniors on Bluesky").check()
    amina.get_by_role("button", name="Send for approval").click()
    amina.get_by_label("I confirm these 3 statements").check()
    amina.get_by_role("button", name="Send for approval").click()
    expect(amina.get_by_text("Needs approval", exact=True).first).to_be_visible()

    ben = open_as(stage, "ben")
    ben.goto(amina.url)
    ben.get_by_role("button", name="Approve").click()

    expect(ben.get_by_text("Approved. It will be posted within a minute or two.")).to_be_visible()


def test_without_scripts_the_text_can_be_selected_instead(stage):
    delivery = stage.started(TEXT, "facebook")[0]
    tab = open_as(stage, "amina")
    tab.goto(f"/deliveries/{delivery.pk}")
    expect(tab.locator("#copy_text")).to_have_value(TEXT)
    expect(tab.get_by_role("button", name="Copy the text")).not_to_be_visible()


def test_without_scripts_a_picture_goes_as_it_is(stage):
    tab = open_as(stage, "amina")
    tab.goto(f"/posts/new/{stage.school.pk}")
    tab.locator("#id_text").fill("Our field.")
    tab.locator("#id_pictures").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg(2400, 1800)}
    )
    tab.get_by_role("button", name="Save draft").click()
    expect(tab.get_by_text("Our field.").first).to_be_visible()
    with scope(stage.federation.pk):
        picture = Picture.objects.get()
    assert (picture.width, picture.height) == (2400, 1800)
