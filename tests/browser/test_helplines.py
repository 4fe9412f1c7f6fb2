"""The numbers to call, in a real browser: while one writes, without holding anything back."""

from playwright.sync_api import expect

NEW = "/groupes/cip-ile-de-france/sujets/nouveau/"


def test_numbers_show_while_one_writes_of_a_danger_and_go_with_it(open_page):
    page = open_page(NEW, role="karim")
    text = page.get_by_label("Votre texte")
    text.fill("Elle dit qu’elle veut en finir.")
    number = page.get_by_role("link", name="3114")
    expect(number).to_be_visible()
    text.fill("Elle cherche une feuille simple.")
    expect(number).to_have_count(0)


def test_without_script_numbers_stand_under_what_was_published(open_page):
    page = open_page(NEW, role="karim", javascript=False)
    page.get_by_label("Titre").fill("Comment réagir au téléphone ?")
    page.get_by_label("Votre texte").fill("Une personne me parle de mourir.")
    page.get_by_role("button", name="Publier dans le groupe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Comment réagir au téléphone ?")
    expect(page.get_by_role("link", name="3114")).to_be_visible()
