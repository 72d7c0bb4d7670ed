"""Typed configuration: unknown keys are refused with the nearest known one, values are checked before work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from algorand_coder.errors import UserError, nearest

S = TypeVar("S", bound="Section")


class Section(BaseModel):
    """Base of every stage's config class. Frozen; a section lives beside the code that reads it."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)


def parse(section: type[S], data: Mapping[str, Any], where: str) -> S:
    """Validate ``data`` as ``section``.

    Raises ``UserError`` with one line naming ``where``, the key, and what is allowed.
    """
    try:
        return section.model_validate(data)
    except ValidationError as error:
        raise UserError(_explain(section, error, where)) from None


def _explain(section: type[Section], error: ValidationError, where: str) -> str:
    # An unknown key is most often the misspelt form of a missing one, so it is named first.
    first = min(error.errors(), key=lambda each: each["type"] != "extra_forbidden")
    path = ".".join(str(part) for part in first["loc"])
    more = f" ({error.error_count() - 1} more)" if error.error_count() > 1 else ""
    if first["type"] == "extra_forbidden":
        known = _known_keys(section, first["loc"][:-1])
        return f"{where}: unknown key {path!r}{nearest(str(first['loc'][-1]), known)}{more}"
    if first["type"] == "missing":
        return f"{where}: key {path!r} is missing{more}"
    message = first["msg"].removeprefix("Value error, ")
    return f"{where}: {path}: {message[:1].lower()}{message[1:]}, got {first['input']!r}{more}"


def _known_keys(section: type[Section], path: tuple[int | str, ...]) -> list[str]:
    """Keys that are allowed at ``path``, as far as nested sections can be followed."""
    current: Any = section
    for part in path:
        field = current.model_fields.get(part) if isinstance(part, str) else None
        annotation = field.annotation if field else None
        if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
            return []
        current = annotation
    return list(current.model_fields)
