"""A table of cards, as an editor makes it."""

import csv
import io

ROW = {
    "Identifiant": "A-1", "Titre": "Le tour de table du lundi", "En une phrase": "Dix minutes pour commencer ensemble.",
    "Nature": "Garder le lien en groupe", "Problèmes": "Isolement ; rupture_suivi", "Modalité": "En présence",
    "Canaux": "En présence", "Objectif": "Commencer la semaine ensemble.", "Limites": "Pas à plus de douze.",
    "Niveau de preuve": "Témoignage",
    "Étapes": "# Se réunir\nQui : l’encadrant\nDurée : 5\nFormez un cercle.\n\n# Parler\nChacun dit un mot.\nAstuce : Commencez par vous.",
}  # fmt: skip


def as_file(*rows, columns=None):
    columns = columns or list(ROW)
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, delimiter=";", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()
