"""Addresses that can't be taken apart: nothing breaks, wherever one is typed or told."""

from datetime import UTC, datetime

import pytest

from schoolgate.accounts.addresses import last_part, same_post
from schoolgate.core.errors import BadInput
from schoolgate.core.surroundings import NO_ADDRESS, parts_of
from schoolgate.networks import registry
from schoolgate.networks.manual.client import pasted_comment
from schoolgate.networks.mastodon.client import address_of
from schoolgate.networks.port import NetworkError, Ref
from schoolgate.networks.transport import check_service
from schoolgate.policy import guides

AT = datetime(2027, 1, 19, 10, tzinfo=UTC)
HALF = (
    "https://[half",
    "https://[::1",
    "https://a.example:99999/",
    "https://a.example:b/",
    "http://[v1.x]:x",
)


def test_an_address_has_its_parts():
    parts = parts_of("https://oakwood.sch.uk:8443/news?day=1#top")
    assert (parts.hostname, parts.port, parts.path, parts.query) == ("oakwood.sch.uk", 8443, "/news", "day=1")


@pytest.mark.parametrize("half", HALF)
def test_half_an_address_has_none(half):
    assert parts_of(half) == NO_ADDRESS


@pytest.mark.parametrize("half", HALF)
def test_a_server_a_link_and_a_page_that_are_half_an_address_are_refused_in_words(half):
    with pytest.raises(NetworkError, match="bad_address"):
        check_service(half)
    with pytest.raises(BadInput) as refused:
        pasted_comment(
            registry.capabilities("facebook"), root=Ref("facebook", "1", ""), author="Ann", text="Lovely",
            written_at=AT, at=AT, address=half,
        )  # fmt: skip
    assert refused.value.fields.keys() == {"address"}
    assert not guides.is_web_address(half)
    assert address_of(half) == ""
    assert not last_part(half)
    assert not same_post(half, "https://oakwood.sch.uk/1")
