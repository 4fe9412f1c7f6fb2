"""What tells the author of a document, wherever the programs that write documents put it."""

import io
import zipfile
from contextlib import suppress

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, StreamObject, TextStringObject

from kb_site.media.authors import office, pdf
from kb_site.media.authors.embedded_images import bare_jpeg, bare_png
from kb_site.media.authors.errors import AuthorStays

NAME = "Camille"
HERE = rf"C:\Users\{NAME}\Images\atelier.jpg"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
EXTERNAL = '<Relationships><Relationship Id="a" Type="x/{}" Target="{}" TargetMode="External"/></Relationships>'


def archive(parts: dict[str, str | bytes]) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return stream


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as written:
        return {name: written.read(name) for name in written.namelist()}


def gif() -> bytes:
    Image.new("RGB", (8, 8)).save(stream := io.BytesIO(), "GIF", comment=NAME.encode())
    return stream.getvalue()


OFFICE = {
    "the place of a picture, as its description": (
        "word/document.xml",
        f'<w:document {WORD} xmlns:p="p"><p:cNvPr id="0" descr="{HERE}"/></w:document>',
    ),
    "the same on a Mac": ("word/document.xml", f'<w:document {WORD} w:descr="/Users/{NAME}/a.jpg"/>'),
    "a comment of the program": ("word/document.xml", f"<w:document {WORD}><!-- par {NAME} --></w:document>"),
    "an instruction of the program": ("word/document.xml", f"<?auteur {NAME}?><w:document {WORD}/>"),
    "the place of the model": ("word/_rels/settings.xml.rels", EXTERNAL.format("attachedTemplate", HERE)),
    "the model on a shared drive": (
        "word/_rels/settings.xml.rels",
        EXTERNAL.format("attachedTemplate", f"https://reseau.example/personal/{NAME}/Normal.dotm"),
    ),
    "a linked workbook": (
        "xl/externalLinks/_rels/externalLink1.xml.rels",
        EXTERNAL.format("externalLinkPath", f"../{NAME}/suivi.xlsx"),
    ),
    "a linked database": (
        "xl/connections.xml",
        f'<connections><connection sourceFile="{HERE}"><dbPr connection="User ID={NAME}"/></connection></connections>',
    ),
    "who shared a workbook": ("xl/revisions/userNames.xml", f'<users><userInfo name="{NAME}"/></users>'),
    "who has a view of a workbook": (
        "xl/workbook.xml",
        f'<workbook><customWorkbookView name="{NAME} – Affichage personnalisé"/></workbook>',
    ),
    "who refreshed a table": ("xl/pivotCache/p.xml", f'<pivotCacheDefinition refreshedBy="{NAME}"/>'),
    "who drew a picture": (
        "word/media/a.svg",
        f'<svg xmlns:dc="d" xmlns:cc="c"><dc:creator><cc:Agent><dc:title>{NAME}</dc:title></cc:Agent></dc:creator></svg>',
    ),
    "where a picture was drawn": ("word/media/a.svg", f'<svg xmlns:i="i" i:export-filename="/home/{NAME}/a.png"/>'),
    "a comment in a picture": ("word/media/a.gif", gif()),
    "properties under another name": (
        "docprops/Core.xml",
        f"<c:coreProperties xmlns:c='c' creator='{NAME}'><c:keywords>{NAME}</c:keywords></c:coreProperties>",
    ),
    "the field of the author": (
        "word/document.xml",
        f'<w:document {WORD}><w:fldSimple w:instr=" AUTHOR "><w:t>{NAME}</w:t></w:fldSimple></w:document>',
    ),
    "the field of the file, in pieces": (
        "word/footer1.xml",
        f'<w:ftr {WORD}><w:fldChar w:fldCharType="begin"/><w:instrText> FILE</w:instrText><w:instrText>NAME \\p '
        f'</w:instrText><w:fldChar w:fldCharType="separate"/><w:t>{HERE}</w:t><w:fldChar w:fldCharType="end"/></w:ftr>',
    ),
    "the author on a cover page": (
        "word/document.xml",
        f'<w:document {WORD}><w:sdt><w:sdtPr><w:dataBinding w:xpath="/n:coreProperties[1]/d:creator[1]"/></w:sdtPr>'
        f"<w:sdtContent><w:t>{NAME}</w:t></w:sdtContent></w:sdt></w:document>",
    ),
    "what macros keep": (
        "word/settings.xml",
        f'<w:settings {WORD}><w:docVars><w:docVar w:val="{NAME}"/></w:docVars></w:settings>',
    ),
    "an address book": (
        "word/settings.xml",
        f'<w:settings {WORD}><w:mailMerge><w:query w:val="{NAME}"/></w:mailMerge></w:settings>',
    ),
    "the field of the file in an open text": (
        "content.xml",
        f"<o:d xmlns:o='o' xmlns:text='t'><text:file-name>/home/{NAME}/a.odt</text:file-name></o:d>",
    ),
    "a linked picture in an open text": (
        "content.xml",
        f"<o:d xmlns:o='o' xmlns:x='x'><o:image x:href='../../{NAME}/a.jpg'/></o:d>",
    ),
}


@pytest.mark.parametrize("where", OFFICE)
def test_an_office_document_is_freed_of_its_author(where):
    part, content = OFFICE[where]
    assert NAME.encode() in (content if isinstance(content, bytes) else content.encode())
    assert NAME.encode() not in b"".join(opened(office.without_author(archive({part: content}))).values())


