"""From which day on the posts of accounts are known: for each page that speaks of all copies."""

from __future__ import annotations

from django import template

from schoolgate.accounts.models import Account
from schoolgate.publishing.models import Post
from schoolgate.web.posts.past import known_of_each

register = template.Library()


@register.simple_tag
def known_of_post(post: Post) -> list[tuple[str, str]]:
    """Return for each account of a post its name and the sentence. One query if its texts are loaded."""
    return known_of_each(target.account for target in post.targets.all())


@register.simple_tag
def known_of_account(account: Account) -> str:
    """The sentence of one account. One query."""
    [(_name, said)] = known_of_each([account])
    return said
