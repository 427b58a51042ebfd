"""An email that staff forwarded comes into the inbox of its account, or says why not."""

import argparse
import io
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.accounts.models import Account, AccountState
from schoolgate.cli import mail
from schoolgate.core.clock import now
from schoolgate.core.env import env
from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.core.tenancy import scope
from schoolgate.inbox.forwarding import end_address, make_address, named_in, written
from schoolgate.inbox.models import Item, ItemNote, ItemPhoto, MailAddress
from schoolgate.inbox.replying import write_answer
from schoolgate.incidents.models import Report
from schoolgate.listening.models import Find
from schoolgate.listening.watching import Wanted, start_watch
from tests.conftest import recorded
from tests.stories import rolled_back
from tests.web.inboxes import came_in, fresh, seen, wild
from tests.web.posts_cast import jpeg
from tests.web.there import There

__all__ = ["came_in", "fresh", "wild"]
MAILBOX = "inbox@social.example.sch.uk"
FORWARD = """
________________________________
From: Jane Doe <jane@example.com>
Sent: 20 November 2026 09:05
To: Office <office@school.example>
Subject: Trip

{text}"""


@pytest.fixture
def mailbox(monkeypatch):
    """This installation receives email."""
    monkeypatch.setenv("SCHOOLGATE_MAIL_IN", MAILBOX)
    env.cache_clear()
    yield
    monkeypatch.undo()
    env.cache_clear()


@pytest.fixture
def box(home, mailbox, wild, monkeypatch, capsys):
    """`box.pipe("text", ...)`: the status and the words of the command."""
    with scope(wild.federation.pk):
        row = make_address(by=wild.people.ben, at=now(), account=wild.facebook)
        address = written(row)

    def pipe(
        text="When is the trip?",
        *,
        sender=wild.people.ben,
        to=address,
        raw=None,
        args=(),
        picture=None,
        subject="",
    ):
        message = EmailMessage()
        message["From"] = getattr(sender, "email", sender)
        message["To"], message["Date"] = to, "Sat, 21 Nov 2026 10:00:00 +0000"
        if subject:
            message["Subject"] = subject
        message.set_content(FORWARD.format(text=text))
        if picture:
            message.add_attachment(picture, maintype="image", subtype="jpeg", filename="shot.jpg")
        monkeypatch.setattr(
            "sys.stdin", SimpleNamespace(buffer=io.BytesIO(bytes(message) if raw is None else raw))
        )
        parser = argparse.ArgumentParser()
        mail.mail_in_arguments(parser)
        status = mail.run_mail_in(parser.parse_args(list(args)))
        said = capsys.readouterr()
        return status, said.out + said.err

    def items():
        with scope(wild.federation.pk):
            return list(Item.objects.order_by("pk"))

    return There(pipe=pipe, items=items, address=address, **vars(wild))


def test_a_forwarded_comment_comes_into_the_inbox_of_its_account_with_the_policys_deadline(box):
    status, said = box.pipe()
    (item,) = box.items()
    assert (status, said) == (0, f"schoolgate mail-in: item {item.pk} added\n")
    assert (item.account_id, item.author_handle) == (box.facebook.pk, "Jane Doe")
    assert (item.private, item.kind) == (True, "query")
    assert item.pasted_by_id == box.people.ben.pk
    assert item.decision is not None
    with scope(box.federation.pk):
        assert "mail.filed" in {row.event for row in recorded()}


def test_who_reads_a_comment_is_told_that_some_letters_may_be_wrong(box):
    ben = box.ben
    for charset, told in (("klingon", True), ("windows-1252", False)):
        with rolled_back():
            head = f"From: {box.people.ben.email}\nTo: {box.address}\n"
            raw = f"{head}Content-Type: text/plain; charset={charset}\n\n".encode() + b"The Caf\xe9 was shut."
            assert box.pipe(raw=raw)[0] == 0
            (item,) = box.items()
            assert item.letters_unsure is told, charset
            page = seen(ben.get(reverse("item", args=[item.pk])))
            assert "The Café was shut." in page
            assert ("Some letters may be wrong" in page) is told, charset


