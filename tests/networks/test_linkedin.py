"""A LinkedIn Page against our own server that keeps to LinkedIn's published interface."""
import pytest
from tests.networks.contract import NetworkContract
from tests.networks.linkedin_server import linkedin_server
from tests.networks.linkedin_world import LinkedInWorld
pytestmark = pytest.mark.usefixtures("own_server")


@pytest.fixture
def server():
    with linkedin_server() as made:
        yield made


@pytest.fixture
def world(server):
    return LinkedInWorld(server)


class TestLinkedIn(NetworkContract):
    takes_keys = False
    proves = False
