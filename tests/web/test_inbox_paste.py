"""Copying comments in: with a photograph, and several at once."""

from datetime import datetime, time, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from schoolgate.core.calendars import bank_holidays
from schoolgate.core.clock import LONDON, local_day
from schoolgate.core.tenancy import scope
from schoolgate.inbox import pasting
from schoolgate.inbox.models import Item, ItemPhoto, PhotoWords
from schoolgate.inbox.moderating import moderate, moderation_done_by_hand
from schoolgate.inbox.pasting import read_photo_words, words_of_photo
from schoolgate.jobs.hourly import uploads
from tests.cast import someone
from tests.media.test_words import badge
from tests.web.inboxes import NOW, came_in, fresh, seen, wild
from tests.web.posts_cast import jpeg

__all__ = ["came_in", "fresh", "wild"]
PASTE, SEVERAL = reverse("inbox-paste"), reverse("inbox-paste-several")
TUESDAY, SATURDAY, SUNDAY = 1, 5, 6


def last(weekday):
    """Noon in London on the last such day before today: no change of the clock makes that hour doubtful."""
    ago = (local_day(NOW).weekday() - weekday - 1) % 7 + 1
    return datetime.combine(local_day(NOW) - timedelta(days=ago), time(12), LONDON)


SHOWN = last((local_day(NOW).weekday() - 1) % 7)
"""Yesterday at noon, the time that is typed where the day does not matter."""


def typed(wild, **more):
    day = {"day": f"{SHOWN:%Y-%m-%d}", "time": f"{SHOWN:%H:%M}"}
    given = {"account": wild.facebook.pk, "text": "What a mess.", "kind": "comment", "readers": "everyone"}
    return {**given, **day, **more}


def items(wild):
    with scope(wild.federation.pk):
        return list(Item.objects.order_by("pk"))


def test_a_photograph_is_kept_with_the_comment_and_shown_to_those_who_read_it(home, wild):
    upload = SimpleUploadedFile("shot.exe", jpeg(), "text/plain")
    answer = wild.ben.post(PASTE, typed(wild, picture=upload))
    (item,) = items(wild)
    assert answer["Location"] == reverse("item", args=[item.pk])
    with scope(wild.federation.pk):
        photo = ItemPhoto.objects.get()
    address = reverse("item-photo", args=[item.pk, photo.pk])
    assert address in seen(wild.ben.get(answer["Location"]))
    shown = wild.ben.get(address)
    assert (shown.status_code, shown["Content-Type"], shown["Cache-Control"]) == (
        200,
        "image/jpeg",
        "private, no-store",
    )
    assert wild.amina.get(address).status_code in (403, 404)
    assert wild.ben.get(reverse("item-photo", args=[item.pk, photo.pk + 1])).status_code == 404


def test_what_is_no_picture_is_refused_and_a_photograph_is_not_lost_where_something_else_is_wrong(
    home, wild, sign_in
):
    no_picture = SimpleUploadedFile("shot.jpg", b"%PDF-1.4 not a picture", "image/jpeg")
    answer = wild.ben.post(PASTE, typed(wild, picture=no_picture))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["picture"])
    assert items(wild) == []

    upload = SimpleUploadedFile("shot.jpg", jpeg(), "image/jpeg")
    answer = wild.ben.post(PASTE, typed(wild, day="", picture=upload))
    kept = answer.context["kept_photo"]
    assert (answer.status_code, bool(kept)) == (422, True)
    with scope(wild.federation.pk):
        nia = someone("Nia Rees", "lead-staff-member")
    assert sign_in(nia).post(PASTE, typed(wild, kept_photo=kept)).status_code == 302  # without it: not hers
    wild.ben.post(PASTE, typed(wild, text="Now it says something.", kept_photo=kept))
    with scope(wild.federation.pk):
        assert list(ItemPhoto.objects.values_list("item__pasted_by__name", flat=True)) == ["Ben Carter"]


