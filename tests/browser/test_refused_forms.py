"""A form that is refused: the summary of what to correct has the focus, is announced, and leads to the field."""

from practices.models import PracticePage


def test_what_to_correct_is_announced_first_and_leads_to_its_field(open_page):
    page = open_page("/outils/comparer/?mo=abc", javascript=False)
    summary = page.locator("main > .refused")
    page.wait_for_function("document.activeElement.matches('.refused')")
    assert summary.aria_snapshot().startswith('- alert "À corriger"')
    summary.get_by_role("link").click()
    page.wait_for_function("document.activeElement.name === 'mo'")


def test_passages_that_are_pointed_at_are_masked_in_one_tap_without_the_network(open_page):
    card = PracticePage.objects.get(slug="lean-coffee-cip-60-minutes")
    page = open_page(f"/commentaires/page/{card.pk}/", role="membre")
    page.locator("main textarea").fill("Mme Diallo a signé, voyez avec elle au 06 12 34 56 78.")
    page.get_by_role("button", name="Publier").click()
    page.get_by_role("button", name="Masquer ces passages").wait_for()
    page.evaluate("import(document.querySelector('script[src*=masking]').src)")  # it hears the button from here on
    page.context.set_offline(True)
    page.get_by_role("button", name="Masquer ces passages").click()
    page.get_by_role("status").filter(has_text="C’est masqué.").wait_for()
    assert page.locator("main textarea").input_value() == "Mme [nom] a signé, voyez avec elle au [téléphone]."
    assert page.locator("main .error").count() == 0


def test_a_refused_page_is_open_to_all(wrong_on_pages):
    assert (
        wrong_on_pages(
            [(None, "/outils/comparer/?mo=abc"), (None, "/outils/calculer/?personnes=0&heures=1&mode=video")]
        )
        == []
    )


def test_no_mark_begins_a_line_on_the_smallest_phone(open_page):
    page = open_page("/pratiques/numerique-inclusif/choisir-audio-messagerie-visio/")
    page.set_viewport_size({"width": 320, "height": 640})
    alone = page.evaluate("""() => {
      const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
      while (words.nextNode()) {
        for (const { index } of words.currentNode.data.matchAll(/[:;!?»]/g)) {
          if (!index) continue;
          const [before, mark] = [index - 1, index].map((at) => {
            const range = document.createRange();
            range.setStart(words.currentNode, at);
            range.setEnd(words.currentNode, at + 1);
            return range.getBoundingClientRect();
          });
          if (mark.width && before.width && mark.top > before.bottom) found.push(words.currentNode.data);
        }
      }
      return found;
    }""")
    assert alone == []
