"""What people do with pupils and consents."""

from schoolgate.pupils.actions.answering import record_answer, record_objection
from schoolgate.pupils.actions.grouping import drop_group, save_group
from schoolgate.pupils.actions.keeping_off import end_keeping_off, keep_off

__all__ = ["drop_group", "end_keeping_off", "keep_off", "record_answer", "record_objection", "save_group"]
