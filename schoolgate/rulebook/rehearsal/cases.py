"""Every case of a rehearsal, in the order in which a school meets them."""

from collections.abc import Mapping
from types import MappingProxyType

from schoolgate.rulebook.rehearsal import cases_accounts, cases_people, cases_posts
from schoolgate.rulebook.rehearsal.case import Case

CASES: tuple[Case, ...] = (*cases_accounts.CASES, *cases_posts.CASES, *cases_people.CASES)
BY_KEY: Mapping[str, Case] = MappingProxyType({one.key: one for one in CASES})
