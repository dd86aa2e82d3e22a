"""docs/detection.md: tables of what was measured.

In:  tallies (measure.py), reports on clean mail (`noshare scan --format json`)
Out: Markdown; no value of the corpus stands in it
"""
import collections

import measure

MILD = {"deliver", "tag"}
# What clean mail holds of right: its senders' names and addresses, links.
EXPECTED_IN_MAIL = {"email_address", "person_name", "phone_number", "url", "domain_name"}

# Entities whose base scores are set from the table of calibration, and its bands of confidence.
UNPROVEN = {"street_address", "person_name", "phone_number", "ip_address", "email_address"}
BANDS = ((25, 44), (45, 64), (65, 74), (75, 84), (85, 94), (95, 99))

HEAD = """# How well noshare detects

Written by `tests/eval/run CORPUS`; do not edit. The corpus is public material with labels, not
part of the repository, and none of the sets that releases are judged by.

A value counts as found when a finding of its entity covers at least half of it. Recall and
precision are those of findings of medium confidence (65) or more. Precision is measured only
on sources that label every value of a kind; "-" stands where it cannot be measured. Of names
only full ones are asked for.

## By entity and source

| entity | source | labelled | recall | of it high | low only | precision | F1 |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
"""


def percent(value):
    return "-" if value is None else f"{100 * value:.1f} %"


def entity_table(tallies):
    lines = []
    for (source, entity), tally in sorted(tallies.items(), key=lambda item: item[0][::-1]):
        if not tally.labelled:
            continue
        f1 = tally.f1() if sum(tally.wrong.values()) or source != "documents" else None
        precision = tally.precision() if source != "documents" else None
        lines.append(f"| {entity} | {source} | {tally.labelled} | {percent(tally.recall())} | "
                     f"{percent(tally.recall(('high',)))} | {percent(tally.recall(('low',)))} | "
                     f"{percent(precision)} | {percent(f1)} |")
    return "\n".join(lines)


def totals_by_entity(tallies):
    """Of sources with complete labels."""
    totals = collections.defaultdict(measure.Tally)
    for (source, entity), tally in tallies.items():
        if source != "documents":
            for counter in ("right", "wrong", "all_at", "right_at"):
                getattr(totals[entity], counter).update(getattr(tally, counter))
    return sorted(totals.items())


def calibration_table(tallies):
    """Of the findings of each confidence, in bands, how many were right; all entities together
    and those that no check digit proves."""
    lines = ["| entity | " + " | ".join(f"{low}-{high}" for low, high in BANDS) + " |",
             "| --- |" + " ---: |" * len(BANDS)]
    everything = measure.Tally()
    rows = []
    for entity, tally in totals_by_entity(tallies):
        everything.all_at.update(tally.all_at)
        everything.right_at.update(tally.right_at)
        if entity in UNPROVEN:
            rows.append((entity, tally))
    for entity, tally in [*rows, ("all", everything)]:
        cells = []
        for low, high in BANDS:
            count = sum(tally.all_at[at] for at in range(low, high + 1))
            right = sum(tally.right_at[at] for at in range(low, high + 1))
            cells.append(f"{percent(measure.ratio(right, count))} of {count}" if count else "-")
        lines.append(f"| {entity} | {' | '.join(cells)} |")
    return "\n".join(lines)


def reliability_table(tallies):
    """Of the findings of each level, how many were right."""
    lines = ["| entity | low | medium | high |", "| --- | ---: | ---: | ---: |"]
    for entity, tally in totals_by_entity(tallies):
        cells = []
        for level in measure.LEVELS:
            count = tally.right[level] + tally.wrong[level]
            cells.append(f"{percent(tally.precision((level,)))} of {count}" if count else "-")
        lines.append(f"| {entity} | {' | '.join(cells)} |")
    return "\n".join(lines)


def clean_mail(reports):
    actions = collections.Counter(report["verdict"]["action"] for report in reports)
    stopped = sum(count for action, count in actions.items() if action not in MILD)
    found = collections.Counter()
    messages = collections.Counter()
    for report in reports:
        entities = [f["entity"] for f in report["findings"] if f["level"] != "low"]
        found.update(entities)
        messages.update(set(entities))
    unexpected = sum(1 for report in reports if any(
        f["level"] != "low" and f["entity"] not in EXPECTED_IN_MAIL for f in report["findings"]))
    lines = [f"{len(reports)} messages of public mailing lists, taken as outbound mail to a third party "
             "under the default policy: " +
             ", ".join(f"{action} {count}" for action, count in sorted(actions.items())) + ". "
             f"More than a tag: {stopped}. With a finding of medium or more other than "
             f"{', '.join(sorted(EXPECTED_IN_MAIL))}: {unexpected}.", "",
             "| entity | findings of medium or more | in messages |", "| --- | ---: | ---: |"]
    lines += [f"| {entity} | {count} | {messages[entity]} |"
              for entity, count in sorted(found.items())]
    return "\n".join(lines)


def render(tallies, reports):
    return (HEAD + entity_table(tallies) + "\n\n## Reliability of each level\n\n"
            "How many findings of a level were right, on sources with complete labels.\n\n" +
            reliability_table(tallies) + "\n\n## Calibration\n\n"
            "How many findings of a confidence were right. The base scores of recognisers are set "
            "from it.\n\n" + calibration_table(tallies) + "\n\n## Clean mail\n\n" + clean_mail(reports) + "\n")


def show(tallies, reports, entity):
    """The misses and false findings themselves, for the person who improves a rule."""
    for (source, of), tally in sorted(tallies.items()):
        if of == entity:
            for kind, cases in (("miss", tally.misses), ("false", tally.false)):
                for row, value in cases:
                    print(f"{kind}\t{source}\t{row}\t{value!r}")
    for report in reports:
        for finding in report["findings"]:
            if finding["entity"] == entity and finding["level"] != "low":
                print(f"mail\t{report['file']}\t{finding['masked']}\t{finding['why']}")
