"""The values that the wrap tests carry, each with a twin that is none.

In:  nothing     Out: VALUES
Published specimens and reserved or computed numbers. A twin differs by a check digit or
stands in a range that is never issued.
"""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Value:
    """One value, in the groups in which people write it."""

    name: str
    entity: str
    groups: tuple[str, ...]
    twin: tuple[str, ...]
    before: str  # the words that lead to it
    dash: str = " "  # what stands between the groups

    def groups_of(self, real):
        return self.groups if real else self.twin


CARD = Value("card", "payment_card_number", ("4111", "1111", "1111", "1111"),
             ("4111", "1111", "1111", "1112"), "my card number is")
AMEX = Value("amex", "payment_card_number", ("3782", "822463", "10005"),
             ("3782", "822463", "10006"), "the credit card is")
IBAN = Value("iban", "iban", ("GB29", "NWBK", "6016", "1331", "9268", "19"),
             ("GB29", "NWBK", "6016", "1331", "9268", "18"), "please pay to the account")
SSN = Value("ssn", "us_ssn", ("652", "21", "9079"), ("000", "33", "9019"),
            "my social security number is", "-")

VALUES = (CARD, AMEX, IBAN, SSN)
