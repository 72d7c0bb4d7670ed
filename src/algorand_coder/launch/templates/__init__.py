"""The files that are rendered for platforms without a format of their own."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template


def template(name: str) -> Template:
    """The template of that name; a missing value is an error."""
    # What is rendered is code, not markup.
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701
    environment.filters["python"] = repr
    return environment.from_string(files(__package__).joinpath(name).read_text(encoding="utf-8"))
