// "This is no personal data": how far that holds, what it would let pass, and why.
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { post } from "../api";
import type { PossibleExclusion, Reach } from "../types";
import { Badge, Notice, useAnswer, Waiting, words } from "../ui";
import { scopeText, WhatIfText } from "./exclusion_parts";

const REACHES: Record<Reach, string> = {
  here: "Only here",
  sender: "From this sender",
  everywhere: "Everywhere",
  kind: "The whole kind, here",
};

export function ExcludeDialog(props: { path: string; finding: number; masked: string; onDone: (id: string) => void; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [reach, setReach] = useState<Reach>("here");
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const { answer, fault: refused } = useAnswer<{ exclusions: PossibleExclusion[] }>(`${props.path}/exclusions?finding=${props.finding}`);
  useEffect(() => dialog.current?.showModal(), []);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setFault("");
    try {
      const made = await post<{ id: string }>(`${props.path}/exclusions`, { finding: props.finding, reach, reason });
      props.onDone(made.id);
    } catch (error) {
      setFault((error as Error).message);
      setBusy(false);
    }
  };
  return (
    <dialog ref={dialog} class="wide" aria-labelledby={`${id}-title`} onClose={props.onClose}>
      <form onSubmit={submit}>
        <h2 id={`${id}-title`}>Not personal data?</h2>
        <p>
          <code>{props.masked}</code> will not count any more, as far as you choose, once a second person
          has agreed.
        </p>
        {!answer ? <Waiting fault={refused} /> : (
          <fieldset class="choices">
            <legend>How far does this hold? The narrowest comes first.</legend>
            {answer.exclusions.map((one) => (
              <div key={one.reach} class={`choice ${one.reach === reach ? "picked" : ""}`}>
                <label>
                  <input type="radio" name="reach" value={one.reach} checked={one.reach === reach} onChange={() => setReach(one.reach)} />
                  <span>{REACHES[one.reach]}</span>
                  <span class="choice-effect"><Badge kind={one.now}>{words(one.now)}</Badge> → <Badge kind={one.then}>{words(one.then)}</Badge></span>
                </label>
                <p class="quiet">{scopeText(one)}</p>
                {one.reach === reach && <WhatIfText of={one.what_if} />}
              </div>
            ))}
          </fieldset>
        )}
        <label for={`${id}-reason`}>Reason (kept in the audit log)</label>
        <textarea id={`${id}-reason`} required maxLength={2000} rows={2} value={reason}
          placeholder="For example: our order numbers look like card numbers"
          onInput={(event) => setReason(event.currentTarget.value)} />
        {fault && <Notice kind="error">{fault}</Notice>}
        <div class="buttons">
          <button type="button" class="plain" onClick={() => dialog.current?.close()}>Cancel</button>
          <button type="submit" class="primary" disabled={busy || !answer || !reason.trim()}>{busy ? "Working …" : "Propose"}</button>
        </div>
      </form>
    </dialog>
  );
}
