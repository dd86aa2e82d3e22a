"""The labelled corpus as rows of text with the values that must be found in them.

In:  a folder with text/*.jsonl (its README says where they come from), labels.tsv
Out: rows; each says which entities it is labelled for completely, so that what is found beyond
     its labels is a false finding, and not one that nobody labelled
"""
import dataclasses
import json
import pathlib

LABELS = pathlib.Path(__file__).with_name("labels.tsv")
# Sources that label every value of their kinds. Of the others only recall is measured.
COMPLETE = {"addresses", "names", "sequences", "identifiers"}
# Sequences come by kind, named in the row's id. Those of URLs use addresses as what is no URL.
UNLABELLED = {"url": {"email_address"}}


@dataclasses.dataclass
class Row:
    id: str
    source: str
    text: str
    wanted: list       # (start, end, entities) in code points
    complete_for: set  # entities of which every value is labelled
    allowed: list = dataclasses.field(default_factory=list)  # as wanted, but not asked for


def read_labels():
    labels = {}
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            source, label, entities, *cue = line.split("\t")
            labels[source, label] = (entities.split(","), cue[0] if cue else "")
    return labels


def full_name(text):
    """One name alone identifies nobody and is not asked for."""
    return len([word for word in text.split() if word[:1].isupper() and len(word) > 2]) >= 2


def span_rows(source, lines, labels):
    kinds = {entity for (of, _), (entities, _) in labels.items() if of == source
             for entity in entities}
    for number, line in enumerate(lines):
        wanted, allowed = [], []
        for span in line.get("spans", []):
            entities, _ = labels.get((source, span["label"]), ([], ""))
            value = line["text"][span["start"]:span["end"]]
            asked = entities != ["person_name"] or full_name(value)
            (wanted if asked else allowed).append((span["start"], span["end"], entities))
        complete = kinds if source in COMPLETE and "count" not in line else set()
        of_kind = line.get("id", "").split("/")[-2:][0]
        complete = complete - UNLABELLED.get(of_kind, set())
        yield Row(line.get("id", f"{source}/{number}"), source, line["text"],
                  [entry for entry in wanted if entry[2]], complete, allowed)


def identifier_rows(lines, labels):
    for number, line in enumerate(lines):
        entities, cue = labels.get(("identifiers", line["kind"]), ([], ""))
        if not entities:
            continue
        text = f"{cue}: {line['value']}"
        wanted = [(len(cue) + 2, len(text), entities)] if line["valid"] else []
        yield Row(f"{line['kind']}/{number}", "identifiers", text, wanted, set(entities))


def read_rows(corpus):
    labels = read_labels()
    rows = []
    for source in sorted({source for source, _ in labels}):
        path = corpus / "text" / f"{source}.jsonl"
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        rows += list(identifier_rows(lines, labels) if source == "identifiers"
                     else span_rows(source, lines, labels))
    return rows
