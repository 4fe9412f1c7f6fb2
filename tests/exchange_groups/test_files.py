"""Files joined to topics: kept beside the form, silent on a masked author, answered for when lost."""

import datetime
import io
import re
import uuid
import zipfile

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl.comments import Comment
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from exchange_groups.models import KeptFile, Topic, TopicFile
from exchange_groups.services import moderation
from exchange_groups.services.kept_files import forget_old_files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]

NEW = "/groupes/cip-ile-de-france/sujets/nouveau/"
NAME = "Camille Durand"
GPS = 0x8825


def written(**fields):
    return {
        "type": "besoin", "title": "Un lieu calme", "body": "Il nous manque un lieu calme le matin.",
        "submission_key": str(uuid.uuid4()),
    } | fields  # fmt: skip


def upload(name: str, content: bytes = b"Quelques lignes.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def photo(kind: str = "JPEG") -> bytes:
    told = Image.Exif()
    told[0x013B] = NAME
    told.get_ifd(GPS).update({1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 3.0)})
    stream = io.BytesIO()
    Image.effect_noise((60, 40), 60).convert("RGB").save(stream, kind, exif=told)
    return stream.getvalue()


def pdf() -> bytes:
    writer = PdfWriter()
    Image.open(io.BytesIO(photo())).save(pictured := io.BytesIO(), "PDF")
    writer.append(PdfReader(pictured))
    note = FreeText(text="Une remarque", rect=(10, 10, 50, 50))
    note[NameObject("/T")] = TextStringObject(NAME)
    writer.add_annotation(0, note)
    writer.add_metadata({"/Author": NAME, "/Creator": NAME})
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def word() -> bytes:
    document = docx.Document()
    paragraph = document.add_paragraph("Le texte du document.")
    document.add_picture(io.BytesIO(photo()))
    document.add_comment(paragraph.runs, text="À revoir", author=NAME, initials="CD")
    document.core_properties.author = document.core_properties.last_modified_by = NAME
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def sheet() -> bytes:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "Le texte du tableau"
    workbook.active["A1"].comment = Comment(f"{NAME}:\nà revoir", NAME)
    workbook.properties.creator = workbook.properties.lastModifiedBy = NAME
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def open_text() -> bytes:
    office = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "meta.xml",
            f"<office:document-meta {office}><office:meta><dc:creator>{NAME}</dc:creator></office:meta>"
            "</office:document-meta>",
        )
        archive.writestr(
            "content.xml",
            f"<office:document-content {office}><office:body><office:annotation><dc:creator>{NAME}</dc:creator>"
            "<dc:text>À revoir</dc:text></office:annotation>Le texte du document.</office:body></office:document-content>",
        )
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return stream.getvalue()


