"""Compares findings with labels: recall, precision and reliability per entity.

In:  rows (corpus.py) and the findings of `noshare scan --batch` for each
Out: counts; nothing here depends on time or order
"""
import collections
import dataclasses

LEVELS = ("low", "medium", "high")
LEAST_OVERLAP = 0.5  # of the label's length, or the finding lies inside the label by as much


@dataclasses.dataclass
class Tally:
    labelled: int = 0
    found: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    right: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    wrong: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    # By confidence: findings, and those of them that were right.
    all_at: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    right_at: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    misses: list = dataclasses.field(default_factory=list)
    false: list = dataclasses.field(default_factory=list)

    def recall(self, levels=("medium", "high")):
        return ratio(sum(self.found[level] for level in levels), self.labelled)

    def precision(self, levels=("medium", "high")):
        right = sum(self.right[level] for level in levels)
        return ratio(right, right + sum(self.wrong[level] for level in levels))

    def f1(self):
        recall, precision = self.recall(), self.precision()
        if not recall or not precision:
            return None
        return 2 * recall * precision / (recall + precision)


def ratio(part, whole):
    return part / whole if whole else None


def overlaps(finding, start, end):
    shared = min(finding["end"], end) - max(finding["start"], start)
    return shared > 0 and shared >= LEAST_OVERLAP * (end - start)


def touches(finding, start, end):
    return finding["start"] < end and finding["end"] > start


def is_one_of(finding, entities):
    """An umbrella among the entities means every entity that stands under it."""
    return finding["entity"] in entities or not set(entities).isdisjoint(
        finding.get("umbrellas", ()))


def measure(rows, findings_of):
    """Tallies by (source, entity). A label of several entities counts for the first."""
    tallies = collections.defaultdict(Tally)
    for row, findings in zip(rows, findings_of):
        for start, end, entities in row.wanted:
            tally = tallies[row.source, entities[0]]
            tally.labelled += 1
            levels = [f["level"] for f in findings
                      if is_one_of(f, entities) and overlaps(f, start, end)]
            if levels:
                tally.found[max(levels, key=LEVELS.index)] += 1
            if not any(level != "low" for level in levels):
                tally.misses.append((row.id, row.text[start:end]))
        for finding in findings:
            judge(tallies, row, finding)
    return tallies


def judge(tallies, row, finding):
    entity = finding["entity"]
    hit = [wanted for wanted in row.wanted
           if is_one_of(finding, wanted[2]) and touches(finding, *wanted[:2])]
    confidence = finding["confidence"]
    if hit:
        tally = tallies[row.source, hit[0][2][0]]
        tally.right[finding["level"]] += 1
        tally.all_at[confidence] += 1
        tally.right_at[confidence] += 1
    elif entity in row.complete_for and not any(
            is_one_of(finding, allowed[2]) and touches(finding, *allowed[:2]) for allowed in row.allowed):
        tally = tallies[row.source, entity]
        tally.wrong[finding["level"]] += 1
        tally.all_at[confidence] += 1
        if finding["level"] != "low":
            tally.false.append((row.id, row.text[finding["start"]:finding["end"]]))
