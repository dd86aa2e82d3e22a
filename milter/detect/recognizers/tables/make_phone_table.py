#!/usr/bin/python3
"""Writes the numbering plans of all territories as a C++ table.

In:  the metadata of python3-phonenumbers (Apache-2.0), found on the build machine
Out: the file named on the command line, the definitions that phone_table.h declares
Errors: an expression with a construct that no plan has used so far stops the build.

A plan is a set of regular expressions over digits, each of bounded length, so each describes a
finite set of numbers. All of them together become one minimal acyclic automaton: states that
accept the same endings are one state, whichever territory they come from.
"""
import re._constants as constants
import re._parser as parser
import re
import sys

import phonenumbers
from phonenumbers import PhoneMetadata

KINDS = ("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "voip",
         "personal_number", "pager", "uan", "voicemail")
DIGITS = "0123456789"
MOST_GROUPS = 6


class Expressions:
    """Thompson's construction: expressions in, one graph of states out."""

    def __init__(self):
        self.steps = []   # per state: list of (set of digits, next state)
        self.empty = []   # per state: next states without a digit
        self.end = self.state()

    def state(self):
        self.steps.append([])
        self.empty.append([])
        return len(self.steps) - 1

    def add(self, expression, after=None):
        """The start state of `expression`, followed by what state `after` accepts."""
        return self.sequence(parser.parse(expression), self.end if after is None else after)

    def sequence(self, items, after):
        for operation, argument in reversed(list(items)):
            after = self.item(operation, argument, after)
        return after

    def item(self, operation, argument, after):
        if operation in (constants.LITERAL, constants.IN):
            start = self.state()
            self.steps[start].append((digits_of(operation, argument), after))
            return start
        if operation == constants.SUBPATTERN:
            return self.sequence(argument[-1], after)
        if operation == constants.BRANCH:
            start = self.state()
            self.empty[start] = [self.sequence(branch, after) for branch in argument[1]]
            return start
        if operation == constants.MAX_REPEAT:
            least, most, body = argument
            if most == constants.MAXREPEAT:
                raise ValueError("unbounded repetition in a numbering plan")
            return self.repeat(int(least), int(most), body, after)
        raise ValueError(f"numbering plan uses {operation}")

    def repeat(self, least, most, body, after):
        current = after
        for _ in range(most - least):
            start = self.state()
            self.empty[start] = [self.sequence(body, current), after]
            current = start
        for _ in range(least):
            current = self.sequence(body, current)
        return current

    def closure(self, states):
        seen, todo = set(), list(states)
        while todo:
            state = todo.pop()
            if state not in seen:
                seen.add(state)
                todo.extend(self.empty[state])
        return frozenset(s for s in seen if self.steps[s] or s == self.end)


def digits_of(operation, argument):
    if operation == constants.LITERAL:
        return chr(argument)
    found = ""
    for kind, value in argument:
        if kind == constants.LITERAL:
            found += chr(value)
        elif kind == constants.RANGE:
            found += "".join(map(chr, range(value[0], value[1] + 1)))
        elif kind == constants.CATEGORY and value == constants.CATEGORY_DIGIT:
            found += DIGITS
        else:
            raise ValueError(f"numbering plan uses the class {kind} {value}")
    return found


class Automaton:
    """Minimal acyclic automaton over digits. State 0 accepts nothing."""

    def __init__(self, graph):
        self.graph = graph
        self.rows = [(False, (0,) * 10)]
        self.by_row = {self.rows[0]: 0}
        self.by_set = {frozenset(): 0}

    def root(self, starts):
        return self.minimal(self.graph.closure(starts))

    def minimal(self, states):
        if states not in self.by_set:
            following = []
            for digit in DIGITS:
                targets = [t for s in states for among, t in self.graph.steps[s] if digit in among]
                following.append(self.minimal(self.graph.closure(targets)))
            row = (self.graph.end in states, tuple(following))
            if row not in self.by_row:
                self.by_row[row] = len(self.rows)
                self.rows.append(row)
            self.by_set[states] = self.by_row[row]
        return self.by_set[states]


def prefix_expression(metadata):
    """What may be dialled before a national number inside its country: "0", "0 and a carrier".

    Alternatives that stand for a missing area code (they end in a captured number and '$') or
    that rewrite the number are left out: they are rare, and only make local numbers longer.
    """
    prefix = metadata.national_prefix_for_parsing or metadata.national_prefix
    if not prefix:
        return None
    if metadata.national_prefix_transform_rule or "$" in prefix:
        return metadata.national_prefix
    return prefix


