import pytest
from tests.networks.contract import NetworkContract
from tests.networks.x_server import x_server
from tests.networks.x_world import XWorld
pytestmark = pytest.mark.usefixtures("own_server")


@pytest.fixture
def server():
    with x_server() as made:
        yield made


@pytest.fixture
def world(server):
    return XWorld(server)


class TestX(NetworkContract):
    takes_keys = False
    proves = False
