"""The page of settings, from their fields: ``python -m orchestration.settings_page``.

A test fails when the page is not what the fields say.
"""

from typing import Final, get_args

from pydantic.fields import FieldInfo

from orchestration.settings import PROJECT_DIR, Settings

PAGE: Final = PROJECT_DIR / "docs" / "settings.md"
_HEAD: Final = """# Settings

Environment variables, or lines of `hoso.toml` in the working folder (there without `HOSO_`, in
small letters); the environment wins. `hoso doctor` says what is wrong with them. Written by
`python -m orchestration.settings_page`.

| setting | default | allowed | |
|---|---|---|---|
"""
_SIGNS: Final = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}


def page() -> str:
    """All settings with default, bounds and meaning, as Markdown."""
    rows = (_row(f"HOSO_{name.upper()}", field) for name, field in Settings.model_fields.items())
    return _HEAD + "\n".join(rows) + "\n"


def _row(name: str, field: FieldInfo) -> str:
    default = "" if field.default is None else f"`{field.default}`"
    return f"| `{name}` | {default} | {_allowed(field)} | {field.description} |"


def _allowed(field: FieldInfo) -> str:
    choices = [str(each) for each in get_args(field.annotation) if isinstance(each, str)]
    bounds = [
        f"{sign} {getattr(bound, name)}"
        for bound in field.metadata
        for name, sign in _SIGNS.items()
        if hasattr(bound, name)
    ]
    return ", ".join([*choices, *bounds])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
