// The rules as they are now, what they did, and what another action would have done.
import { useId, useState } from "preact/hooks";
import { withQuery } from "../api";
import { ask } from "../questions";
import type { Policy, Rule, WhatIf } from "../types";
import { Badge, Link, useAnswer, Waiting, words } from "../ui";
import { WhatIfText } from "./exclusion_parts";

const ACTIONS = ["off", "deliver", "tag", "notify", "drop_recipient", "hold", "reject"];

function Effect({ rule, then }: { rule: string; then: string }) {
  const { answer, fault } = useAnswer<WhatIf>(withQuery("/api/policy/what-if", { rule, then }));
  if (!answer) return <Waiting fault={fault} />;
  return <WhatIfText of={answer} whose="incident" />;
}

function RuleCard({ rule, days }: { rule: Rule; days: number }) {
  const id = useId();
  const [then, setThen] = useState("");
  return (
    <section class="card rule" aria-labelledby={`${id}-name`}>
      <div class="page-head">
        <h2 id={`${id}-name`}>{rule.id}</h2>
        <span>
          {rule.dry_run && <Badge kind="plain">only recorded</Badge>} {rule.severity && <Badge kind={rule.severity}>{rule.severity}</Badge>} <Badge kind={rule.then}>{words(rule.then)}</Badge>
        </span>
      </div>
      <ul class="conditions">
        {rule.when.map((one, i) => <li key={i}>{words(one)}</li>)}
        {rule.unless.length > 0 && <li class="quiet">unless {rule.unless.map(words).join(", ")}</li>}
      </ul>
      <div class="rule-foot">
        <Link to={withQuery("/incidents", { rule: rule.id })}>{rule.hits.toLocaleString()} incidents in {days} days</Link>
        <span class="what-if">
          <label for={`${id}-then`}>What if it were</label>
          <select id={`${id}-then`} value={then} onChange={(event) => setThen(event.currentTarget.value)}>
            <option value="">as it is</option>
            {ACTIONS.filter((one) => one !== rule.then).map((one) => <option key={one} value={one}>{words(one)}</option>)}
          </select>
        </span>
      </div>
      {then && <Effect rule={rule.id} then={then} />}
    </section>
  );
}

export function PolicyPage() {
  const { answer, fault } = useAnswer<Policy>(ask.policy());
  return (
    <>
      <div class="page-head">
        <div>
          <h1>Policy</h1>
          <p class="quiet">The rules of the configuration, read top down; the strictest that matches wins. They are changed in its file.</p>
        </div>
        {answer && <Badge kind={answer.mode === "monitor" ? "medium" : "plain"}>{answer.mode === "monitor" ? "monitor: nothing is stopped" : "enforced"}</Badge>}
      </div>
      {!answer ? <Waiting fault={fault} /> : (
        <>
          {answer.rules.map((rule) => <RuleCard key={rule.id} rule={rule} days={answer.days} />)}
          <p class="quiet">Version {answer.version}, for {answer.domains.join(", ")}</p>
        </>
      )}
    </>
  );
}
