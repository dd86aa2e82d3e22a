// Whether a verdict would be the same again: with the policy of then, and of now.
import { useState } from "preact/hooks";
import type { Fate, Replay } from "../types";
import { Badge, useAnswer, Waiting, words } from "../ui";

function FateLine({ title, fate }: { title: string; fate: Fate }) {
  return (
    <li>
      <span>{title}</span> <Badge kind={fate.action}>{words(fate.action)}</Badge>
      {fate.rule && <span class="quiet"> by rule {fate.rule}</span>}
      <strong class={fate.same ? "same" : "differs"}> {fate.same ? "the same" : "differs"}</strong>
    </li>
  );
}

function Answer({ path }: { path: string }) {
  const { answer, fault } = useAnswer<Replay>(`${path}/replay`);
  if (!answer) return <Waiting fault={fault} />;
  return (
    <ul class="plain-list">
      {answer.again
        ? <FateLine title={`With the policy of then (${answer.policy_version}):`} fate={answer.again} />
        : <li class="quiet">The policy of then ({answer.policy_version}) is not on record.</li>}
      <FateLine title={`With the policy of now (${answer.policy_version_now}):`} fate={answer.now} />
    </ul>
  );
}

export function ReplaySection({ path }: { path: string }) {
  const [asked, setAsked] = useState(false);
  return (
    <section class="card">
      <div class="page-head">
        <h2>Would it be decided the same again?</h2>
        {!asked && <button type="button" class="plain small" onClick={() => setAsked(true)}>Replay</button>}
      </div>
      {asked && <Answer path={path} />}
    </section>
  );
}