def photographed(wild, *lines):
    """Send a photograph of these words and nothing typed; returns the page and the photograph it keeps."""
    upload = SimpleUploadedFile("shot.jpg", badge(*lines), "image/jpeg")
    answer = wild.ben.post(PASTE, typed(wild, text="", picture=upload))
    return answer, answer.context["kept_photo"]


def worker_reads(wild):
    with scope(wild.federation.pk):
        row = PhotoWords.objects.get()
    return read_photo_words(wild.federation.pk, row.by_id, row.digest, clock=lambda: NOW)


def test_the_words_of_a_photograph_are_read_checked_by_its_person_and_then_forgotten(
    home, wild, reads_words, monkeypatch
):
    monkeypatch.setattr(pasting, "words_in_file", lambda *_file, **_more: ["Can grandparents come?"])
    answer, kept = photographed(wild, "Can grandparents come?")
    assert "Reading the words in your photo" in seen(answer)
    assert items(wild) == []
    assert worker_reads(wild)
    with scope(wild.federation.pk):
        nia = someone("Nia Rees", "lead-staff-member")
        assert words_of_photo(nia, PhotoWords.objects.get().digest) is None
    again = wild.ben.post(PASTE, typed(wild, text="", kept_photo=kept, author="A grandparent"))
    html = seen(again)
    assert ("Read from your photo" in html, "Can grandparents come?" in html) == (True, True)
    assert ("A grandparent" in html, items(wild)) == (True, [])
    wild.ben.post(PASTE, typed(wild, text="Can grandparents come?", kept_photo=again.context["kept_photo"]))
    with scope(wild.federation.pk):
        assert ItemPhoto.objects.get().item.versions.get().text == "Can grandparents come?"
        assert not PhotoWords.objects.exists()


def test_a_photograph_without_words_says_so(home, wild, reads_words, monkeypatch):
    monkeypatch.setattr(pasting, "words_in_file", lambda *_file, **_more: [])
    _answer, kept = photographed(wild)
    assert not worker_reads(wild)
    assert "No words could be read" in seen(wild.ben.post(PASTE, typed(wild, text="", kept_photo=kept)))


def test_where_nothing_reads_the_person_types(home, wild):
    answer, _kept = photographed(wild, "Can grandparents come?")
    assert "No words could be read" in seen(answer)
    with scope(wild.federation.pk):
        assert not PhotoWords.objects.exists()


def test_words_of_a_photograph_that_was_never_saved_go_after_a_day(home, wild, reads_words):
    photographed(wild, "Can grandparents come?")
    with scope(wild.federation.pk):
        PhotoWords.objects.update(asked_at=NOW)
    for later, left in ((timedelta(days=1), 1), (timedelta(days=1, seconds=1), 0)):
        uploads(NOW + later)
        with scope(wild.federation.pk):
            assert PhotoWords.objects.count() == left, later


def test_several_are_looked_at_with_their_times_before_anything_is_kept(wild):
    given = {
        "account": wild.facebook.pk,
        "readers": "everyone",
        "0-text": "What a mess.",
        "0-author": "A Parent",
        "0-seen": "2 h",
        "1-text": "Well done!",
        "1-seen": "3 d",
        "2-text": "When is it?",
        "2-seen": "some day",
        "do": "look",
    }
    answer = wild.ben.post(SEVERAL, given)
    page = seen(answer)
    sentences = (
        "The network rounds this time.",
        "The network only shows the day. Enter the time as closely as you can.",
        "We couldn’t read this time. Enter the day and time.",
    )
    assert [each for each in sentences if each not in page] == []
    assert items(wild) == []
    first, second, third = (row.form.initial for row in answer.context["rows"])
    assert (first["time"] is None, second["time"], third["day"]) == (False, None, None)


def chosen(number, text, *, at=SHOWN, **more):
    prefix = f"{number}-"
    day = {"day": f"{at:%Y-%m-%d}", "time": f"{at:%H:%M}"}
    given = {
        "text": text,
        "author": "A Parent",
        "seen": "2 h",
        "kind": "comment",
        "keep": "on",
        **day,
        **more,
    }
    return {f"{prefix}{name}": value for name, value in given.items() if value is not None}


