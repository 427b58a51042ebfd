"""A network in memory for tests: it keeps what it is sent, and goes wrong exactly when told to."""

from schoolgate.networks.fake.client import FakeNetwork
from schoolgate.networks.fake.server import FakeServer, Fault

__all__ = ["FakeNetwork", "FakeServer", "Fault"]
