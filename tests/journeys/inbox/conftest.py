"""A federation with a post on its board on a Saturday night, and the phones of its people."""

from tests.journeys.posts.conftest import phone_of, sign_in
from tests.journeys.told import pages_at

__all__ = ["pages_at", "phone_of", "sign_in"]