def test_a_comment_whose_day_is_not_known_says_so_and_its_deadline_counts_from_receipt(box):
    ben = box.ben
    for sent, told in (("04/05/2026 09:05", True), ("20 November 2026 09:05", False)):
        with rolled_back():
            text = f"From: Jane Doe <jane@example.com>\nSent: {sent}\nSubject: Trip\n\nWhen is the trip?"
            raw = f"From: {box.people.ben.email}\nTo: {box.address}\n\n{text}".encode()
            assert box.pipe(raw=raw)[0] == 0
            (item,) = box.items()
            assert (item.time_unsure, item.received_at == item.first_seen_at) == (told, told), sent
            page = seen(ben.get(reverse("item", args=[item.pk])))
            assert ("Date not known" in page) is told, sent


def test_the_same_comment_forwarded_again_or_by_a_colleague_is_added_once(box):
    box.pipe()
    assert box.pipe()[0] == 0
    status, said = box.pipe(sender=box.people.sam)
    assert status in (0, 77)
    assert len(box.items()) == 1
    assert "jane" not in said.lower()


def test_the_address_can_come_from_the_mail_server(box):
    assert box.pipe(to="undisclosed@example.org", args=[box.address])[0] == 0
    assert len(box.items()) == 1


def test_capital_letters_of_address_and_sender_do_not_matter(box):
    status, _said = box.pipe(to=box.address.upper(), sender=box.people.ben.email.upper())
    assert (status, len(box.items())) == (0, 1)


def test_a_picture_comes_along_and_small_ones_of_signatures_stay_out(box):
    assert box.pipe(picture=jpeg(300, 300))[0] == 0
    with scope(box.federation.pk):
        assert ItemPhoto.objects.count() == 1
    box.pipe("Another one", picture=jpeg(100, 300))
    box.pipe("A third", picture=b"no picture")
    with scope(box.federation.pk):
        assert (ItemPhoto.objects.count(), Item.objects.count()) == (1, 3)


def test_a_stranger_and_a_colleague_who_does_not_reply_there_are_refused(box):
    strangers = ("stranger@example.com", box.people.amina, "")
    for sender in strangers:
        status, said = box.pipe(sender=sender)
        assert (status, box.items()) == (77, []), sender
        assert "staff who reply on this account" in said
    with scope(box.federation.pk):
        assert [row.event for row in recorded()].count("mail.refused") == len(strangers)


def test_an_unknown_an_ended_and_a_closed_accounts_address_are_refused(box):
    other = box.address.replace(".", ".2", 1)[: len(box.address)]
    for to in (
        "inbox@social.example.sch.uk",
        other,
        "x@y.example",
        f"inbox+999999.{'a' * 16}@social.example.sch.uk",
    ):
        assert box.pipe(to=to)[0] == 67
    closed = {"state": AccountState.CLOSED, "closed_at": now()}
    with scope(box.federation.pk):
        Account.objects.filter(pk=box.facebook.pk).update(**closed)
    assert box.pipe()[0] == 67
    with scope(box.federation.pk):
        Account.objects.filter(pk=box.facebook.pk).update(state=AccountState.OPEN, closed_at=None)
        end_address(by=box.people.ben, at=now(), account=box.facebook)
    assert box.pipe()[0] == 67
    assert box.items() == []


def test_a_replaced_address_is_refused_and_the_new_one_works(box):
    with scope(box.federation.pk):
        new = written(make_address(by=box.people.ben, at=now(), account=box.facebook))
    assert new != box.address
    assert box.pipe()[0] == 67
    assert box.pipe(to=new)[0] == 0


def test_an_address_of_another_federation_leads_nowhere_with_this_ones_code(box, make_federation):
    other = make_federation("other")
    to = box.address.replace(f"+{box.federation.pk}.", f"+{other.pk}.")
    assert box.pipe(to=to)[0] == 67


def test_what_is_no_email_is_refused_with_its_status(box):
    for raw in (b"", b"\x00", b"From: x\n" + b"X: y\n" * 60_000):
        status, said = box.pipe(raw=raw)
        assert (status, box.items()) == (65, []), raw[:9]
        assert said.startswith("schoolgate mail-in: This email")


def test_the_rest_of_an_email_is_read_only_for_the_staff_of_the_account_that_it_was_sent_to(box):
    ours = box.people.ben.email

    def answered(sender, to):
        return box.pipe(raw=f"From: {sender}\nTo: {to}\n\n".encode() + b"\n" * 600_000)[0]

    assert answered(ours, box.address) == 65
    assert answered(ours, "inbox+9.x@elsewhere.example") == 67
    assert answered("stranger@elsewhere.example", box.address) == 77
    assert box.items() == []


