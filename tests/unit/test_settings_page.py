"""The page of settings."""


def test_the_page_of_settings_says_what_the_settings_are():
    """Else: ``python -m orchestration.settings_page``."""
    from orchestration.settings_page import PAGE, page

    assert PAGE.read_text(encoding="utf-8") == page()
