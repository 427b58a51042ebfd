"""Takes the two pictures of the README from a running example home: nothing is drawn, nothing is saved.

    PORT=8000 .venv/bin/python -m scripts.screenshots

SCHOOLGATE_HOME is that of the running program. Writes docs/images/writing-a-post.png (a desk) and
docs/images/today.png (a phone). What is typed into the post is never saved.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browsing import chromium_path

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
ADDRESS = f"http://localhost:{os.environ.get('PORT', '8000')}"
PASSWORD = "willow-tunnel-fair"
TEXT = (
    "The first beans are up in the school garden. Come and see them on Friday after school; "
    "the bench by the pond is free for tired grandparents."
)
LARGEST = 300_000


def sign_in(page: Page, email: str) -> None:
    page.goto(f"{ADDRESS}/sign-in")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_load_state()
    if "second-step" in page.url:
        words = [sys.executable, "-m", "schoolgate", "code", email]
        code = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
        page.get_by_label("Code", exact=True).fill(code)
        page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="Today").wait_for()


def writing_a_post(browser: Browser) -> Path:
    """Priya writes, and the policy answers beside it."""
    page = browser.new_context(viewport={"width": 1280, "height": 860}, locale="en-GB").new_page()
    sign_in(page, "priya@wildground.example")
    page.goto(f"{ADDRESS}/posts/new")
    page.get_by_role("link", name="Wildground Juniors").click()
    page.get_by_label("Text").fill(TEXT)
    page.get_by_role("checkbox", name="Wildground Juniors noticeboard").check()
    page.get_by_role("checkbox", name="Wildground Juniors on Facebook").check()
    page.locator("#policy .sg-verdict").first.wait_for()
    page.locator("h1").click()
    return taken(page, "writing-a-post")


def today(browser: Browser) -> Path:
    """What waits for Tom, on his phone."""
    size = {"width": 390, "height": 844}
    page = browser.new_context(viewport=size, device_scale_factor=2, locale="en-GB").new_page()
    sign_in(page, "tom@wildground.example")
    return taken(page, "today")


def taken(page: Page, name: str) -> Path:
    page.wait_for_timeout(600)
    page.evaluate("scrollTo(0, 0)")
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path)
    page.context.close()
    if path.stat().st_size > LARGEST:
        sys.exit(f"{path} is larger than {LARGEST // 1000} kB")
    return path


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        for path in (writing_a_post(browser), today(browser)):
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")
        browser.close()


if __name__ == "__main__":
    main()
