"""Rules the tests put into noshare.yaml."""

from __future__ import annotations

HIGH_CARD = {"entity": "payment_card_number", "confidence": "high"}
CARD_REPLY = ("this message shows {count} payment card number(s) ({masked}) to "
              "{recipient_domain}; case {case}")


def card_rule(then: str, id: str = "cards", **more) -> dict:
    """What happens to a payment card number that a third party would get."""
    return {"id": id, "when": HIGH_CARD, "then": then} | more


REFUSE_CARDS = card_rule("reject", reply=CARD_REPLY)
