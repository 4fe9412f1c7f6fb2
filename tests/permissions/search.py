from . import APPROVED, BUTTON, NOT_ALLOWED, OPEN, PREPARING, Door, everyone

FORM_REFUSED = everyone(422, visitor=302, attente=403)
NO_SUCH_OBJECT = everyone(404, visitor=302, attente=403)

NONE_OF_OURS = everyone(404, visitor=302)

DOORS = {
    "search": Door("/recherche/", OPEN),
    "similar_cards": Door("/recherche/ressemblantes/?q=visio", OPEN),
    "search_suggestions": Door("/recherche/suggestions/?q=visio", OPEN),
    "search_feed": Door("/recherche/flux/?q=visio", OPEN),
    # A token that is not ours is refused: tests/search/test_gaps.py.
    "search_outcome": Door("/recherche/suite/", NOT_ALLOWED, post=everyone(400)),
    "practice_list": Door("/pratiques/", OPEN),
    "tool_list": Door("/outils/", OPEN),
    "orientation_list": Door("/orientations/", OPEN),
    "model_document": Door("/ressources/notice-d-information/modele.docx", OPEN),
    "resource_list": Door("/ressources/", OPEN),
    "saved_search_add": Door("/recherche/enregistrer/?q=visio", PREPARING, post=everyone(422, visitor=302)),
    "saved_search_list": Door("/compte/recherches/", PREPARING),
    # Somebody's own: tests/search/test_saved.py.
    "saved_search_edit": Door("/compte/recherches/999999/", NONE_OF_OURS, post=NONE_OF_OURS),
    "saved_search_delete": Door("/compte/recherches/999999/supprimer/", BUTTON, post=everyone(303, visitor=302)),
    "card_request_list": Door("/recherche/demandes/", APPROVED),
    "card_request_add": Door("/recherche/demandes/nouvelle/", APPROVED, post=FORM_REFUSED),
    "card_request_support": Door("/recherche/demandes/999999/moi-aussi/", BUTTON, post=NO_SUCH_OBJECT),
}
ELSEWHERE: set[str] = set()
