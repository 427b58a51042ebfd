"""Signing in with a school account, clicked: the way out and back under the program's own content policy."""

from schoolgate.core.tenancy import scope
from tests.cast import someone
from tests.web.school_cast import add_directory, join
from tests.web.scriptless import open_context, wrong_with
from tests.web.signing import with_password


def test_the_pages_of_school_accounts_are_whole_at_both_widths(
    federation,
    provider,
    directory,
):
    with scope(federation.pk):
        tom = with_password(someone("Tom Teacher", "staff"))
    join(tom, directory)
    for number in range(2):
        add_directory(provider, federation, slug=f"school-{number}")
    page = open_context().new_page()
    wrong = []
    for path in ("/sign-in", "/sign-in/school"):
        page.goto(f"{path}")
        wrong += wrong_with(page)
    page.get_by_role("button", name="Wildground school").click()
    assert page.url == "/today"
    for path in ("/me/school-accounts", "/me"):
        page.goto(f"{path}")
        wrong += wrong_with(page)
    assert wrong == []
