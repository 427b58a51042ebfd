"""A handler of an event that is for several rows says which (`each`), so that one row delays no other."""

import django

django.setup()

from schoolgate.core.events import subscribing  # noqa: E402

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
    "notices.tell_invited": ONE_ROW,
    "notices.tell_reset_asked": ONE_ROW,
    "notices.tell_reset_done": ONE_ROW,
    "notices.tell_reset_at_server": ONE_ROW,
    "notices.look_at_address": ONE_ROW,
    "notices.forget_address": ONE_ROW,
    "policy.ask_everybody": FOR_EVERYBODY,
    "policy.tell_asked": ONE_ROW,
    "policy.tell_reminded": ONE_ROW,
    "records.finish_erasing": EACH_FILE,
}
"""Handler -> why it needs no `each`. A new one that goes through rows gets `each`, not a line here."""


def registered():
    return {key: each for by_key in subscribing._HANDLERS.values() for key, each in by_key.items()}


def test_every_handler_without_each_is_judged():
    without = {key for key, handler in registered().items() if handler.each is None}
    assert without == set(WITHOUT_EACH)


def test_one_with_each_is_called_with_the_row_it_is_for():
    for key, handler in registered().items():
        if handler.each is not None:
            assert "part" in handler.call.__annotations__, key
            assert "part" not in handler.each.__annotations__, key
