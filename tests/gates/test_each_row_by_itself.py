"""One row delays no other: a handler of an event that is for several rows says which (`each`), and what runs
each minute goes through its rows each by itself."""

import re

import django

django.setup()

from schoolgate.core import events  # noqa: E402
from schoolgate.jobs.app import sweeps  # noqa: E402
from tests.gates.files import ROOT, expect_none, expect_only  # noqa: E402

ONE_ROW = "it is for the event's own subject"
ONE_PERSON = "the policy is asked about all accounts of one person together; no child waits for the answer"
ONE_PERSONS_KEYS = "it is for one person, and a sweep each hour finds what is left"
FOR_EVERYBODY = "one statement for each page of people; no child waits for it"
EACH_FILE = "one list of the federation; of its files each may fail alone, and all are tried again"
WITHOUT_EACH = {
    "accounts.begin_what_is_handed_over": ONE_PERSON,
    "accounts.pass_on_what_is_left": ONE_PERSON,
    "accounts.take_back_what_was_handed_over": ONE_PERSON,
    "accounts.ask_for_cover": ONE_PERSON,
    "accounts.need_no_cover": ONE_PERSON,
    "accounts.see_who_covers": ONE_ROW,
    "accounts.end_with_the_account": ONE_ROW,
    "accounts.change_what_a_leaver_knows": ONE_PERSONS_KEYS,
    "accounts.change_what_they_know": ONE_PERSONS_KEYS,
    "media.compare_with_others": ONE_ROW,
    "notices.tell_invited": ONE_ROW,
    "notices.tell_reset_asked": ONE_ROW,
    "notices.tell_reset_done": ONE_ROW,
    "notices.tell_reset_at_server": ONE_ROW,
    "notices.look_at_address": ONE_ROW,
    "notices.forget_address": ONE_ROW,
    "policy.ask_about_lead": ONE_ROW,
    "policy.ask_everybody": FOR_EVERYBODY,
    "policy.tell_asked": ONE_ROW,
    "policy.tell_reminded": ONE_ROW,
    "publishing.ask_about_posts_of_another": ONE_ROW,
    "records.finish_erasing": EACH_FILE,
}
"""Handler -> why it needs no `each`. A new one that goes through rows gets `each`, not a line here."""


def registered():
    return {key: each for by_key in events._HANDLERS.values() for key, each in by_key.items()}


def test_every_handler_without_each_is_judged():
    without = {key for key, handler in registered().items() if handler.each is None}
    expect_only(
        WITHOUT_EACH,
        without,
        "Give it `each` if it goes through rows; a handler for a single row gets a line in WITHOUT_EACH.",
        listed="WITHOUT_EACH here",
    )


def test_one_with_each_is_called_with_the_row_it_is_for():
    for key, handler in registered().items():
        if handler.each is not None:
            assert "part" in handler.call.__annotations__, key
            assert "part" not in handler.each.__annotations__, key


EACH = re.compile(r"\b(?:each_by_itself|all_or_each)\(")
A_JOB = "a job for each row, in which alone that row can fail"
EACH_MINUTE = {
    "deliveries": A_JOB,
    "duties": "schoolgate/duties/actions.py",
    "heartbeats": "it looks at the moves themselves; no row waits for it",
    "journal": "schoolgate/records/journal.py",
    "live": A_JOB,
    "notices": "sending takes each message in a transaction of its own",
    "poll": A_JOB,
    "reports": "schoolgate/incidents/passing_on.py",
    "rota": "schoolgate/rota/swapping.py",
    "send_due": "each post in a transaction of its own, then a job for each delivery",
    "trials": A_JOB,
    "withdrawals": "schoolgate/jobs/minutely.py",
}
"""What runs each minute -> the file that goes through its rows each by itself, or why none does."""


def test_what_runs_each_minute_goes_through_its_rows_each_by_itself():
    each_minute = {name for name in sweeps() if name.startswith("minutely.")}
    expect_only(
        EACH_MINUTE,
        {name.removeprefix("minutely.") for name in each_minute},
        "Say in EACH_MINUTE here which file goes through its rows each by itself, or why none does.",
        listed="EACH_MINUTE here",
    )
    files = [said for said in EACH_MINUTE.values() if said.endswith(".py")]
    expect_none(
        [name for name in files if not EACH.search((ROOT / name).read_text("utf-8"))],
        "Go through the rows with `each_by_itself` or `all_or_each`, so that one that fails delays no other.",
    )
