"""What happened: `record` it once, and it stands in the record and reaches the areas above that subscribe."""

from schoolgate.core.events.names import EVENTS, Event, declare
from schoolgate.core.events.recording import record
from schoolgate.core.events.subscribing import subscribes

__all__ = ["EVENTS", "Event", "declare", "record", "subscribes"]