def test_what_the_author_wrote_stays_in_an_office_document():
    links = (
        '<Relationships><Relationship Id="a" Type="x/hyperlink" Target="https://exemple.org/a" TargetMode="External"/>'
        '<Relationship Id="b" Type="x/image" Target="../media/image1.png"/></Relationships>'
    )
    text = (
        f'<w:document {WORD}><w:t>Bonjour.</w:t><w:fldSimple w:instr=" PAGE "><w:t>12</w:t></w:fldSimple>'
        '<w:fldChar w:fldCharType="begin"/><w:instrText> AUTHOR </w:instrText><w:fldChar w:fldCharType="separate"/>'
        '<w:t>X</w:t><w:fldChar w:fldCharType="end"/><w:t>Au revoir.</w:t></w:document>'
    )
    bare = opened(office.without_author(archive({"word/document.xml": text, "word/_rels/d.rels": links})))
    for words in (b"Bonjour.", b">12<", b"Au revoir."):
        assert words in bare["word/document.xml"]
    assert b"https://exemple.org/a" in bare["word/_rels/d.rels"]
    assert b"../media/image1.png" in bare["word/_rels/d.rels"]


def test_a_damaged_office_document_is_refused_wherever_it_is_cut():
    parts = {f"word/part{number}.xml": f"<w:document {WORD}>{'Des mots. ' * 40}</w:document>" for number in range(3)}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    whole = stream.getvalue()
    cut = [whole[:-length] for length in range(1, len(whole), 7)]
    changed = [whole[:place] + b"\xdc" + whole[place + 1 :] for place in range(0, len(whole), 5)]
    missing = [whole[:place] + whole[place + 9 :] for place in range(0, len(whole), 5)]
    for content in (*cut, *changed, *missing):
        with suppress(AuthorStays):
            office.without_author(io.BytesIO(content))


def _box(kind: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4, "big") + kind + content


def _dictionary(**values: object) -> DictionaryObject:
    return DictionaryObject(
        {NameObject(f"/{name}"): value if not isinstance(value, str) else text(value) for name, value in values.items()}
    )


def text(value: str) -> NameObject | TextStringObject:
    return NameObject(value) if value.startswith("/") and NAME not in value else TextStringObject(value)


def _stream(data: bytes, **values: object) -> StreamObject:
    stream = StreamObject()
    stream.update(_dictionary(**values))
    stream._data = data
    return stream


RECT = ArrayObject([FloatObject(0)] * 4)
# Where in a PDF → the name of an entry of its root, and its value.
PDF = {
    "a photo of another kind": (
        "Photo",
        _stream(_box(b"jP  ", b"\r\n\x87\n") + _box(b"uuid", NAME.encode()), Subtype="/Image", Filter="/JPXDecode"),
    ),
    "a note without place": ("Notes", ArrayObject([_dictionary(Subtype="/Text", T=NAME)])),
    "who made a layer": ("Layers", _dictionary(Usage=_dictionary(CreatorInfo=_dictionary(Creator=NAME)))),
    "the place of a picture, as its description": ("Figure", _dictionary(S="/Figure", Alt=HERE)),
    "a link to another file": ("Link", _dictionary(S="/GoToR", F=_dictionary(Type="/Filespec", F=f"/C/Users/{NAME}/a.pdf"))),
    "a link to a place": ("Link", _dictionary(S="/URI", URI=f"file:///C:/Users/{NAME}/a.pdf")),
    "a second form": ("AcroForm", _dictionary(XFA=_stream(NAME.encode()))),
    "where it was fetched": ("SpiderInfo", _dictionary(C=NAME)),
}  # fmt: skip


@pytest.mark.parametrize("where", PDF)
def test_a_pdf_is_freed_of_its_author(where):
    entry, value = PDF[where]
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer._root_object[NameObject(f"/{entry}")] = writer._add_object(value)
    writer.write(stream := io.BytesIO())
    assert NAME.encode() in stream.getvalue()
    bare = pdf.without_author(stream)
    assert NAME.encode() not in bare
    assert len(PdfReader(io.BytesIO(bare)).pages) == 1


def test_a_second_picture_behind_a_photo_goes():
    told = Image.Exif()
    told[0x013B] = NAME
    picture = Image.effect_noise((60, 40), 60).convert("RGB")
    picture.save(stream := io.BytesIO(), "MPO", save_all=True, append_images=[picture], exif=told, progressive=True)
    joined = stream.getvalue() + NAME.encode()
    bare = bare_jpeg(joined)
    assert bare.endswith(b"\xff\xd9")
    for trace in (NAME.encode(), b"Exif", b"MPF"):
        assert trace in joined
        assert trace not in bare
    assert list(Image.open(io.BytesIO(bare)).get_flattened_data()) == list(Image.open(stream).get_flattened_data())


def test_a_picture_keeps_only_the_chunks_that_show_it():
    Image.new("RGB", (4, 4)).save(stream := io.BytesIO(), "PNG")
    plain = stream.getvalue()
    end = plain.index(b"IEND") - 4
    told = len(NAME).to_bytes(4, "big") + b"caBX" + NAME.encode() + b"\0\0\0\0"
    assert bare_png(plain[:end] + told + plain[end:]) == plain
