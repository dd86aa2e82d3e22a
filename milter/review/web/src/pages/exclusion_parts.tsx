// What pages say about exclusions: how far one reaches, and what else it would let pass.
import { Badge, Link, recipientsText, Time, words } from "../ui";
import type { Scope, WhatIf } from "../types";

export function scopeText(scope: Scope): string {
  const what = scope.any_value ? `any ${words(scope.entity)}` : `this ${words(scope.entity)}`;
  const from = scope.sender ? `from ${scope.sender}` : "from anybody";
  const to = scope.recipient_domain ? `to ${scope.recipient_domain}` : "to anybody";
  return `${what}, ${from}, ${to}`;
}

export function WhatIfText({ of, whose = "other incident" }: { of: WhatIf; whose?: string }) {
  if (of.replayed === 0) return <p class="quiet">No {whose} on record could be concerned.</p>;
  const others = of.replayed === 1 ? `one ${whose}` : `${of.complete ? "all" : "the newest"} ${of.replayed} ${whose}s`;
  return (
    <>
      <p class={of.changed > 0 ? "effect" : "quiet"}>
        Replayed over {others} it could concern: <strong>{of.changed === 0 ? "no verdict changes" : of.changed === 1 ? "1 verdict changes" : `${of.changed} verdicts change`}</strong>.
      </p>
      {of.incidents.length > 0 && (
        <ul class="changes">
          {of.incidents.map((one) => (
            <li key={one.case}>
              <Link to={`/incidents/${one.case}`}>{one.case}</Link>
              <span class="quiet"><Time at={one.time} /></span>
              <span class="address">{one.sender || "(no sender)"} → {recipientsText(one.recipients)}</span>
              <span><Badge kind={one.now}>{words(one.now)}</Badge> → <Badge kind={one.then}>{words(one.then)}</Badge></span>
            </li>
          ))}
          {of.changed > of.incidents.length && <li class="quiet">and {of.changed - of.incidents.length} more</li>}
        </ul>
      )}
    </>
  );
}
