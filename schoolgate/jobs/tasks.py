"""The tasks: each sets the scope and calls what does the work. Its name is given, so that a job that waits is
found wherever its function stands.

What speaks to a network is a job for each account or page, so that a slow network doesn't hold up the others.
New messages go out at once; the sweep of each minute finds what got lost on the way.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from procrastinate.contrib.django import app

from schoolgate.accounts import archiving, connecting
from schoolgate.core import events, work
from schoolgate.core.clock import now
from schoolgate.core.errors import NotNow
from schoolgate.core.tenancy import scope
from schoolgate.inbox import blocking, ingesting, moderating, replying, taking_off
from schoolgate.inbox.pasting import READ_PHOTO_WORDS, read_photo_words
from schoolgate.inbox.taking_off import ADVANCE
from schoolgate.incidents import capturing
from schoolgate.jobs import beating
from schoolgate.listening.watching import read_source
from schoolgate.media.words import READ_WORDS, read_waiting
from schoolgate.notices import sign_in
from schoolgate.notices.actions import TASK
from schoolgate.notices.round import tell_now
from schoolgate.policy.guides import state_of
from schoolgate.policy.guiding import note_parents_page
from schoolgate.policy.models import ParentsPage, ReadingDraft
from schoolgate.policy.readings import try_draft
from schoolgate.publishing import past_import, sending
from schoolgate.publishing import sending as posts
from schoolgate.publishing.cards import READ_CARD, READ_CARD_WORDS, read_card, read_card_words
from schoolgate.rights import requests
from schoolgate.rights.answering import WRITE, make


@app.task(name=events.TASK, retry=work.WhileAway())
def deliver(federation_id: int, delivery_id: int) -> None:
    """Call the handler, unless that is done already."""
    events.deliver(federation_id, delivery_id, now())


WATCHED: Final = (work.SENDING, work.READING)


@app.task(name="lanes.probe")
def probe(which: str) -> None:
    """Note that a slot of this lane was free."""
    beating.note(f"lane.{which}", at=now())


@app.task(name="sending.advance", queue=work.SENDING)
def send_post(federation_id: int, delivery_id: int) -> None:
    """Take one intent as far as it can go now."""
    with beating.part_of("minutely.send_due", f"delivery-{delivery_id}"):
        posts.advance(federation_id, delivery_id, clock=now)


@app.task(name="answering.advance", queue=work.SENDING)
def answer(federation_id: int, answer_id: int) -> None:
    """Take one reply as far as it can go now."""
    with beating.part_of("minutely.poll", f"answer-{answer_id}"):
        replying.advance(federation_id, answer_id, clock=now)


@app.task(name=ADVANCE, queue=work.SENDING)
def take_reply_down(federation_id: int, removal_id: int) -> None:
    """Take one take-down of a reply as far as it can go now."""
    with beating.part_of("minutely.poll", f"reply-removal-{removal_id}"):
        taking_off.advance(federation_id, removal_id, clock=now)


@app.task(name="moderating.advance", queue=work.SENDING)
def moderate(federation_id: int, moderation_id: int) -> None:
    """Take one moderator's step as far as it can go now."""
    with beating.part_of("minutely.poll", f"moderation-{moderation_id}"):
        moderating.advance(federation_id, moderation_id, clock=now)


@app.task(name="author_steps.advance", queue=work.SENDING)
def deal_with_author(federation_id: int, step_id: int) -> None:
    """Take one step about an author as far as it can go now."""
    with beating.part_of("minutely.poll", f"author-step-{step_id}"):
        blocking.advance(federation_id, step_id, clock=now)


LIMIT, SLOW_LIMIT = timedelta(seconds=45), timedelta(minutes=3)
"""How long a reading may take; the second for an account for which the first was too short."""


@app.task(name="accounts.read", queue=work.READING)
def read_account(federation_id: int, account_id: int, slow: bool) -> None:
    """Read what arrived on the account."""
    with beating.part_of("minutely.poll", f"account-{account_id}"):
        ingesting.poll(federation_id, account_id, clock=now, limit=SLOW_LIMIT if slow else LIMIT)


@app.task(name="policy.look_for_parents_page", queue=work.READING_SLOWLY)
def look_for_parents_page(federation_id: int, page_id: int) -> None:
    """Check whether a page for parents is on a school's website. No scope is open while it is fetched."""
    with scope(federation_id):
        page = ParentsPage.objects.filter(pk=page_id, ended_at=None).first()
    if page is not None:
        state = state_of(page.address)
        with scope(federation_id):
            note_parents_page(at=now(), page=page, state=state)


