"""A card as Markdown: to paste in a pad, a wiki, a message."""

from django.conf import settings
from django.utils.translation import gettext as _

from kb_site.control_characters import without_control_characters
from kb_site.facts.citations import with_values
from kb_site.french.dates import french_date
from kb_site.identity.face import face

from ..choices import LICENCE_ADDRESSES
from ..marks import as_markdown as marked
from ..models import PracticePage
from ..templatetags.practices import mb_range, minutes


def as_markdown(card: PracticePage) -> str:
    """Return a published card as Markdown; its texts are what people typed, marks included."""
    sections = [
        (_("Limites"), card.limits),
        (_("Objectif"), card.objective),
        (_("Étapes"), _steps(card)),
        (_("Conditions"), _conditions(card)),
        (_("Outils"), _tools(card)),
        (_("Sans connexion"), card.fallback),
        (_("Points de vigilance"), card.watchpoints),
        (_("Données personnelles"), card.gdpr_note),
        (_("Adaptations"), card.adaptations),
        (_("Pour la personne, en mots simples"), card.words_for_the_person),
        (_("Résultats observés"), card.observed_results),
        (_("Contexte d’origine"), card.context),
        (_("Sources"), _sources(card)),
    ]
    parts = [f"# {card.title}", f"> {card.summary}", _glance(card)]
    parts += [f"## {heading}\n\n{marked(text)}" for heading, text in sections if text.strip()]
    parts.append(_colophon(card))
    return without_control_characters(with_values("\n\n".join(parts))) + "\n"


def _glance(card: PracticePage) -> str:
    facts = {
        _("Pour qui"): ", ".join(card.audience_labels()) or _("tous les publics"),
        _("Problèmes"): ", ".join(card.challenge_labels()),
        _("Temps"): minutes(card.duration_minutes),
        _("Data"): _("%(data)s par heure et par personne") % {"data": mb_range(card.data_mb_per_hour)},
        _("Preuve"): card.get_evidence_display(),
        _("Provenance"): card.get_provenance_display(),
        _("Vérifiée"): french_date(card.last_verified_at, "j F Y") if card.last_verified_at else "",
    }
    return "\n".join(f"- **{name}** : {value}" for name, value in facts.items() if value)


def _steps(card: PracticePage) -> str:
    parts = []
    for number, child in enumerate(card.steps, 1):
        step = child.value
        facts = " · ".join(filter(None, [step["who"], minutes(step["duration_minutes"])]))
        lines = [f"### {number}. {step['title']}", f"*{facts}*" if facts else "", marked(step["instruction"])]
        lines += [_("**Astuce :** %s") % marked(step["tip"])] if step["tip"] else []
        parts.append("\n\n".join(filter(None, lines)))
    return "\n\n".join(parts)


def _conditions(card: PracticePage) -> str:
    return "\n".join(
        f"- {link.condition.question} ({link.get_strength_display()})" + (f" {link.note}" if link.note else "")
        for link in card.condition_links.all()
    )


def _tools(card: PracticePage) -> str:
    return "\n".join(
        f"- [{link.tool.title}]({settings.SITE_URL}{link.tool.url}) ({link.get_usage_display()})"
        for link in card.tool_links.all()
        if link.tool.live
    )


def _sources(card: PracticePage) -> str:
    return "\n".join(
        f"- [{s['title']}]({s['url']})" if s["url"] else f"- {s['title']}"
        for s in (child.value for child in card.sources)
    )


def _colophon(card: PracticePage) -> str:
    lines = [f"{face().name} : {settings.SITE_URL}{card.url}"]
    lines += [card.credits] if card.credits else []
    if card.licence:
        lines.append(f"[{card.get_licence_display()}]({LICENCE_ADDRESSES[card.licence]})")
    return "---\n\n" + "  \n".join(lines)
