from . import OPEN, Door

DOORS = {
    "card_step_by_step": Door("/pratiques/chantiers-idf/cafe-visio-du-jeudi/pas-a-pas/", OPEN),
    "card_conditions": Door("/pratiques/chantiers-idf/cafe-visio-du-jeudi/conditions/", OPEN),
    "card_for_the_person": Door("/pratiques/chantiers-idf/cafe-visio-du-jeudi/pour-la-personne/", OPEN),
}
# Doors that need an image: tests/practices/test_images.py.
ELSEWHERE = {"image_rendition"}
