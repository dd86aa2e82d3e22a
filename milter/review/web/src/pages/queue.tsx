// Messages that wait for a decision; j and k move, Enter opens.
import { useEffect, useState } from "preact/hooks";
import { go } from "../routes";
import type { IncidentLine } from "../types";
import { IncidentTable, useAnswer, Waiting } from "../ui";

interface Queue {
  incidents: IncidentLine[];
  more: boolean;
}

const STATES = ["held", "releasing", "released", "denied", "expired"] as const;
const REFRESH_MS = 5000;

export function QueuePage() {
  const [state, setState] = useState<string>("held");
  const [version, setVersion] = useState(0);
  const [chosen, setChosen] = useState(0);
  const { answer, fault } = useAnswer<Queue>(`/api/queue?state=${state}`, version);
  const lines = answer?.incidents ?? [];

  useEffect(() => {
    const timer = setInterval(() => setVersion((old) => old + 1), REFRESH_MS);
    return () => clearInterval(timer);
  }, []);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.target instanceof HTMLElement && event.target.closest("input, textarea, select, dialog")) return;
      const line = lines[chosen];
      if (event.key === "j") setChosen(Math.min(chosen + 1, Math.max(lines.length - 1, 0)));
      else if (event.key === "k") setChosen(Math.max(chosen - 1, 0));
      else if ((event.key === "Enter" || event.key === "o") && line && event.target === document.body) {
        go(`/incidents/${line.case}`);
      }
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  });

  return (
    <>
      <div class="page-head">
        <h1>Queue</h1>
        <div class="tabs" role="group" aria-label="State">
          {STATES.map((one) => (
            <button key={one} type="button" class="tab" aria-pressed={one === state}
              onClick={() => { setState(one); setChosen(0); }}>{one}</button>
          ))}
        </div>
      </div>
      {!answer ? <Waiting fault={fault} /> : lines.length === 0 ? (
        <div class="card empty">
          <p>{state === "held" ? "Nothing waits for a decision." : `Nothing is ${state}.`}</p>
        </div>
      ) : (
        <>
          <IncidentTable lines={lines} chosen={chosen} caption={`Messages that are ${state}`} />
          {answer.more && <p class="quiet">There are more; these are the newest.</p>}
          <p class="quiet keys"><kbd>j</kbd> <kbd>k</kbd> move, <kbd>Enter</kbd> opens</p>
        </>
      )}
    </>
  );
}
