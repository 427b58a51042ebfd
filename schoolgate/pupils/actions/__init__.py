"""What people do with pupils and consents."""

from schoolgate.pupils.actions.answering import record_answer
from schoolgate.pupils.actions.keeping_off import end_keeping_off, keep_off

__all__ = ["end_keeping_off", "keep_off", "record_answer"]