@app.task(name="accounts.look_for_marks", queue=work.READING_SLOWLY)
def look_for_marks(federation_id: int, account_id: int) -> None:
    """Check whether the account shows our mark."""
    connecting.look(federation_id, account_id, at=now())


@app.task(name="publishing.look", queue=work.READING)
def look(federation_id: int, account_id: int) -> None:
    """Read the posts of one account that are due."""
    with beating.part_of("minutely.live", f"account-{account_id}"):
        sending.read_back(federation_id, account_id, clock=now)


@app.task(name="listening.read", queue=work.READING_SLOWLY)
def search(federation_id: int, source_id: int) -> None:
    """Search the place once."""
    with beating.part_of("hourly.listening", f"source-{source_id}"):
        read_source(federation_id, source_id, clock=now)


@app.task(name=READ_CARD, queue=work.READING_SLOWLY)
def read_page(federation_id: int, card_id: int) -> None:
    """Read one page, once; where a worker was killed its author asks again."""
    read_card(federation_id, card_id, clock=now)


@app.task(name="incidents.capture", queue=work.READING_SLOWLY)
def capture(federation_id: int, person_id: int, evidence_id: int) -> None:
    """Fetch it and keep it, from the beginning where a worker was killed."""
    capturing.capture(federation_id, person_id, evidence_id, clock=now)


@app.task(name=TASK, queue=work.MAIL)
def send_notices(federation_id: int) -> None:
    """Send every notice of one federation that is due now."""
    tell_now(federation_id, clock=now)


@app.task(name=sign_in.TASK, queue=work.MAIL)
def send_sign_in_mails() -> None:
    """The mails of the sign-in pages."""
    sign_in.send_waiting(clock=now)


@app.task(name=WRITE, queue=work.LONG)
def write_answer(federation_id: int, answer_id: int) -> None:
    """Make it, from the beginning where a worker was killed."""
    make(federation_id, answer_id, clock=now)


@app.task(name="accounts.archive", queue=work.LONG)
def make_archive(federation_id: int, archive_id: int) -> None:
    """Make it, from the beginning where a worker was killed."""
    archiving.make(federation_id, archive_id, clock=now)


@app.task(name="rights.gather", queue=work.LONG)
def search_for_request(federation_id: int, gathering_id: int) -> None:
    """Search, from where a worker was killed."""
    requests.gather(federation_id, gathering_id, clock=now)


@app.task(name="past.read", queue=work.LONG)
def read_past_posts(federation_id: int, import_id: int) -> None:
    """Read it, from the beginning where a worker was killed."""
    past_import.read(federation_id, import_id, clock=now)


@app.task(name="past.take", queue=work.LONG)
def take_past_posts(federation_id: int, import_id: int) -> None:
    """Import it, from where a worker was killed."""
    past_import.take(federation_id, import_id, clock=now)


@app.task(name=READ_WORDS, queue=work.PICTURES, retry=work.WhileAway())
def read_picture(federation_id: int, picture_id: int) -> None:
    """Read one picture in a process of its own. A worker does one at a time, which bounds the memory."""
    read_waiting(federation_id, picture_id, clock=now)


@app.task(name=READ_CARD_WORDS, queue=work.PICTURES, retry=work.WhileAway())
def read_card_picture(federation_id: int, card_id: int, digest: str) -> None:
    """Read the picture of one link card, in the same way."""
    read_card_words(federation_id, card_id, digest, clock=now)


@app.task(name=READ_PHOTO_WORDS, queue=work.PICTURES, retry=work.WhileAway())
def read_photo(federation_id: int, person_id: int, digest: str) -> None:
    """Read one photograph of a comment, in the same way."""
    read_photo_words(federation_id, person_id, digest, clock=now)


@app.task(name="policy.try_draft")
def try_on(federation_id: int, draft_id: int, edition: int) -> None:
    """Try one more piece and defer the next. A draft that was changed or signed meanwhile is left alone."""
    with scope(federation_id):
        draft = ReadingDraft.objects.filter(pk=draft_id).first()
        if draft is None:
            return
        try:
            try_draft(by=None, at=now(), draft=draft, edition=edition)
        except NotNow:
            return
