"""Pictures seen and files kept, in a real browser, with and without JavaScript."""

import io
from pathlib import Path

import pytest
from PIL import Image

from exchange_groups.models import Topic
from practices.models import PracticePage

GPS = 0x8825
NEW = "/groupes/cip-ile-de-france/sujets/nouveau/"
CARD = "/pratiques/chantiers-idf/cafe-visio-du-jeudi/"


@pytest.fixture(autouse=True)
def folders(settings, tmp_path, private_files):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def photo(tmp_path) -> Path:
    told = Image.Exif()
    told[0x010F] = "Appareil de Camille"
    told.get_ifd(GPS).update({1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 3.0)})
    path = tmp_path / "atelier.jpg"
    Image.effect_noise((1600, 1200), 60).convert("RGB").save(path, "JPEG", exif=told)
    return path


@pytest.mark.parametrize("phone", [True, False])
def test_an_image_added_in_the_editor_is_seen_on_the_public_card_without_its_place(open_page, site, photo, phone):
    editor = open_page("/admin/images/add/", role="edition", phone=False)
    editor.locator("input[type=file]").first.set_input_files(photo)
    editor.locator("#id_title").fill("L’atelier")
    editor.locator("main form[enctype] button[type=submit]").click()
    editor.wait_for_url("**/admin/images/")
    from wagtail.images import get_image_model

    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    card.photo = get_image_model().objects.get()
    card.save_revision(clean=False).publish()

    page = open_page(CARD, phone=phone)
    image = page.locator(".card figure img")
    image.scroll_into_view_if_needed()
    image.evaluate("image => image.decode()")
    assert image.evaluate("image => image.naturalWidth") > 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    content = page.request.get(image.get_attribute("src")).body()
    assert not dict(Image.open(io.BytesIO(content)).getexif())
    assert b"Camille" not in content
    assert len(content) < photo.stat().st_size


@pytest.mark.parametrize(("phone", "javascript"), [(True, True), (True, False), (False, True)])
def test_files_chosen_stay_when_the_guard_asks_to_read_again(
    open_page, site, tmp_path, axe_violations, phone, javascript
):
    files = [tmp_path / "trame.txt", tmp_path / "liste.txt"]
    for file in files:
        file.write_text("Quelques lignes.", "utf-8")
    page = open_page(NEW, role="membre", phone=phone, javascript=javascript)
    page.get_by_label("Titre").fill("Que dire à Mme Traoré ?")
    page.get_by_label("Votre texte").fill("Je cherche une façon de dire les choses.")
    page.get_by_text("Ajouter une fiche, des thèmes, un fichier").click()
    page.get_by_label("Fichiers").set_input_files(files)
    page.get_by_role("button", name="Publier dans le groupe").click()

    page.get_by_text("Gardé avec ce sujet : liste.txt").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if javascript:
        assert axe_violations(page) == []
    page.get_by_role("button", name="Retirer liste.txt").click()
    page.get_by_text("Gardé avec ce sujet : trame.txt").wait_for()
    assert page.get_by_text("liste.txt").count() == 0
    assert page.get_by_label("Titre").input_value() == "Que dire à Mme Traoré ?"

    page.get_by_label("Titre").press("Enter")  # publishes, and takes no file away
    page.get_by_label("J’ai relu").check()
    page.get_by_role("button", name="Publier dans le groupe").click()
    page.get_by_role("link", name="trame.txt").wait_for()
    assert [file.name for file in Topic.objects.latest("pk").files.all()] == ["trame.txt"]
