"""A network in memory for tests: it stores what it is sent, and fails exactly when told to."""

from schoolgate.networks.fake.client import FakeNetwork, FakeServer, Fault

__all__ = ["FakeNetwork", "FakeServer", "Fault"]