def test_those_that_are_ticked_are_kept_each_with_its_time(wild):
    """What came at a weekend is due on the next working day."""
    given = {"account": wild.facebook.pk, "readers": "everyone", "do": "keep"}
    given |= chosen(0, "What a mess.", at=last(TUESDAY)) | chosen(1, "Left out", keep=None, time="")
    given |= chosen(2, "What now?", at=last(SATURDAY)) | chosen(3, "And then?", at=last(SUNDAY))
    assert wild.ben.post(SEVERAL, given)["Location"] == reverse("inbox")
    item, *at_weekend = items(wild)
    assert item.received_at == last(TUESDAY)
    assert (item.due_at, item.due_day) == (item.received_at + timedelta(hours=24), None)
    for weekday, item in zip((SATURDAY, SUNDAY), at_weekend, strict=True):
        after = [last(weekday).date() + timedelta(days=number) for number in range(1, 8)]
        off = bank_holidays("england", after[0], after[-1])
        working = next(day for day in after if day.weekday() < SATURDAY and day not in off)  # Monday, mostly
        assert (item.received_at, item.due_at, item.due_day) == (last(weekday), None, working)


def test_what_is_copied_in_is_private_unless_the_person_says_that_everyone_can_read_it(wild):
    for number, readers in enumerate(("everyone", "us")):
        wild.ben.post(PASTE, typed(wild, text=f"First {number}.", readers=readers))
        given = {"account": wild.facebook.pk, "readers": readers, "do": "keep"}
        wild.ben.post(SEVERAL, given | chosen(0, f"Another {number}."))
    assert [each.private for each in items(wild)] == [False, False, True, True]


def test_who_can_read_it_its_time_and_its_words_have_to_be_said_by_who_answers_here(wild):
    answer = wild.ben.post(PASTE, typed(wild, readers=""))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["readers"])
    answer = wild.ben.post(SEVERAL, {"account": wild.facebook.pk, "do": "keep"} | chosen(0, "Another."))
    assert (answer.status_code, list(answer.context["place"].errors)) == (422, ["readers"])
    given = {"account": wild.facebook.pk, "readers": "everyone", "do": "keep"}
    assert wild.ben.post(SEVERAL, given | chosen(0, "What a mess.", time="")).status_code == 422
    seen(wild.ben.post(SEVERAL, {"account": wild.facebook.pk, "do": "look"}), 422)
    assert items(wild) == []
    assert [wild.amina.get(each).status_code for each in (PASTE, SEVERAL)] == [403, 403]


def test_the_same_comment_is_recognised_though_the_network_shows_another_time(wild):
    wild.ben.post(
        SEVERAL,
        {"account": wild.facebook.pk, "readers": "everyone", "do": "keep"} | chosen(0, "What a mess."),
    )
    (item,) = items(wild)
    given = {"account": wild.facebook.pk, "readers": "everyone"}
    given |= {"0-text": "What a  mess.", "0-author": "A Parent", "0-seen": "3 h"}
    answer = wild.ben.post(SEVERAL, given)
    page = seen(answer)
    assert "This looks like one you’ve already saved" in page
    assert (answer.context["rows"][0].same, answer.context["rows"][0].form.initial["keep"]) == (item, False)


def test_a_removal_by_hand_is_looked_at_by_another(wild, came_in, fresh):
    for gone, kept_back in (("yes", "removed"), ("no", "")):
        item = came_in(account=wild.facebook, key=gone)
        with scope(wild.federation.pk):
            Item.objects.filter(pk=item.pk).update(pasted_by=wild.people.ben)
            row = moderate(by=wild.people.ben, at=NOW, item=item, how="removed", because="improper")
            moderation_done_by_hand(by=wild.people.ben, at=NOW, moderation=row)
        address = reverse("item-gone", args=[item.pk])
        assert wild.ben.post(address, {"gone": gone}).status_code == 403
        assert address in seen(wild.sam.get(reverse("item", args=[item.pk])))
        assert wild.sam.post(address, {"gone": gone}).status_code == 302
        assert fresh(item).kept_back == kept_back, gone
