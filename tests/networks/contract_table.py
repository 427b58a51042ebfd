"""The table *port and server* in docs/networks.md, made from the contract's own tests and the suites that
inherit them:

    .venv/bin/python -m tests.networks.contract_table
"""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[2] / "docs/networks.md"
BEGINS, ENDS = "<!-- contract: made by tests/networks/contract_table.py -->\n", "<!-- contract ends -->\n"
SUITES = {
    "test_noticeboard.TestNoticeboard": ("noticeboard", "noticeboard: itself"),
    "test_bluesky_real.TestBluesky": ("bluesky", "**Bluesky: real**"),
    "test_mastodon_real.TestARealServer": ("mastodon", "**GoToSocial: real, recorded**"),
    "test_mastodon.TestMastodon": ("mastodon", "Mastodon: ours"),
    "test_mastodon.TestAPlainerServer": ("mastodon", "plainer Mastodon: ours"),
    "test_facebook.TestFacebook": ("facebook", "Facebook: ours"),
    "test_instagram.TestInstagram": ("instagram", "Instagram: ours"),
    "test_threads_profile.TestThreads": ("threads", "Threads: ours"),
    "test_youtube.TestYouTube": ("youtube", "YouTube: ours"),
    "test_google_business.TestGoogleBusiness": ("googlebusiness", "Google Business: ours"),
    "test_linkedin.TestLinkedIn": ("linkedin", "LinkedIn: ours"),
    "test_x.TestX": ("x", "X: ours"),
    "test_x.TestXByTheNamesOfItsReference": ("x", "X, newer names: ours"),
}
"""Suite -> network, and what it runs against."""
NO_NETWORK = {"test_fake.TestFake"}
ACTION_OF = {"replies": "read_replies", "unblock": "block"}
HELPERS = {"the_comment(": "replies", "comments(world": "replies", "longest_text(": "limits"}
"""What the contract calls through a function."""
METHODS = (
    "publish", "read_back", "look_up", "take_down", "limits", "replies", "look_again", "reply", "release",
    "hide", "remove", "block", "unblock", "report", "close_comments", "search", "reactions",
)  # fmt: skip


def block() -> str:
    """Return the table as it belongs into the page."""
    heads = [server for _network, server in SUITES.values()]
    rows = [[f"`{method}`", *(_cell(suite, method) for suite in SUITES)] for method in METHODS]
    rows.append(["tests", *(str(len(dict(_tests(suite)))) for suite in SUITES)])
    lines = [["", *heads], ["---"] * (len(heads) + 1), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def suites_there() -> set[str]:
    """Return every suite that inherits the contract, by file and name."""
    return {
        f"{file.stem}.{found}"
        for file in Path(__file__).parent.glob("test_*.py")
        for found in re.findall(r"^class (\w+)\((?:Network|Posts)Contract\)", file.read_text(), re.MULTILINE)
    }


def methods_called() -> set[str]:
    """Return what the contract calls of the port."""
    called = set()
    for suite in SUITES:
        for _name, source in _tests(suite):
            called |= set(re.findall(r"\bnetwork\.(\w+)\(", source))
    return called


def _cell(suite: str, method: str) -> str:
    number = sum(_calls(source, method) for _name, source in _tests(suite))
    if not number:
        return "–"
    return str(number) if _does(SUITES[suite][0], method) else f"refused ({number})"


def _calls(source: str, method: str) -> bool:
    through = any(name in source for name, called in HELPERS.items() if called == method)
    return through or f"network.{method}(" in source


def _does(network: str, method: str) -> bool:
    from schoolgate.networks.capabilities import ACTIONS, Way, all_capabilities

    can = all_capabilities()[network].connected(chosen=True)
    action: Any = ACTION_OF.get(method, method)
    if action == "reactions":
        return can.tells_reactions
    return action not in ACTIONS or can.way(action) is Way.PROGRAM


def _tests(suite: str) -> Iterator[tuple[str, str]]:
    module, _, name = suite.partition(".")
    of = getattr(import_module(f"tests.networks.{module}"), name)
    for each, does in inspect.getmembers(of, callable):
        if each.startswith("test_"):
            yield each, inspect.getsource(does)


def in_page(text: str) -> str:
    """Return what stands in the page now."""
    return text.partition(BEGINS)[2].partition(ENDS)[0]


def main() -> None:
    """Put the table into the page."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolgate.config.settings")
    django.setup()
    text = PAGE.read_text()
    before, begins, rest = text.partition(BEGINS)
    PAGE.write_text(before + begins + block() + ENDS + rest.partition(ENDS)[2])


if __name__ == "__main__":
    main()