def expressions(metadata):
    for kind in KINDS:
        description = getattr(metadata, kind)
        if description is not None and description.national_number_pattern:
            yield description.national_number_pattern


def starts_of(graph, metadata):
    """Start states: of the bare national number, and of one with its national prefix."""
    bare = [graph.add(expression) for expression in expressions(metadata)]
    prefix = prefix_expression(metadata)
    if not prefix:
        return bare, []
    join = graph.state()
    graph.empty[join] = list(bare)
    return bare, [graph.add(prefix, join)]


def shapes_of(metadata):
    """How numbers are grouped in print: per shape the (least, most) digits of each group."""
    shapes = set()
    for style in metadata.number_format:
        widths = [part.getwidth() for operation, (*_, part) in parser.parse(style.pattern)
                  if operation == constants.SUBPATTERN]
        layout = re.sub(r"\\(\d)", r"<\1>", style.format)
        if re.search(r"\d", re.sub(r"<\d>", "", layout)):
            continue  # print adds digits of its own
        groups = []
        for run in re.findall(r"(?:<\d>)+", layout):
            members = [widths[int(number) - 1] for number in re.findall(r"\d", run)]
            groups.append((sum(least for least, _ in members), sum(most for _, most in members)))
        rule = style.national_prefix_formatting_rule or ""
        prefix_digits = len(re.sub(r"\\1|\D", "", rule))
        for added in {0, prefix_digits}:
            shape = [(groups[0][0] + added, groups[0][1] + added), *groups[1:]]
            if 2 <= len(shape) <= MOST_GROUPS and max(most for _, most in shape) <= 15:
                shapes.add(tuple(shape))
    return sorted(shapes)


def write_table(out, automaton, codes, territories):
    out.write("// Written by make_phone_table.py from the metadata of python3-phonenumbers "
              f"{phonenumbers.__version__}.\n"
              '#include "detect/recognizers/phone_table.h"\n\n'
              "namespace noshare::detect::phone_table {\n\n")
    out.write("const PlanState kStates[] = {\n")
    for accepts, following in automaton.rows:
        out.write(f"{{{int(accepts)},{{{','.join(map(str, following))}}}}},\n")
    out.write("};\n\nconst CallingCode kCallingCodes[] = {\n")
    for code, root in sorted(codes.items()):
        out.write(f"{{{code},{root}}},\n")
    out.write("};\nconst std::size_t kCallingCodeCount = sizeof kCallingCodes / "
              "sizeof kCallingCodes[0];\n\nconst Shape kShapes[] = {\n")
    first = 0
    rows = []
    for name, code, bare, dialled, shapes in territories:
        for shape in shapes:
            bounds = ",".join(f"{{{least},{most}}}" for least, most in shape)
            out.write(f"{{{len(shape)},{{{bounds}}}}},\n")
        rows.append(f'{{"{name}",{code},{bare},{dialled},{first},{len(shapes)}}},\n')
        first += len(shapes)
    out.write("};\n\nconst Territory kTerritories[] = {\n" + "".join(rows))
    out.write("};\nconst std::size_t kTerritoryCount = sizeof kTerritories / "
              "sizeof kTerritories[0];\n\n}  // namespace noshare::detect::phone_table\n")


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: make_phone_table.py OUTPUT.cc")
    graph = Expressions()
    automaton = Automaton(graph)
    starts_of_code, territories = {}, []
    for name in sorted(phonenumbers.SUPPORTED_REGIONS):
        metadata = PhoneMetadata.metadata_for_region(name, None)
        bare, dialled = starts_of(graph, metadata)
        starts_of_code.setdefault(metadata.country_code, []).extend(bare + dialled)
        territories.append((name, metadata.country_code, automaton.root(bare),
                            automaton.root(dialled), shapes_of(metadata)))
    for code in sorted(phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS):
        metadata = PhoneMetadata.metadata_for_nongeo_region(code, None)
        starts_of_code[code] = starts_of(graph, metadata)[0]
    codes = {code: automaton.root(starts) for code, starts in starts_of_code.items()}
    with open(sys.argv[1], "w", encoding="ascii") as out:
        write_table(out, automaton, codes, territories)


if __name__ == "__main__":
    main()