def test_an_email_without_words_is_refused_and_says_what_to_do(box):
    head = f"From: {box.people.ben.email}\nTo: {box.address}\n"
    raw = head + FORWARD.replace("Subject: Trip\n", "").format(text="")
    status, said = box.pipe(raw=raw.encode())
    assert (status, box.items()) == (65, [])
    assert "Add the comment’s words" in said


def test_without_a_mailbox_nothing_comes_in_and_no_address_is_made(home, wild, capsys):
    assert mail.run_mail_in(argparse.Namespace(address=[])) == 78
    with scope(wild.federation.pk), pytest.raises(NotNow):
        make_address(by=wild.people.ben, at=now(), account=wild.facebook)


def test_a_restored_installation_asks_the_mail_server_to_try_again(box, monkeypatch):
    monkeypatch.setattr(mail, "awaiting_release", lambda: "a restore")
    assert box.pipe()[0] == 75
    assert box.items() == []


def test_who_does_not_reply_there_makes_and_ends_no_address(box):
    with scope(box.federation.pk):
        for act in (make_address, end_address):
            with pytest.raises(NotAllowed):
                act(by=box.people.amina, at=now(), account=box.facebook)
        end_address(by=box.people.ben, at=now(), account=box.facebook)
        with pytest.raises(NotNow):
            end_address(by=box.people.ben, at=now(), account=box.facebook)
        assert MailAddress.objects.get().ended_at is not None


def test_an_address_names_its_federation_and_code_alone(mailbox):
    host = MAILBOX.partition("@")[2]
    assert named_in([f"inbox+7.abcdefghjkmnpqrs@{host}"]) is not None
    for local in ("inbox+7.abcdefghjkmnpqr", "inbox+0.abcdefghjkmnpqrs", "other+7.abcdefghjkmnpqrs"):
        assert named_in([f"{local}@{host}"]) is None
    assert named_in(["inbox+7.abcdefghjkmnpqrs@example.org"]) is None


# --- The card on the account's page ------------------------------------------------------------------------


def test_the_accounts_page_shows_its_address_to_those_who_reply_there(box):
    page = reverse("account", args=[box.facebook.pk])
    assert box.address in seen(box.ben.get(page))
    assert box.address not in seen(box.amina.get(page))
    html = seen(box.ben.post(reverse("mail-address", args=[box.facebook.pk]), follow=True))
    assert box.address not in html
    assert "Replace address" in html
    html = seen(box.ben.post(reverse("mail-address-end", args=[box.facebook.pk]), follow=True))
    assert "Create address" in html
    assert box.ben.post(reverse("mail-address-end", args=[box.facebook.pk])).status_code == 409
    assert box.amina.post(reverse("mail-address", args=[box.facebook.pk])).status_code == 403
    assert box.ben.post(reverse("mail-address", args=[987654])).status_code == 404


def test_where_no_email_comes_in_no_page_speaks_of_it(wild):
    assert "Forward comments by email" not in seen(wild.ben.get(reverse("account", args=[wild.facebook.pk])))


def test_a_reply_to_what_was_forwarded_is_sent_by_hand_even_where_a_program_replies(box):
    with scope(box.federation.pk):
        address = written(make_address(by=box.people.ben, at=now(), account=box.bluesky))
    box.pipe(to=address)
    (item,) = box.items()
    with scope(box.federation.pk):
        item = Item.objects.select_related("account__school", "school").get(pk=item.pk)
        answer = write_answer(
            by=box.people.ben, at=now(), item=item, text="On Friday.", version=item.version,
            said={"in_doubt": False, "commits": False, "from_press": False, "to_relation": "parent"},
        )  # fmt: skip
    assert answer.by_hand


ALERT = """
North Primary School wins an award
The Gazette
https://gazette.example/oakwood-award
"""


@pytest.fixture
def watch(box):
    """Ben's watch for the school's name."""
    with scope(box.federation.pk):
        wanted = Wanted(
            name="North in public", phrases=["North Primary School"], school=box.school,
            purpose="To answer what people ask in public.", until=(now() + timedelta(days=90)).date(),
            feeds=["https://gazette.example/feed.xml"],
        )  # fmt: skip
        return start_watch(by=box.people.ben, at=now(), wanted=wanted)


