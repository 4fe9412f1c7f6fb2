"""Pictures of cards: light, lazy, with words for who does not see them; drawings of gestures for every step."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from wagtail.blocks import StructBlockValidationError
from wagtail.images import get_image_model

from practices.choices import Gesture
from practices.editorial.advice.card import recommended_for
from practices.import_export.blocks import read_steps, write_steps
from practices.import_export.exports import as_json
from practices.models import PracticePage
from practices.step_pictures import with_pictures_of

from .test_images import added, picture

pytestmark = pytest.mark.django_db

DRAWINGS = Path(settings.BASE_DIR) / "kb_site/static/kb_site/drawings.svg"
CARD = "cafe-visio-du-jeudi"


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def step(title: str, **shown):
    return (
        "step",
        {"title": title, "who": "", "duration_minutes": None, "instruction": "Dire bonjour.", "tip": ""} | shown,
    )


def with_steps(*steps) -> PracticePage:
    card = PracticePage.objects.get(slug=CARD)
    card.steps = list(steps)
    card.save_revision(clean=False).publish()
    return PracticePage.objects.get(slug=CARD)


def reread(card):
    """The steps as they come back from the database."""
    field = card._meta.get_field("steps")
    return field.to_python(field.get_prep_value(card.steps))


def image(signed_in, side=1600):
    return added(signed_in("edition"), picture(size=(side, side)))


def test_a_gesture_is_drawn_for_each_choice_in_one_light_file():
    drawn = re.findall(r'<symbol id="(\w+)" viewBox="0 0 64 64">', DRAWINGS.read_text("utf-8"))
    assert sorted(drawn) == sorted(Gesture.values)
    assert len(gzip.compress(DRAWINGS.read_bytes())) <= 3_000


def test_a_step_shows_its_drawing_and_its_picture_light_lazy_told_and_weighed(signed_in):
    shown = {
        "picture": image(signed_in),
        "picture_shows": "Un cercle de chaises",
        "picture_caption": "Photo : le chantier",
    }
    card = with_steps(step("Se réunir", drawing="se_reunir", **shown), step("Parler"))
    for address in (card.url, f"{card.url}pas-a-pas/"):
        html = signed_in(None).get(address).content.decode()
        assert re.search(r'<use href="/static/kb_site/drawings[\w.]*\.svg#se_reunir"/>', html)
        tag = re.search(r'<img src="/media/images/[^>]+alt="Un cercle de chaises">', html)[0]
        assert 'loading="lazy"' in tag
        assert 'width="960" height="960"' in tag
        assert re.search(r'srcset="\S+\.webp 480w, \S+\.webp 960w"', html)
        assert re.search(r'<figcaption class="facts">Photo : le chantier · [\d,]+.Kio</figcaption>', html)
    webp = re.search(r'srcset="(\S+) 480w', html)[1]
    answer = signed_in(None).get(webp)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")


def test_pictures_cost_the_same_queries_however_many_there_are(signed_in, django_assert_max_num_queries):
    images = [image(signed_in, 50 + number) for number in range(4)]
    card = with_steps(
        *(step(f"Étape {one.pk}", picture=one, picture_shows="Une chaise") for one in images), step("Parler")
    )
    assert len(PracticePage.objects.get(pk=card.pk).shown_pictures) == 4
    fresh = PracticePage.objects.get(pk=card.pk)
    with django_assert_max_num_queries(2):
        assert len(fresh.shown_pictures) == 4


def test_a_card_without_picture_asks_nothing_about_pictures(django_assert_num_queries):
    card = with_steps(step("Se réunir"), step("Parler"))
    with django_assert_num_queries(0):
        assert card.shown_pictures == {}


def test_a_picture_without_words_is_refused_beside_its_field(signed_in):
    block = PracticePage._meta.get_field("steps").stream_block.child_blocks["step"]
    value = block.normalize(step("Se réunir", picture=image(signed_in, 60))[1])
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    assert refused.value.block_errors["picture_shows"].message == "Dites ce que montre cette image."


def test_a_step_whose_picture_lost_its_file_is_shown_without_it(signed_in):
    lost = image(signed_in, 60)
    card = with_steps(step("Se réunir", picture=lost, picture_shows="Un cercle"), step("Parler"))
    lost.file.storage.delete(lost.file.name)
    answer = signed_in(None).get(card.url)
    assert answer.status_code == 200
    assert "Un cercle" not in answer.content.decode()


def test_steps_that_come_back_as_text_keep_what_they_showed(signed_in):
    card = with_steps(
        step("Se réunir", drawing="se_reunir"),
        step("Parler", picture=image(signed_in, 60), picture_shows="Deux chaises"),
    )
    text = write_steps(card).replace("# Se réunir", "# Se réunir en cercle") + "\n\n# Finir"
    card.steps = with_pictures_of(card.steps, read_steps(text))
    assert [(one.value["drawing"], one.value["picture_shows"]) for one in reread(card)] == [
        (None, None), (None, "Deux chaises"), (None, None),
    ]  # fmt: skip
    assert reread(card)[1].value["picture"] == get_image_model().objects.get()


def test_open_data_tells_of_steps_in_words(signed_in, tmp_path):
    card = with_steps(step("Se réunir", picture=image(signed_in, 60), picture_shows="Un cercle"), step("Parler"))
    with (tmp_path / "fiches.json").open("wb") as file:
        as_json([card], {}, to=file)
    assert "Un cercle" not in (tmp_path / "fiches.json").read_text("utf-8")


def test_editors_are_told_when_the_pictures_of_a_card_are_heavy(signed_in):
    light = with_steps(step("Se réunir", picture=image(signed_in, 60), picture_shows="Un cercle"), step("Parler"))
    assert not any("300 Ko" in words for words in recommended_for(light))
    heavy = with_steps(step("Se réunir", picture=image(signed_in), picture_shows="Un cercle"), step("Parler"))
    assert any("300 Ko" in words for words in recommended_for(heavy))
