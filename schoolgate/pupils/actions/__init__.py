"""What people do with pupils and consents."""

from schoolgate.pupils.actions.answering import record_answer, record_objection
from schoolgate.pupils.actions.grouping import drop_group, save_group
from schoolgate.pupils.actions.keeping_off import end_keeping_off, keep_off
from schoolgate.pupils.actions.linking import (
    answer_by_link,
    mail_class,
    mail_link,
    make_link,
    print_links,
    print_one,
    revoke_link,
)
from schoolgate.pupils.actions.settling import settle_consent, settled_already
from schoolgate.pupils.actions.walling import decide_change, look_at_wall

__all__ = [
    "answer_by_link",
    "decide_change",
    "drop_group",
    "end_keeping_off",
    "keep_off",
    "look_at_wall",
    "mail_class",
    "mail_link",
    "make_link",
    "print_links",
    "print_one",
    "record_answer",
    "record_objection",
    "revoke_link",
    "save_group",
    "settle_consent",
    "settled_already",
]
