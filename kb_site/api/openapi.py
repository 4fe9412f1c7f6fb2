"""OpenAPI 3.1 of the read API: written by hand beside three views, held to what they answer by a test."""

from typing import Any

from kb_site.addresses import absolute
from kb_site.identity.face import face

VERSION = "1.0"
_TEXT: dict[str, Any] = {"type": "string"}
_MAYBE_TEXT: dict[str, Any] = {"type": ["string", "null"]}
_SHORT = {
    "id": {"type": "integer"}, "type": {"enum": ["fiche", "outil", "ressource"]}, "title": _TEXT, "summary": _TEXT,
    "url": {"type": "string", "format": "uri"}, "published_at": _MAYBE_TEXT, "updated_at": _MAYBE_TEXT,
}  # fmt: skip
_FULL = {
    "themes": {"type": "array", "items": _TEXT}, "fields": {"type": "object"}, "steps": {"type": "array"},
    "sources": {"type": "array"}, "conditions": {"type": "array"}, "tools": {"type": "array"}, "licence": {"type": "object"},
}  # fmt: skip
_FOUND = {"key": _TEXT, "type": _TEXT, "title": _TEXT, "summary": _TEXT, "url": _TEXT, "updated_at": _TEXT}


def _object(properties: dict[str, Any], *, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _list_of(name: str, **more: Any) -> dict[str, Any]:
    results = {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}
    return _object(
        {"count": {"type": "integer"}, "next": _MAYBE_TEXT, "previous": _MAYBE_TEXT, "results": results, **more}
    )


def _parameter(name: str, told: str, schema: dict[str, Any], where: str = "query") -> dict[str, Any]:
    return {"name": name, "in": where, "required": where == "path", "description": told, "schema": schema}


def _reading(summary: str, schema: dict[str, Any], parameters: list[dict[str, Any]], *failures: str) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    error = {"description": "Refus", "content": {"application/json": {"schema": _object({"error": _TEXT})}}}
    answers = {"200": {"description": "Ce que l’appelant peut lire", "content": content}, "401": error}
    return {
        "get": {"summary": summary, "parameters": parameters, "responses": answers | dict.fromkeys(failures, error)}
    }


def description() -> dict[str, Any]:
    """Return the description of the API of this site."""
    several = {"type": "array", "items": _TEXT}
    pages = [
        _parameter("type", "fiche, outil ou ressource ; plusieurs fois au besoin", several),
        _parameter("reseau", "l’adresse d’un réseau", _TEXT),
        _parameter("theme", "l’adresse d’un thème ; plusieurs fois : tous à la fois", several),
        _parameter("modifie_depuis", "un jour, 2026-03-31", {"type": "string", "format": "date"}),
        _parameter("page", "à partir de 1", {"type": "integer", "minimum": 1}),
        _parameter("par", "résultats par page", {"type": "integer", "minimum": 1, "maximum": 50, "default": 20}),
    ]
    words = [
        _parameter("q", "des mots, comme sur le site", _TEXT),
        _parameter("page", "à partir de 1", {"type": "integer"}),
    ]
    key = _parameter("page_id", "l’identifiant d’une page", {"type": "integer"}, "path")
    named = "#/components/schemas/"
    return {
        "openapi": "3.1.0",
        "info": {
            "title": face().name,
            "version": VERSION,
            "description": "Lecture seule. Sans jeton : ce que tout le monde lit. Avec : ce que lit la personne qui l’a créé.",
        },
        "servers": [{"url": absolute("/api/v1")}],
        "security": [{}, {"jeton": []}],
        "paths": {
            "/pages/": _reading("Les pages", _list_of("PageEnBref", ), pages, "400", "404"),
            "/pages/{page_id}/": _reading("Une page", {"$ref": f"{named}Page"}, [key], "404"),
            "/recherche/": _reading("Chercher", _list_of("Trouve", correction=_TEXT), words),
        },
        "components": {
            "schemas": {
                "PageEnBref": _object(_SHORT | {"api_url": _TEXT}),
                "Page": _object(_SHORT | _FULL, optional=("steps", "sources", "conditions", "tools", "licence")),
                "Trouve": _object(_FOUND),
            },
            "securitySchemes": {"jeton": {"type": "http", "scheme": "bearer"}},
        },
    }  # fmt: skip
