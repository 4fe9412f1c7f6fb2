"""Images and documents: without what they tell of their maker, shown to those who may read a page that shows them."""

import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from practices.choices import Visibility
from practices.models import PracticePage, ResourcePage

from ..permissions import ROLES

pytestmark = pytest.mark.django_db

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825
CARD = "/pratiques/chantiers-idf/cafe-visio-du-jeudi/"
SIDEWAYS = 6  # to be turned by a quarter


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def exif() -> Image.Exif:
    told = Image.Exif()
    told[MAKE] = "Appareil de Camille"
    told[ORIENTATION] = SIDEWAYS
    told.get_ifd(GPS).update({1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 3.0)})
    return told


def picture(kind: str = "JPEG", size=(300, 200)) -> bytes:
    stream = io.BytesIO()
    options = {"comment": b"Camille Durand"} if kind in {"JPEG", "GIF"} else {}
    if kind != "GIF":
        options |= (
            {"exif": exif(), "xmp": b"<x:xmpmeta>Camille Durand</x:xmpmeta>"} if kind != "PNG" else {"exif": exif()}
        )
    Image.effect_noise(size, 60).convert("RGB").save(stream, kind, **options)
    return stream.getvalue()


def tells(content: bytes) -> bool:
    image = Image.open(io.BytesIO(content))
    return bool(dict(image.getexif()) or image.getexif().get_ifd(GPS)) or b"Camille" in content or b"Exif" in content


def given(browser, where: str, **headers):
    """Return the answer to this person, read to its end: a file is closed then."""
    answer = browser.get(where, **headers)
    answer.getvalue()
    return answer


def original(image) -> bytes:
    image.refresh_from_db()
    with image.file.storage.open(image.file.name) as file:
        return file.read()


