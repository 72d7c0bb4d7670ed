"""The OpenAPI 3.1 document, made from the same models that requests are read with."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from algorand_coder import __version__
from algorand_coder.serve.schema import (
    ChatRequest,
    Checked,
    CheckRequest,
    CompletionRequest,
    ErrorBody,
    Generated,
    GenerateRequest,
)

Json = dict[str, Any]
_REF = "#/components/schemas/{model}"
_POSTS: tuple[tuple[str, str, type[BaseModel], type[BaseModel] | None], ...] = (
    ("/v1/chat/completions", "A conversation's next turn; with `verify`, verified code.", ChatRequest, None),
    ("/v1/completions", "A prompt's continuation; with `verify`, verified code.", CompletionRequest, None),
    ("/v1/generate", "Code for a request in words, verified and repaired.", GenerateRequest, Generated),
    ("/v1/check", "The verifier's verdict on code. Nothing is executed.", CheckRequest, Checked),
)
_GETS: tuple[tuple[str, str, str, tuple[int, ...]], ...] = (
    ("/v1/models", "The models of this server.", "application/json", (200, 401)),
    ("/v1/info", "What this server offers.", "application/json", (200,)),
    ("/healthz", "Whether the server runs.", "application/json", (200,)),
    ("/readyz", "Whether an engine would answer now.", "application/json", (200, 503)),
    ("/metrics", "Figures for Prometheus.", "text/plain", (200, 401)),
    ("/openapi.json", "This document.", "application/json", (200,)),
    ("/", "The page.", "text/html", (200,)),
)
_ERRORS = {
    400: "The request is wrong; the message says where.",
    401: "An API key is missing or wrong.",
    404: "There is no such model.",
    408: "The request did not arrive in time.",
    413: "The request is too large.",
    415: "The request is not JSON.",
    429: "Too many requests.",
    502: "The engine failed.",
    503: "The engine cannot be reached, or no turn came in time.",
    504: "The engine stalled, or the answer took too long.",
}
_STREAMING = frozenset({"/v1/chat/completions", "/v1/completions", "/v1/generate"})


def document(*, keys: bool) -> Json:
    """The document; ``keys`` says whether requests need one."""
    models: list[type[BaseModel]] = [ErrorBody]
    for *_, request, answer in _POSTS:
        models += [request] if answer is None else [request, answer]
    _, schemas = models_json_schema([(model, "validation") for model in models], ref_template=_REF)
    paths: Json = {path: {"get": _get(summary, media, statuses)} for path, summary, media, statuses in _GETS}
    for path, summary, request, answer in _POSTS:
        paths[path] = {"post": _post(path, summary, request, answer)}
    found: Json = {
        "openapi": "3.1.0",
        "info": {"title": "algorand-coder", "version": __version__, "description": "Algorand code that compiles."},
        "paths": paths,
        "components": {"schemas": schemas["$defs"]},
    }
    if keys:
        found["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        found["security"] = [{"key": []}]
    return found


def _get(summary: str, media: str, statuses: tuple[int, ...]) -> Json:
    return {"summary": summary, "responses": {str(status): _plain(media, status) for status in statuses}}


def _plain(media: str, status: int) -> Json:
    return {"description": "OK" if status == 200 else "Not now.", "content": {media: {"schema": {}}}}


def _post(path: str, summary: str, request: type[BaseModel], answer: type[BaseModel] | None) -> Json:
    shape = {"type": "object"} if answer is None else _ref(answer)
    content: Json = {"application/json": {"schema": shape}}
    if path in _STREAMING:
        content["text/event-stream"] = {"schema": {"type": "string"}}
    errors = {
        str(status): {"description": text, "content": {"application/json": {"schema": _ref(ErrorBody)}}}
        for status, text in _ERRORS.items()
    }
    return {
        "summary": summary,
        "requestBody": {"required": True, "content": {"application/json": {"schema": _ref(request)}}},
        "responses": {"200": {"description": "The answer.", "content": content}, **errors},
    }


def _ref(model: type[BaseModel]) -> Json:
    return {"$ref": _REF.format(model=model.__name__)}
