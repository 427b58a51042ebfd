"""The formatter, the linter and the linters of templates are content."""

from tests.gates.files import check, name_of, own_files


def test_every_file_is_formatted():
    check("ruff", "format", "--check", "--quiet", ".")


def test_the_linter_is_content():
    check("ruff", "check", "--quiet", "--output-format=concise", ".")


def test_templates_are_linted():
    check("djlint", "schoolgate", "--lint", "--quiet")


def test_templates_are_formatted():
    templates = [name_of(path) for path in own_files("schoolgate/*.html")]
    check("djade", "--check", "--target-version", "5.2", *templates)
