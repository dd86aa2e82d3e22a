#!/usr/bin/python3
"""Writes telephone numbers with the verdict of python3-phonenumbers, an independent reader of
the numbering plans: lines of "digits verdict", the digits as they stand after "+".

In:  nothing     Out: the file named on the command line; the same one on every run
Valid examples of all territories and kinds, and the same with digits changed, added, taken away.
"""
import random
import sys

import phonenumbers
from phonenumbers import PhoneNumberType

KINDS = (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.TOLL_FREE,
         PhoneNumberType.PREMIUM_RATE, PhoneNumberType.VOIP, PhoneNumberType.UAN)
MUTATIONS = 14


def examples():
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        for kind in KINDS:
            example = phonenumbers.example_number_for_type(region, kind)
            if example is not None:
                yield phonenumbers.format_number(
                    example, phonenumbers.PhoneNumberFormat.E164)[1:]


def mutated(digits, chance):
    at = chance.randrange(1, len(digits))
    kind = chance.randrange(4)
    if kind == 0:
        return digits[:at] + digits[at + 1:]
    if kind == 1:
        return digits[:at] + str(chance.randrange(10)) + digits[at:]
    return digits[:at] + str(chance.randrange(10)) + digits[at + 1:]


def verdict(digits):
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse("+" + digits, None))
    except phonenumbers.NumberParseException:
        return False


def main():
    chance = random.Random(20261124)
    numbers = []
    for digits in examples():
        numbers.append(digits)
        numbers += [mutated(digits, chance) for _ in range(MUTATIONS)]
    with open(sys.argv[1], "w", encoding="ascii") as out:
        for digits in sorted(set(numbers)):
            out.write(f"{digits} {int(verdict(digits))}\n")


if __name__ == "__main__":
    main()
