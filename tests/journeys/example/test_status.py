"""A governor and an account lead go from Today to the sections of the policy, and to what was counted."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.mark.parametrize(("who", "language"), [("grace", "en"), ("tom", "cy")])
def test_a_number_of_a_section_is_followed_to_its_tasks(house, somebody, who, language):
    one = somebody(house, who, language=language)
    one.sign_in()
    one.open("/today")
    one.press("Status by section")
    one.headed("Status by section")
    one.look(f"status-{who}")

    group = one.page.locator("details.sg-fold:has(a[href*='rows='])").first
    if group.get_attribute("open") is None:
        group.locator("summary").click()
    link = group.locator("a[href*='rows=']").first
    number = int(link.inner_text().partition(":")[2].split()[0])
    link.click()
    one.page.wait_for_url("**rows=*")
    assert one.page.locator("main tbody tr").count() == number
    one.look(f"status-rows-{who}")