def added(browser, content: bytes, name: str = "photo.jpg"):
    """Return the image that this person adds in Wagtail's form."""
    collection = {"title": "Une photo", "collection": "1"}
    answer = browser.post("/admin/images/add/", collection | {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    return get_image_model().objects.latest("pk")


def show(image, visibility: str = Visibility.PUBLIC) -> PracticePage:
    """Put this image on a published card."""
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    card.photo, card.visibility = image, visibility
    card.save_revision(clean=False).publish()
    return card


def address(browser, card: PracticePage) -> str:
    html = browser.get(card.url).content.decode()
    return html.split('<figure class="picture">')[1].split('<img src="')[1].split('"')[0]


def test_an_image_added_by_an_editor_is_seen_from_the_public_card_without_its_place(signed_in):
    assert tells(picture())
    image = added(signed_in("edition"), picture())
    visitor = signed_in(None)
    answer = visitor.get(address(visitor, show(image)))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, max-age=600"
    assert "Cookie" not in answer.get("Vary", "")
    assert not tells(answer.content)
    assert Image.open(io.BytesIO(answer.content)).size == (200, 300)
    assert not tells(original(image))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_whatever_its_format_an_original_tells_nothing_and_stands_upright(signed_in, kind):
    content = picture(kind)
    assert tells(content)
    image = added(signed_in("edition"), content, f"photo.{kind.lower()}")
    assert not tells(original(image))
    size = (300, 200) if kind == "GIF" else (200, 300)
    assert (image.width, image.height) == size == Image.open(io.BytesIO(original(image))).size
    assert image.file_size == len(original(image))


def test_several_images_at_once_a_replaced_file_and_an_import_lose_their_place_too(signed_in):
    editor = signed_in("admin")
    several = {"title": "Une autre", "collection": "1", "files[]": SimpleUploadedFile("a.jpg", picture())}
    assert editor.post("/admin/images/multiple/add/", several).json()["success"]
    image = get_image_model().objects.latest("pk")
    assert not tells(original(image))

    form = {"title": "La même", "collection": "1", "file": SimpleUploadedFile("b.jpg", picture(size=(90, 60)))}
    assert editor.post(f"/admin/images/{image.pk}/", form).status_code == 302
    assert not tells(original(image))
    assert image.width == 60

    imported = get_image_model()(title="Importée")
    imported.file.save("importee.jpg", ContentFile(picture()), save=False)
    imported.save()
    assert not tells(original(imported))


def test_an_animation_keeps_moving(signed_in):
    stream = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    frames[0].save(stream, "GIF", save_all=True, append_images=frames[1:], duration=80, loop=0, comment=b"Camille")
    image = added(signed_in("edition"), stream.getvalue(), "anime.gif")
    kept = Image.open(io.BytesIO(original(image)))
    assert (kept.n_frames, kept.info["duration"], b"Camille" in original(image)) == (3, 80, False)


def test_an_image_that_cannot_be_read_is_refused_beside_its_field(signed_in):
    form = {"title": "Coupée", "collection": "1", "file": SimpleUploadedFile("coupee.jpg", picture()[:4000])}
    answer = signed_in("edition").post("/admin/images/add/", form)
    assert answer.status_code == 200
    assert "ne peut pas être lue" in answer.content.decode()
    assert not get_image_model().objects.exists()


def test_the_image_of_a_card_for_members_is_given_to_members_alone_and_kept_by_no_cache_for_all(signed_in):
    image = added(signed_in("edition"), picture())
    card = show(image, Visibility.MEMBRES)
    where = address(signed_in("membre"), card)
    answers = {role: signed_in(role).get(where) for role in ROLES}
    assert {role for role, answer in answers.items() if answer.status_code == 404} == {None, "attente"}
    assert {answer["Cache-Control"] for answer in answers.values() if answer.status_code == 200} == {
        "private, no-store"
    }


def test_an_image_that_no_page_shows_yet_is_for_editors(signed_in):
    image = added(signed_in("edition"), picture())
    where = image.get_rendition("max-165x165").url
    assert signed_in("edition").get(where).status_code == 200
    assert {signed_in(role).get(where).status_code for role in (None, "membre")} == {404}


def test_an_image_is_not_sent_again_to_who_has_it(signed_in):
    visitor = signed_in(None)
    where = address(visitor, show(added(signed_in("edition"), picture())))
    etag = visitor.get(where)["ETag"]
    again = visitor.get(where, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_originals_and_files_of_groups_have_no_address(signed_in, media):
    image = added(signed_in("edition"), picture())
    show(image)
    (media / "images").mkdir(exist_ok=True)
    (media / "images/secret.jpg").write_bytes(b"hors de la base")
    name = Path(image.file.name).name
    for path in (
        f"original_images/{name}", name, f"images/{name}", f"images/../original_images/{name}",
        f"images/%2e%2e/original_images/{name}", f"images/..%2foriginal_images%2f{name}", "images/secret.jpg",
        "images/", "", "documents/guide.pdf", "images/%00.jpg", "../settings.py",
    ):  # fmt: skip
        assert signed_in("admin").get(f"/media/{path}").status_code == 404, path
    assert image.file.url not in signed_in(None).get(CARD).content.decode()


def test_an_image_whose_file_is_lost_says_so_and_its_card_still_answers(signed_in):
    visitor, image = signed_in(None), added(signed_in("edition"), picture())
    card = show(image)
    where = address(visitor, card)
    rendition = image.renditions.get(file=where.removeprefix("/media/"))
    rendition.file.storage.delete(rendition.file.name)
    lost = visitor.get(where)
    assert lost.status_code == 404
    assert "Cette image n’est plus sur le site" in lost.content.decode()
    image.file.storage.delete(image.file.name)
    image.renditions.all().delete()
    assert visitor.get(card.url).status_code == 200


def document_of(visibility_login: bool = False):
    document = get_document_model()(title="Un guide")
    document.file.save("guide.pdf", ContentFile(b"%PDF-1.4 guide"), save=False)
    document.save()
    return document


def test_a_document_is_given_by_the_rights_of_the_pages_that_use_it(signed_in):
    from wagtail.models import PageViewRestriction

    document = document_of()
    assert given(signed_in(None), document.url).status_code == 404
    assert given(signed_in("edition"), document.url).status_code == 200
    resource = ResourcePage.objects.live().first()
    resource.audio = document
    resource.save_revision(clean=False).publish()
    assert given(signed_in(None), document.url).status_code == 200
    PageViewRestriction.objects.create(page=resource, restriction_type=PageViewRestriction.LOGIN)
    assert given(signed_in(None), document.url).status_code == 404
    assert given(signed_in("membre"), document.url).status_code == 200


def test_a_document_whose_file_is_lost_says_so(signed_in):
    document = document_of()
    document.file.storage.delete(document.file.name)
    lost = given(signed_in("edition"), document.url)
    assert lost.status_code == 404
    assert "Ce document n’est plus sur le site" in lost.content.decode()


# Documents of editors, portraits, and what is larger than memory


def test_a_document_loses_its_author_and_a_signed_one_stays_as_it_is(client):
    import docx

    written = docx.Document()
    written.add_paragraph("Le texte")
    written.core_properties.author = written.core_properties.last_modified_by = "Camille Durand"
    written.save(stream := io.BytesIO())
    document = get_document_model().objects.create(
        title="Guide", file=ContentFile(stream.getvalue(), name="guide.docx")
    )
    document.refresh_from_db()
    with document.file.open("rb") as file:
        kept = docx.Document(io.BytesIO(file.read()))
    assert kept.core_properties.author in {"", None}
    assert kept.paragraphs[0].text == "Le texte"
    assert document.file_size == document.file.size
    damaged = get_document_model().objects.create(title="Scan", file=ContentFile(b"%PDF-1.4 x", name="scan.pdf"))
    assert original(damaged) == b"%PDF-1.4 x"


def test_the_portrait_of_an_editor_loses_its_place(account):
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(account("edition"))
    profile.avatar.save("moi.jpg", ContentFile(picture()))
    with profile.avatar.open("rb") as file:
        assert not tells(file.read())


def huge() -> bytes:
    """A PNG of a few hundred bytes whose header announces 12 gigabytes of pixels."""
    import struct
    import zlib

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 60_000, 50_000, 8, 6, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def test_an_image_larger_than_memory_is_refused_in_words_wherever_one_enters(account):
    from wagtail.admin.forms.account import AvatarPreferencesForm
    from wagtail.images.forms import get_image_form
    from wagtail.users.models import UserProfile

    from exchange_groups.uploads import check_files
    from practices.editorial.photos import PhotoRefused, encode_photo

    def upload():
        return SimpleUploadedFile("grande.png", huge(), "image/png")

    admin = get_image_form(get_image_model())({"title": "x"}, {"file": upload()})
    assert "trop grande" in str(admin.errors["file"])
    portrait = AvatarPreferencesForm({}, {"avatar": upload()}, instance=UserProfile.get_for_user(account("edition")))
    assert portrait.errors["avatar"]
    _taken, (refusal,) = check_files([upload()])
    assert "trop grande" in str(refusal)
    with pytest.raises(PhotoRefused, match="trop grande"):
        encode_photo(upload())
