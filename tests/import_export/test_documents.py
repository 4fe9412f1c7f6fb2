"""What was written elsewhere comes in: Markdown, HTML, WordPress's export, an archive of those; nothing invented, all undone."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from practices.import_export.documents.site_text import converted, site_text
from practices.import_export.importer import Line
from practices.import_export.limits import FileRefused
from practices.import_export.models import CardImport
from practices.import_export.options import Options
from practices.import_export.parsing import read_file
from practices.import_export.services import NothingToUndo, run_queued_import, undo_import
from practices.models import PracticePage, ResourceIndexPage, ResourcePage, Theme, ToolIndexPage, ToolPage

pytestmark = pytest.mark.django_db
MARKDOWN = """---
title: Appeler plutôt qu’écrire
description: Un appel court vaut mieux qu’un long message.
tags: [Téléphone, rien-de-tel]
date: 2024-02-14T07:52:23.335Z
author: Réseau d’essai
---

Trois mots avant tout.

## Objectif

Garder le lien.

## Déroulement

1. **Choisir l’heure** avec la personne
2. Appeler depuis un lieu calme

## Limites

Pas pour annoncer une [rupture](https://example.org/rupture) ; voir aussi [ici](../autre/).

| Quand | Combien |
|---|---|
| matin | 5 min |
"""
WORDPRESS = """<?xml version="1.0"?><rss xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><link>https://exemple.example</link>
<item><title>Un guide de la data</title><link>https://exemple.example/guide/</link><dc:creator>equipe</dc:creator>
<content:encoded><![CDATA[Premier paragraphe.

[caption id="a"]Une <strong>légende</strong>[/caption]

Voir <a href="/suite/">la suite</a>.]]></content:encoded>
<excerpt:encoded><![CDATA[Ce que coûte une heure.]]></excerpt:encoded>
<wp:post_id>7</wp:post_id><wp:post_name>guide</wp:post_name><wp:post_type>post</wp:post_type>
<wp:post_date>2023-05-04 10:00:00</wp:post_date><wp:status>publish</wp:status></item>
<item><title>image</title><wp:post_type>attachment</wp:post_type></item></channel></rss>"""
PAGE = """<!doctype html><html><head><title>Relier | Le site</title><meta name="description" content="Un outil."></head>
<body><nav>Menu</nav><main><h1>Relier</h1><p>Dire <b>bonjour</b>.</p><script>alert(1)</script></main></body></html>"""


def archive(**files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, text in files.items():
            made.writestr(f"site-1.0/{name.replace('__', '.')}", text)
    return stream.getvalue()


def bring_in(account, place, content, *, name="", role="admin", **options):
    from practices.import_export.services import import_cards  # noqa: PLC0415

    return import_cards(content=content, section=place, by=account(role), name=name, options=Options(**options))


def test_html_becomes_the_text_of_the_site_with_its_lists_links_and_tables():
    html = (
        "<h2>Un</h2><p>a <a href='https://e.org/x'>b</a><br>c</p><ul><li>d<ul><li>e</li></ul></li></ul><ol><li>f</ol>"
    )
    html += "<blockquote><p>g</p></blockquote><table><tr><th>h<th>i<tr><td>1<td>2</table><img alt='j' src='/k.png'>"
    expected = "## Un\n\na b (https://e.org/x)\nc\n\n- d\n- e\n\n1. f\n\n> g\n\n- h : 1 ; i : 2\n\n[Image : j] (https://e.org/k.png)"
    assert site_text(converted(html, base="https://e.org/").blocks) == expected


def test_a_markdown_sheet_becomes_a_draft_of_a_card_with_its_steps_and_no_value_invented(account, section):
    theme = Theme.objects.first()
    content = MARKDOWN.replace("Téléphone", theme.name).encode()
    report = bring_in(account, section, content, name="appeler.md", lenient=True)
    assert [line.outcome for line in report.lines] == [Line.CREATED]
    card = PracticePage.objects.get(title="Appeler plutôt qu’écrire")
    assert not card.live
    assert card.summary == "Un appel court vaut mieux qu’un long message."
    assert [step.value["title"] for step in card.steps] == [
        "Choisir l’heure avec la personne",
        "Appeler depuis un lieu calme",
    ]
    assert "rupture (https://example.org/rupture)" in card.limits
    assert "- Quand : matin ; Combien : 5 min" in card.limits
    assert (card.objective, card.kind, card.challenges) == ("Garder le lien.", "", [])
    assert [one.tag for one in card.theme_items.all()] == [theme]
    told = " ".join(report.lines[0].messages)
    assert "../autre/" in told
    assert "Nature" in told
    assert "rien-de-tel" in told


def test_an_export_of_wordpress_and_a_page_become_resources_and_tools(account):
    bring_in(account, ResourceIndexPage.objects.get(), WORDPRESS.encode(), lenient=True)
    made = ResourcePage.objects.get(title="Un guide de la data")
    assert made.summary == "Ce que coûte une heure."
    assert "la suite (https://exemple.example/suite/)" in made.body
    assert "caption" not in made.body
    assert str(made.published_on) == "2023-05-04"
    bring_in(account, ToolIndexPage.objects.get(), PAGE.encode(), name="relier.html", lenient=True)
    tool = ToolPage.objects.get(title="Relier")
    assert (tool.summary, tool.skill_level, tool.live) == ("Un outil.", None, False)
    assert "Menu" not in tool.description


def test_an_archive_is_imported_again_under_another_folder_without_making_anything_twice(account, section):
    bring_in(account, section, archive(a__md="# Un\n\n## Limites\n\nx", README__md="# Non"), lenient=True)
    again = archive(a__md="# Un\n\n## Limites\n\ny").replace(b"site-1.0/", b"site-2.0/")
    assert [line.outcome for line in bring_in(account, section, again, lenient=True).lines] == [Line.UPDATED]
    assert not PracticePage.objects.filter(title="Non").exists()


def test_a_document_that_cannot_be_read_stops_the_file_or_stays_aside(account, section):
    content = archive(a__md="# Un", b__md="---\na: [\n---\n# Deux")
    assert bring_in(account, section, content, lenient=True).errors == 1
    assert not PracticePage.objects.filter(title="Un").exists()
    bring_in(account, section, content, lenient=True, line_by_line=True)
    assert PracticePage.objects.filter(title="Un").exists()


def test_a_page_of_the_same_title_is_proposed_then_updated_or_left_aside(account, section):
    known = PracticePage.objects.child_of(section).live().first()
    content = f"---\ntitle: {known.title}\n---\n## Adaptations\n\nAutrement.".encode()
    line = bring_in(account, section, content, name="x.md", decisions={"1": "aside"}).lines[0]
    assert (line.outcome, line.alike[0][0]) == (Line.ASIDE, known.pk)
    line = bring_in(account, section, content, name="x.md", decisions={"1": str(known.pk)}).lines[0]
    assert line.outcome == Line.UPDATED
    assert known.specific_class.objects.get(pk=known.pk).get_latest_revision_as_object().adaptations == "Autrement."


def test_the_screen_maps_headings_then_imports_and_undoes(signed_in, account):
    browser = signed_in("admin")
    place = ResourceIndexPage.objects.get()
    file = SimpleUploadedFile("guide.md", b"# Guide\n\n## Conseils\n\nLisez.")
    where = browser.post("/admin/fiches/tableaux/", {"file": file, "section": place.pk})["Location"]
    kept = CardImport.objects.get()
    names = {heading["name"]: f"heading-{place}" for place, heading in enumerate(kept.report["headings"])}
    assert "Comment le fichier est lu" in browser.get(where).content.decode()
    browser.post(where, {"relire": "1", "lenient": "on", names["Conseils"]: "transcript", names["Titre"]: "title"})
    browser.post(where)
    run_queued_import(card_import_id=kept.pk)
    made = ResourcePage.objects.get(title="Guide")
    assert made.transcript == "Lisez."
    assert "Défaire cet import" in browser.get(where).content.decode()
    browser.post(where, {"defaire": "1"})
    assert not ResourcePage.objects.filter(title="Guide").exists()
    with pytest.raises(NothingToUndo):
        undo_import(card_import=kept, by=account("admin"))


def test_undoing_gives_back_what_was_changed_and_leaves_what_somebody_took_up_since(account, section):
    first, second = PracticePage.objects.child_of(section).live()[:2]
    rows = f"Identifiant;Adaptations\n{first.slug};Neuf\n{second.slug};Neuf\n".encode()
    by = account("admin")
    kept = CardImport.objects.create(section=section, created_by=by, file_name="a.csv", content=rows, state="queued")
    run_queued_import(card_import_id=kept.pk)
    second.refresh_from_db()
    second.get_latest_revision_as_object().save_revision(user=by)
    assert undo_import(card_import=kept, by=by) == [second.title]
    drafts = [
        PracticePage.objects.get(pk=page.pk).get_latest_revision_as_object().adaptations for page in (first, second)
    ]
    assert drafts == [first.adaptations, "Neuf"]


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04cut.md",
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b">]><rss xmlns:wp="http://wordpress.org/export/1.2/"/>',
    ],
)
def test_a_broken_or_hostile_file_is_refused_in_words(content):
    with pytest.raises(FileRefused):
        read_file(content)