def everything_in(content: bytes) -> bytes:
    """Return what a file holds, its archive or its streams opened."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return b"\n".join(archive.read(name) for name in archive.namelist())
    if content.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(content))
        notes = [[note.get_object() for note in page.get("/Annots", [])] for page in reader.pages]
        return content + repr((reader.metadata, notes)).encode()
    return content


MADE = {"pdf": pdf, "docx": word, "xlsx": sheet, "odt": open_text, "jpg": photo, "png": lambda: photo("PNG")}


def stored(file: TopicFile) -> bytes:
    with file.file.open("rb") as opened:
        return opened.read()


def kept_ids(html: str) -> list[str]:
    return re.findall(r'name="kept_file" value="([^"]+)"', html)


class TestMaskedAuthor:
    @pytest.mark.parametrize("ending", MADE)
    def test_neither_the_file_nor_its_name_tells_who_joined_it(self, signed_in, ending):
        content = MADE[ending]()
        assert NAME.encode() in everything_in(content)
        answer = signed_in("karim").post(NEW, written(masked="on", files=[upload(f"{NAME}.{ending}", content)]))
        assert answer.status_code == 303
        file = TopicFile.objects.get()
        assert file.name == f"fichier-1.{ending}"
        for trace in (NAME, "Camille", "Durand", "Exif"):
            assert trace.encode() not in everything_in(stored(file)), trace
        assert file.size == len(stored(file))
        reader = signed_in("membre")
        page = reader.get(file.topic.get_absolute_url()).content.decode()
        assert "fichier-1" in page
        assert "Durand" not in page
        given = reader.get(file.get_absolute_url())
        assert given.getvalue() == stored(file)  # read to its end, it is closed
        assert "Durand" not in given["Content-Disposition"]

    def test_the_documents_still_open_and_say_the_same(self, signed_in):
        files = [upload(f"{ending}.{ending}", MADE[ending]()) for ending in ("docx", "xlsx", "pdf")]
        signed_in("karim").post(NEW, written(masked="on", files=files))
        office, table, page = (io.BytesIO(stored(file)) for file in TopicFile.objects.all())
        document = docx.Document(office)
        assert document.paragraphs[0].text == "Le texte du document."
        assert len(document.inline_shapes) == 1
        assert [comment.text for comment in document.comments] == ["À revoir"]
        workbook = openpyxl.load_workbook(table)
        assert workbook.active["A1"].value == "Le texte du tableau"
        assert "à revoir" in workbook.active["A1"].comment.text
        assert len(PdfReader(page).pages[0].images) == 1

    @pytest.mark.parametrize("what", ["protected", "signed", "damaged", "with a file inside", "damaged office"])
    def test_what_cannot_be_freed_of_its_author_is_refused_and_nothing_is_lost(self, signed_in, what):
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
        if what == "protected":
            writer.encrypt("secret")
        elif what == "with a file inside":
            writer.add_attachment("autre.txt", b"de Camille")
        elif what == "signed":
            signature = writer._add_object(DictionaryObject({NameObject("/Type"): NameObject("/Sig")}))
            writer.root_object[NameObject("/Perms")] = signature
        writer.write(stream := io.BytesIO())
        name, content = "note.pdf", stream.getvalue()
        if what == "damaged":
            content = b"%PDF-1.4 coupure"
        elif what == "damaged office":
            name, content = "note.docx", b"PK\x03\x04 coupure"
        browser = signed_in("karim")
        answer = browser.post(NEW, written(masked="on", files=[upload(name, content)]))
        html = answer.content.decode()
        assert answer.status_code == 422
        assert "ne masquez pas votre nom" in html
        assert "Il nous manque un lieu calme" in html
        assert not Topic.objects.filter(title="Un lieu calme").exists()
        # The same file goes under one's own name.
        assert browser.post(NEW, written(kept_file=kept_ids(html))).status_code == 303
        assert TopicFile.objects.get().name == name

    def test_a_name_masked_only_once_the_files_are_kept_is_masked_in_them_too(self, signed_in):
        browser = signed_in("karim")
        html = browser.post(NEW, written(title="", files=[upload(f"{NAME}.docx", word())])).content.decode()
        assert browser.post(NEW, written(masked="on", kept_file=kept_ids(html))).status_code == 303
        assert TopicFile.objects.get().name == "fichier-1.docx"
        assert NAME.encode() not in everything_in(stored(TopicFile.objects.get()))

    def test_a_topic_masked_after_its_files_were_joined_gives_them_without_its_author(self, signed_in):
        signed_in("karim").post(
            NEW, written(files=[upload(f"{NAME}.docx", word()), upload(f"{NAME}.pdf", b"%PDF-1.4 x")])
        )
        topic = Topic.objects.get(title="Un lieu calme")
        Topic.objects.filter(pk=topic.pk).update(masked=True)
        reader = signed_in("membre")
        assert "Durand" not in reader.get(topic.get_absolute_url()).content.decode()
        document, protected = topic.files.all()
        answer = reader.get(document.get_absolute_url())
        assert "fichier-1.docx" in answer["Content-Disposition"]
        assert NAME.encode() not in everything_in(b"".join(answer.streaming_content))
        refused = reader.get(protected.get_absolute_url())
        assert refused.status_code == 404
        assert "il n’est plus donné" in refused.content.decode()

    def test_under_one_s_own_name_a_file_keeps_its_name_and_says_nothing_more_of_its_author(self, signed_in):
        for ending, made in MADE.items():
            signed_in("karim").post(NEW, written(files=[upload(f"trame.{ending}", made())]))
        for file in TopicFile.objects.all():
            assert file.name == f"trame.{file.name.rpartition('.')[2]}"
            for trace in (NAME, "Camille", "Durand", "Exif"):
                assert trace.encode() not in everything_in(stored(file)), (file.name, trace)
        assert TopicFile.objects.count() == len(MADE)


class TestAMergedTopic:
    def merged(self, signed_in, **fields) -> tuple[Topic, TopicFile]:
        signed_in("karim").post(NEW, written(files=[upload(f"{NAME}.docx", word())], **fields))
        signed_in("karim").post(NEW, written(title="Un autre lieu"))
        topic, into = (Topic.objects.get(title=title) for title in ("Un lieu calme", "Un autre lieu"))
        moderation.merge_topics(topic=topic, into=into)
        return into, TopicFile.objects.get()

    def test_keeps_its_files_where_its_words_went(self, signed_in):
        into, file = self.merged(signed_in)
        reader = signed_in("membre")
        page = reader.get(into.get_absolute_url()).content.decode()
        assert file.get_absolute_url() in page
        assert file.name in page
        assert reader.get(file.get_absolute_url()).getvalue() == stored(file)

    def test_keeps_its_author_masked_in_a_topic_that_is_not(self, signed_in):
        into, file = self.merged(signed_in, masked="on")
        assert file.topic == into
        assert file.name == "fichier-1.docx"
        signed_in("karim").post(NEW, written(title="Un troisième", files=[upload(f"{NAME}.pdf", b"%PDF-1.4 x")]))
        late = Topic.objects.get(title="Un troisième")
        Topic.objects.filter(pk=late.pk).update(masked=True)  # masked since: its file still names its author
        late.refresh_from_db()
        with pytest.raises(moderation.FilesWouldGo):
            moderation.merge_topics(topic=late, into=into)
        assert moderation.merge_topics(topic=late, into=into, files_may_go=True) == 1
        page = signed_in("membre").get(into.get_absolute_url()).content.decode()
        assert "Durand" not in page
        assert [one.pk for one in into.files.all()] == [file.pk], "what cannot be freed of its author follows nowhere"
        assert not late.files.exists(), "and nobody reads it where it was"

    def test_tells_who_merges_before_and_after_that_a_file_goes(self, signed_in):
        signed_in("karim").post(NEW, written(files=[upload(f"{NAME}.pdf", b"%PDF-1.4 x"), upload("note.txt")]))
        signed_in("karim").post(NEW, written(title="Un autre lieu"))
        topic, into = (Topic.objects.get(title=title) for title in ("Un lieu calme", "Un autre lieu"))
        leader, address = signed_in("animation"), f"{topic.get_absolute_url()}animer/"
        told, chosen = "1 fichier joint sera effacé", {"action": "fusionner", "into": into.pk}
        assert told not in leader.get(address).content.decode(), "a name that is shown goes nowhere"
        Topic.objects.filter(pk=topic.pk).update(masked=True)
        assert told in leader.get(address).content.decode()
        answer = leader.post(address, chosen)
        assert answer.status_code == 422
        assert told in answer.content.decode()
        assert TopicFile.objects.filter(topic=topic).count() == 2
        page = leader.post(address, chosen | {"files_may_go": "on"}, follow=True).content.decode()
        assert "1 fichier n’a pas suivi et est effacé" in page
        assert [file.media_type.partition(";")[0] for file in TopicFile.objects.filter(topic=into)] == ["text/plain"]


class TestKeptBesideTheForm:
    def sent(self, browser, **fields) -> str:
        answer = browser.post(NEW, written(**fields))
        assert answer.status_code in {422, 429}
        return answer.content.decode()

    def test_files_stay_when_the_guard_asks_to_read_again(self, signed_in):
        browser = signed_in("karim")
        told = {"title": "Que dire à Mme Traoré ?"}
        html = self.sent(browser, **told, files=[upload("a.txt"), upload("b.txt", b"Autre chose")])
        assert "Gardé avec ce sujet : a.txt" in html
        assert not TopicFile.objects.exists()
        answer = browser.post(NEW, written(**told, personal_data_checked="on", kept_file=kept_ids(html)))
        assert answer.status_code == 303
        files = {file.name: stored(file) for file in TopicFile.objects.all()}
        assert files == {"a.txt": b"Quelques lignes.", "b.txt": b"Autre chose"}
        assert not KeptFile.objects.exists()

    @pytest.mark.parametrize("wrong", [{"title": ""}, {"type": "autre"}, {"submission_key": "x"}, {"quoted_page": "0"}])
    def test_files_stay_whatever_brings_the_form_back(self, signed_in, wrong):
        assert len(kept_ids(self.sent(signed_in("karim"), **wrong, files=[upload("a.txt")]))) == 1

    def test_files_stay_when_the_pace_or_a_word_is_refused(self, signed_in, settings):
        settings.TOPIC_PACE = (0, 60)
        assert len(kept_ids(self.sent(signed_in("karim"), files=[upload("a.txt")]))) == 1

    def test_a_refused_file_does_not_take_the_others_away(self, signed_in):
        html = self.sent(signed_in("karim"), files=[upload("a.txt"), upload("b.exe"), upload("vide.txt", b"")])
        assert len(kept_ids(html)) == 1
        assert "Ce type de fichier" in html
        assert "« vide.txt » est vide" in html

    def test_too_many_are_kept_so_that_one_chooses(self, signed_in):
        browser = signed_in("karim")
        html = self.sent(browser, title="", files=[upload("a.txt"), upload("b.txt")])
        html = self.sent(browser, kept_file=kept_ids(html), files=[upload("c.txt"), upload("d.txt")])
        assert "3 fichiers au plus" in html
        first, *others = kept_ids(html)
        html = browser.post(NEW, written(kept_file=[first, *others], retirer=first)).content.decode()
        assert kept_ids(html) == others
        assert browser.post(NEW, written(kept_file=others)).status_code == 303
        assert [file.name for file in TopicFile.objects.all()] == ["b.txt", "c.txt", "d.txt"]

    def test_one_is_taken_away_and_what_was_typed_stays(
        self, signed_in, private_files, django_capture_on_commit_callbacks
    ):
        browser = signed_in("karim")
        ids = kept_ids(self.sent(browser, title="", files=[upload("a.txt"), upload("b.txt")]))
        with django_capture_on_commit_callbacks(execute=True):
            answer = browser.post(NEW, written(kept_file=ids, retirer=ids[0], masked="on", files=[upload("c.txt")]))
        html = answer.content.decode()
        assert answer.status_code == 200
        assert "Il nous manque un lieu calme" in html
        assert answer.context["form"]["masked"].value() == "on"
        assert [one.name for one in KeptFile.objects.all()] == ["b.txt", "c.txt"]
        assert len([path for path in private_files.rglob("*") if path.is_file()]) == 2

    def test_a_draft_keeps_its_files(self, signed_in):
        browser = signed_in("karim")
        answer = browser.post(NEW, written(brouillon="1", files=[upload("a.txt"), upload("b.exe")]), follow=True)
        assert "Ce type de fichier" in answer.content.decode()
        html = browser.get(NEW).content.decode()
        assert browser.post(NEW, written(kept_file=kept_ids(html))).status_code == 303
        assert TopicFile.objects.get().name == "a.txt"

    def test_only_who_sent_a_file_sees_it_claims_it_or_takes_it_away(self, signed_in):
        ids = kept_ids(self.sent(signed_in("karim"), title="", files=[upload("a.txt")]))
        other = signed_in("membre")
        other.post(NEW, written(brouillon="1"))
        assert "a.txt" not in other.get(NEW).content.decode()
        html = self.sent(other, kept_file=ids)
        assert "n’est plus gardé" in html
        assert "a.txt" not in html
        other.post(NEW, written(kept_file=ids, retirer=ids[0]))
        assert signed_in("karim").post(NEW, written(kept_file=ids)).status_code == 303
        assert self.sent(other, kept_file=["x", "", str(uuid.uuid4())])

    def test_a_kept_file_has_no_address(self, signed_in):
        (pk,) = kept_ids(self.sent(signed_in("karim"), title="", files=[upload("a.txt")]))
        assert signed_in("karim").get(reverse("topic_file", args=[pk])).status_code == 404

    def test_sending_twice_opens_once(self, signed_in):
        browser = signed_in("karim")
        ids = kept_ids(self.sent(browser, title="", files=[upload("a.txt")]))
        form = written(kept_file=ids)
        assert {browser.post(NEW, form).status_code for _time in range(2)} == {303}
        assert TopicFile.objects.count() == 1

    def test_a_kept_file_that_is_gone_is_asked_again(self, signed_in, private_files):
        browser = signed_in("karim")
        ids = kept_ids(self.sent(browser, title="", files=[upload("a.txt")]))
        for path in private_files.rglob("*"):
            if path.is_file():
                path.unlink()
        assert "Choisissez-le de nouveau" in self.sent(browser, kept_file=ids)

    def test_what_was_never_published_is_forgotten_after_a_week(
        self, signed_in, private_files, django_capture_on_commit_callbacks
    ):
        self.sent(signed_in("karim"), title="", files=[upload("a.txt")])
        now = timezone.now()
        assert forget_old_files(now=now + datetime.timedelta(days=6)) == 0
        with django_capture_on_commit_callbacks(execute=True):
            assert forget_old_files(now=now + datetime.timedelta(days=8)) == 1
        assert not [path for path in private_files.rglob("*") if path.is_file()]


def test_a_file_lost_by_the_storage_says_so(signed_in):
    signed_in("karim").post(NEW, written(files=[upload("a.txt")]))
    file = TopicFile.objects.get()
    file.file.storage.delete(file.file.name)
    answer = signed_in("membre").get(file.get_absolute_url())
    assert answer.status_code == 404
    assert "Ce fichier n’est plus sur le site" in answer.content.decode()


def test_a_topic_removed_takes_its_files_off_the_storage(
    signed_in, account, private_files, django_capture_on_commit_callbacks
):
    from exchange_groups.services.moderation import decide_topic_report, report_topic

    signed_in("karim").post(NEW, written(files=[upload("a.txt")]))
    topic = Topic.objects.get(title="Un lieu calme")
    report_topic(topic=topic, reporter=account("membre"), reason="autre")
    with django_capture_on_commit_callbacks(execute=True):
        decide_topic_report(topic=topic, outcome="removed", by=account("animation"), reason="Hors sujet")
    assert not [path for path in private_files.rglob("*") if path.is_file()]