def test_an_alert_goes_to_the_watch_whose_words_are_in_it_and_not_into_the_inbox(box, watch):
    subject, *others = ("Google Alert - Oakwood", "Fwd: FW: Google alert – Oakwood", "Alert: us")
    status, said = box.pipe(ALERT, subject=subject)
    assert (status, said) == (0, f"schoolgate mail-in: 1 new in watch {watch.pk}\n")
    assert box.items() == []
    with scope(box.federation.pk):
        (find,) = Find.objects.all()
    assert find.address == "https://gazette.example/oakwood-award"
    for each in (subject, *others):
        assert box.pipe(ALERT, subject=each)[1] == f"schoolgate mail-in: 0 new in watch {watch.pk}\n", each


def test_a_comment_about_alerts_is_no_alert(box, watch):
    assert box.pipe(subject="The alert system")[0] == 0
    assert len(box.items()) == 1


def test_an_alert_without_a_watch_is_refused_with_where_to_paste_it(box):
    status, said = box.pipe(ALERT, subject="Google Alert - Oakwood")
    assert (status, box.items()) == (65, [])
    assert "under Inbox and Listening" in said
    with scope(box.federation.pk):
        assert [row.event for row in recorded()].count("mail.refused") == 1


def test_of_two_watches_an_alert_goes_to_the_one_it_names(box, watch):
    with scope(box.federation.pk):
        other = start_watch(
            by=box.people.ben, at=now(),
            wanted=replace(as_wanted(watch), name="Governors in public", phrases=["North school governors"]),
        )  # fmt: skip
    told = box.pipe("North  SCHOOL governors resign\nhttps://a.example/governors", subject="Alert")[1]
    assert told == f"schoolgate mail-in: 1 new in watch {other.pk}\n"
    assert box.pipe("No name\nhttps://a.example/other", subject="Alert")[0] == 65


def as_wanted(watch):
    """A watch as a person asked for it."""
    return Wanted(
        name=watch.name, phrases=watch.phrases, school=watch.school, purpose=watch.purpose,
        until=watch.until, feeds=["https://gazette.example/feed.xml"],
    )  # fmt: skip


TELLS = "My uncle touches me"


def _words(box):
    with scope(box.federation.pk):
        return Item.every.order_by("-pk").first().versions.get().text


def _waits(box):
    with scope(box.federation.pk):
        return Item.every.order_by("-pk").first().waits_for_lead_since is not None


def test_the_subject_of_a_forwarded_email_is_read_and_shown_with_its_words(box):
    box.pipe("See attached.")
    assert (_words(box), _waits(box)) == ("Trip\n\nSee attached.", False)
    for subject, picture, words in (
        (f"Fwd: {TELLS}", "", f"{TELLS}\n\nSee attached."),
        (f"Fwd: Question: {TELLS}", "", f"{TELLS}\n\nSee attached."),
        ("Fwd: Trip", "my-uncle-touches-me.jpg", "Trip\n\nmy uncle touches me\n\nSee attached."),
    ):
        with rolled_back():
            raw = EmailMessage()
            raw["From"], raw["To"], raw["Subject"] = box.people.ben.email, box.address, subject
            text = FORWARD.replace("Trip", subject.removeprefix("Fwd: ")).format(text="See attached.")
            raw.set_content(text)
            if picture:
                raw.add_attachment(jpeg(), maintype="image", subtype="jpeg", filename=picture)
            assert box.pipe(raw=bytes(raw))[0] == 0
            assert (_words(box), _waits(box)) == (words, True), subject


def test_an_email_whose_words_are_all_in_its_subject_is_no_empty_one(box):
    raw = f"From: {box.people.ben.email}\nTo: {box.address}\nSubject: {TELLS}\n\n"
    assert box.pipe(raw=raw.encode())[0] == 0
    assert (_words(box), _waits(box)) == (TELLS, True)


def test_what_staff_write_above_a_forwarded_email_is_read_and_kept_only_where_a_lead_should_read_it(box):
    told = "This is the girl who told me on Thursday that her uncle rapes her."
    for above, kept in (("For the inbox. Thanks, Ben", False), (told, True)):
        with rolled_back():
            raw = f"From: {box.people.ben.email}\nTo: {box.address}\nSubject: Fwd: Trip\n\n{above}\n"
            raw += FORWARD.format(text="When is it?")
            for _twice in range(2):
                assert box.pipe(raw=raw.encode())[0] == 0
            with scope(box.federation.pk):
                notes = [note.text for note in ItemNote.objects.all()]
                assert notes == ([above] if kept else [])
                assert Report.objects.filter(thing__startswith="inbox.itemnote:").exists() is kept
