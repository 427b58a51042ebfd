"""One page as a browser requests it, warm, through every layer but the network: queries and times.

Processor time is that of this process and of its database process together, so that other load on the machine
does not count.
"""

import re
import time
from html import unescape
from typing import Any

from bench.database import server_seconds
from bench.machine import NotMeasured, middle, seconds

TIMES = 21


def check_opens(address: str, status: int) -> None:
    """Raise NotMeasured unless a page opened."""
    if status != 200:
        raise NotMeasured(f"{address} answered {status}")


def check_is_the_page(address: str, *, status: int, shown: str, wanted: str) -> None:
    """Raise NotMeasured unless the page opened and has the heading that it should have: an error page has
    another."""
    check_opens(address, status)
    if not wanted or " ".join(shown.split()) != " ".join(wanted.split()):
        raise NotMeasured(f"{address} shows “{shown}”, not “{wanted}”")


def heading_of(html: str) -> str:
    """Return the words of the first heading of a page, without the caption above it."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    words = re.sub(r'<span class="sg-head__caption">[^<]*</span>|<[^>]*>', " ", found[1]) if found else ""
    return " ".join(unescape(words).split())


def check_answer(address: str, answer: Any, wanted: str) -> None:
    """Raise NotMeasured unless an answer of Django's client is the page with this heading."""
    check_is_the_page(
        address, status=answer.status_code, shown=heading_of(answer.content.decode()), wanted=wanted
    )


def signed_in(user: Any) -> Any:
    """Return a browser in which `user` is signed in, with a second factor."""
    from allauth.mfa.models import Authenticator
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["*"]
    if not Authenticator.objects.filter(user=user).exists():
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    browser = Client()
    browser.force_login(user)
    return browser


def queries(browser: Any, address: str) -> int:
    """Return how many statements the page at `address` sends to the database."""
    from django.db import connection

    seen: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        browser.get(address)
    return len(seen)


def warm_page(browser: Any, address: str, *, heading: str) -> dict[str, Any]:
    """Return the page's queries, and the middle and the slowest of `TIMES` readings in milliseconds.

    Raises NotMeasured for a page with another heading."""
    for _ in range(3):
        check_answer(address, browser.get(address), heading)
    asked = queries(browser, address)
    busy = server_seconds() + time.process_time()
    taken = sorted(seconds(lambda: browser.get(address)) * 1000 for _ in range(TIMES))
    busy = server_seconds() + time.process_time() - busy
    return {
        "queries": asked,
        "processor_ms": round(busy / TIMES * 1000, 1),
        "ms": round(middle(taken), 1),
        "slowest_ms": round(taken[-1], 1),
    }
