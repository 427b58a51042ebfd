"""The example's texts that are ready for use: one to start posts from, and an approved emergency text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from schoolgate.accounts.models import Account
from schoolgate.cli.demo.posts import ANSWERS
from schoolgate.cli.demo.stage import Stage
from schoolgate.core.clock import local_day
from schoolgate.publishing import ready
from schoolgate.publishing.actions import approve_text, ask_for_text, keep_text

SNOW = """{school} is closed on {date} because of snow. Please don’t travel to school. \
We’ll post here when we open again."""
SNOW_IN_WELSH = """Mae {school} ar gau {date} oherwydd eira. Peidiwch â theithio i’r ysgol. \
Byddwn yn rhoi gwybod yma pan fyddwn yn ailagor."""
TRIP = "{class} are back from {place}. Thank you to everyone who helped. #SchoolTrip"


def keeps_texts(stage: Stage, accounts: Sequence[Account]) -> None:
    """Keep a reusable text, and an emergency text for both accounts that the approver has approved. Schools
    that write in Welsh have the words in both languages."""
    writer, school = stage.who("writer"), stage.schools[0]
    welsh = "cy" in school.languages
    keep_text(by=writer, at=stage.later(), school=school, title="Back from a trip", english=TRIP)
    text = keep_text(
        by=writer,
        at=stage.later(),
        school=school,
        title="Closed: snow",
        english=SNOW,
        welsh=SNOW_IN_WELSH if welsh else "",
        emergency=True,
        accounts=accounts,
        senders=[writer],
        until=local_day(stage.now) + timedelta(days=180),
    )
    ask_for_text(by=writer, at=stage.later(), text=text, answers=ANSWERS)
    found = ready.text(text.pk)
    seen = ready.seen_of(ready.newest(found))
    approve_text(by=stage.who("approver"), at=stage.later(20), text=found, seen=seen)
