"""Instruments as plain objects, the same on the command line and in the interface."""

from enthesis.domain.instruments import Instrument, missing_in_words, rule_in_words

__all__ = ["instrument_object", "instrument_summary", "source_of"]


def source_of(i: Instrument, name: str) -> str:
    """Address of a source of an instrument, a DOI where it has no address."""
    source = i.sources.get(name)
    if source is None:
        return name
    return source.url or f"doi:{source.doi}"


def instrument_summary(i: Instrument) -> dict[str, object]:
    """Name, size, licence of the wording, and whether it scores."""
    return {
        "id": i.id,
        "name": i.name,
        "version": i.version,
        "items": len(i.items),
        "scores": [rule.name for rule in i.scores],
        "switched_off": i.switched_off or None,
        "text_ships": i.licence.text_ships,
        "licence": i.licence.status,
        "owner": i.licence.owner,
    }


def instrument_object(i: Instrument) -> dict[str, object]:
    """Everything about one instrument: items, rules, thresholds with their sources, doubts."""
    return instrument_summary(i) | {
        "measures": i.measures,
        "recall": i.recall,
        "item_list": [{"id": item.id, "number": item.number, "text": item.text or None} for item in i.items],
        "scoring": [
            {
                "name": rule.name,
                "range": list(rule.range),
                "better": i.better(rule.name),
                "rule": rule_in_words(rule.rule),
                "missing": missing_in_words(i, rule),
            }
            for rule in i.scores
        ],
        "thresholds": [
            {
                "kind": t.kind,
                "score": t.score,
                "words": t.words(),
                "value": t.value,
                "percent": t.percent,
                "population": t.population,
                "method": t.method,
                "source": source_of(i, t.source),
                "note": t.note,
            }
            for t in i.thresholds
        ],
        "caveats": list(i.caveats),
    }
