// False positives: what was proposed, what else it would let pass, and who agreed.
import { useState } from "preact/hooks";
import { post } from "../api";
import { ask } from "../questions";
import type { Exclusion, ExclusionState, Person } from "../types";
import { Badge, Link, Notice, ReasonDialog, Time, useAnswer, Waiting, words } from "../ui";
import { scopeText, WhatIfText } from "./exclusion_parts";

const STATES: ExclusionState[] = ["proposed", "approved", "rejected", "revoked"];
type Step = "approve" | "reject" | "revoke";
const DIALOGS: Record<Step, { title: string; text: string; action: string }> = {
  approve: { title: "Approve this exclusion?", text: "From now on the filter lets pass what it covers.", action: "Approve" },
  reject: { title: "Reject this exclusion?", text: "The finding goes on counting.", action: "Reject" },
  revoke: { title: "Revoke this exclusion?", text: "From now on the finding counts again.", action: "Revoke" },
};

function Effect({ id }: { id: string }) {
  const { answer, fault } = useAnswer<Exclusion>(`/api/exclusions/${id}`);
  if (!answer?.what_if) return <Waiting fault={fault} />;
  return <WhatIfText of={answer.what_if} />;
}

function ExclusionCard({ one, person, onStep }: { one: Exclusion; person: Person; onStep: (step: Step) => void }) {
  const decides = person.role === "admin" || person.role === "officer";
  const own = one.proposed_by === person.name;
  return (
    <section class="card exclusion" aria-labelledby={one.id}>
      <div class="page-head">
        <h2 id={one.id}>{one.id} <span class="quiet">{words(one.entity)}</span></h2>
        <Badge kind={one.state}>{one.state}</Badge>
      </div>
      {!one.any_value && <code class="masked">{one.masked}</code>}
      <p>{scopeText(one)}</p>
      <p class="quiet">
        Proposed by <strong>{one.proposed_by}</strong>, <Time at={one.proposed} />, in <Link to={`/incidents/${one.case}`}>{one.case}</Link>: {one.reason}
      </p>
      {one.decided_by && (
        <p class="quiet">{one.state} by <strong>{one.decided_by}</strong>{one.decided && <>, <Time at={one.decided} /></>}: {one.decision_reason}</p>
      )}
      {(one.state === "proposed" || one.state === "approved") && (
        <details>
          <summary>What it would let pass</summary>
          <Effect id={one.id} />
        </details>
      )}
      {decides && one.state === "proposed" && (
        <div class="buttons">
          {own && <span class="quiet">A second person approves it.</span>}
          <button type="button" class="plain" onClick={() => onStep("reject")}>Reject</button>
          {!own && <button type="button" class="primary" onClick={() => onStep("approve")}>Approve</button>}
        </div>
      )}
      {decides && one.state === "approved" && (
        <div class="buttons"><button type="button" class="plain" onClick={() => onStep("revoke")}>Revoke</button></div>
      )}
    </section>
  );
}

export function ExclusionsPage({ person }: { person: Person }) {
  const [state, setState] = useState<ExclusionState>("proposed");
  const [version, setVersion] = useState(0);
  const [step, setStep] = useState<{ id: string; step: Step } | null>(null);
  const [done, setDone] = useState("");
  const { answer, fault } = useAnswer<{ exclusions: Exclusion[] }>(ask.exclusions(state), version);
  const perform = async (reason: string): Promise<void> => {
    if (!step) return;
    const now = await post<{ state: string }>(`/api/exclusions/${step.id}/${step.step}`, { reason });
    setDone(`${step.id} is ${now.state}.`);
    setStep(null);
    setVersion(version + 1);
  };
  return (
    <>
      <div class="page-head">
        <div>
          <h1>Exclusions</h1>
          <p class="quiet">Findings that are no personal data. Two people agree, and see before what else passes.</p>
        </div>
        <div class="tabs" role="group" aria-label="State">
          {STATES.map((one) => (
            <button key={one} type="button" class="tab" aria-pressed={one === state} onClick={() => setState(one)}>{one}</button>
          ))}
        </div>
      </div>
      {done && <Notice kind="good">{done}</Notice>}
      {!answer ? <Waiting fault={fault} /> : answer.exclusions.length === 0 ? (
        <div class="card empty"><p>Nothing is {state}.</p></div>
      ) : answer.exclusions.map((one) => (
        <ExclusionCard key={one.id} one={one} person={person} onStep={(next) => setStep({ id: one.id, step: next })} />
      ))}
      {step && <ReasonDialog {...DIALOGS[step.step]} onDone={perform} onClose={() => setStep(null)} />}
    </>
  );
}
