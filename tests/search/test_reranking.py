"""The second look at what the first ranking brings: what it prefers, all else being equal."""

from search.reranking import Candidate, Wanted, rerank

ASKED = ("ordinateur", "imprimante", "casque", "tablette")


def candidate(number, text):
    """A result whose terms are its words, first ranked like any other."""
    return Candidate(number, 10.0, "fiche", text, f"fiche | {text}")


def test_one_word_more_is_worth_more_than_the_others_said_again():
    wanted = [Wanted(word, frozenset([word]), 1.0) for word in ASKED]
    apart = " suite" * 20 + " "
    beginning = "suite " * 120
    every = candidate(1, beginning + apart.join(ASKED))
    again = candidate(2, beginning + apart.join(ASKED[:3] * 3))
    assert rerank(wanted, [again, every]) == [1, 2]


def test_equals_keep_the_order_of_the_first_ranking():
    wanted = [Wanted("casque", frozenset(["casque"]), 1.0)]
    assert rerank(wanted, [candidate(7, "un casque"), candidate(3, "un casque")]) == [7, 3]
