"""What releases kept was counts; it becomes what may be told of them (see docs/decisions/0009-diagnostic-anonymity.md).

The code of 2026-11 is copied here: what a release tells must not change with later code.
"""

from django.db import migrations

THRESHOLD, FEWEST, UNKNOWN = 5, 10, 9


def band(count, total):
    if total < FEWEST:
        return {"low": 0, "high": total, "total": total}
    highest = (total - THRESHOLD + 1) // THRESHOLD * THRESHOLD
    low = min(count // THRESHOLD * THRESHOLD, highest)
    return {"low": low, "high": total if low == highest else low + THRESHOLD - 1, "total": total}


def steps(by_digit, total):
    known = {int(digit): number for digit, number in by_digit.items() if int(digit) != UNKNOWN}
    # Every step of a question is there, even those that nobody answered.
    told = {str(step): band(sum(n for digit, n in known.items() if digit >= step), total) for step in range(1, UNKNOWN)}
    return told | {"known": band(sum(known.values()), total)}


def condition(met, missing, unknown):
    total = met + missing + unknown
    numbers = {"met": met, "missing": missing, "unknown": unknown, "known": met + missing}
    return {name: band(number, total) for name, number in numbers.items()}


def card(stored, conditions, total):
    people, gain = band(stored["people"]["met"], total), band(stored["gain"], total)["low"]
    verdict = stored["verdict"]
    if verdict in {"feasible", "for_some"} and people["low"] == 0:
        verdict = "unknown" if people["high"] == total else "not_feasible"
    elif verdict in {"feasible", "for_some"}:
        verdict = "feasible" if people["high"] == total else "for_some"
    elif verdict == "almost" and stored["gain"] and not gain:
        verdict = "unknown" if people["high"] == total else "not_feasible"
    shown = {
        name: [slug for slug in stored[name] if slug not in conditions or conditions[slug][what]["low"]]
        for name, what in (("missing", "missing"), ("unknown", "unknown"), ("advice", "missing"))
    }
    lift = stored["lift"] if gain or not stored["gain"] else ""
    return stored | shown | {"verdict": verdict, "people": people, "gain": gain, "lift": lift}


def tell(apps, schema_editor):
    Release = apps.get_model("diagnostic", "Release")
    for release in Release.objects.all():
        counts = release.counts
        if not counts or any(isinstance(stored, dict) for stored in counts.get("conditions", {}).values()):
            continue
        conditions = {slug: condition(*numbers) for slug, numbers in counts.get("conditions", {}).items()}
        release.counts = counts | {
            "questions": {
                code: steps(by_digit, release.total) for code, by_digit in counts.get("questions", {}).items()
            },
            "conditions": conditions,
            "cards": {pk: card(stored, conditions, release.total) for pk, stored in counts.get("cards", {}).items()},
        }
        release.save(update_fields=["counts"])


class Migration(migrations.Migration):
    dependencies = [("diagnostic", "0001_initial")]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
