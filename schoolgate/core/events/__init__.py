"""What happened: `record` an event once; it goes into the record and to the subscribed apps above."""

from schoolgate.core.events.names import EVENTS, Event, declare, subscribes
from schoolgate.core.events.recording import record

__all__ = ["EVENTS", "Event", "declare", "record", "subscribes"]
