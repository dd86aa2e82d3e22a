// Messages that wait for a decision: one by one, or several with one reason.
import { useEffect, useState } from "preact/hooks";
import { post } from "../api";
import { ask } from "../questions";
import { go } from "../routes";
import type { IncidentLine, Outcome, Person } from "../types";
import { IncidentTable, Link, ReasonDialog, told, useAnswer, Waiting } from "../ui";

interface Queue {
  incidents: IncidentLine[];
  more: boolean;
}

type Decision = "release" | "deny";
type Result = Outcome & { case: string };

const STATES = ["held", "releasing", "released", "denied", "expired"] as const;
const REFRESH_MS = 5000;
const KEYS: [string, string][] = [
  ["j", "next"], ["k", "previous"], ["Enter", "open"], ["x", "select"], ["a", "select all"],
  ["r", "release"], ["d", "deny"], ["Esc", "select none"], ["?", "these keys"],
];

function Results({ results, onClose }: { results: Result[]; onClose: () => void }) {
  return (
    <section class="card results" aria-label="What came of it" role="status">
      <div class="page-head">
        <h2>{results.length} decided</h2>
        <button type="button" class="plain small" onClick={onClose}>Close</button>
      </div>
      <ul class="plain-list">
        {results.map((one) => {
          const { kind, text } = told(one);
          return (
            <li key={one.case}><Link to={`/incidents/${one.case}`}>{one.case}</Link>{" "}
              <span class={kind === "good" ? "same" : "fault"}>{text}</span></li>
          );
        })}
      </ul>
    </section>
  );
}

function Keys({ onClose }: { onClose: () => void }) {
  return (
    <section class="card" aria-label="Keys">
      <div class="page-head"><h2>Keys</h2><button type="button" class="plain small" onClick={onClose}>Close</button></div>
      <dl class="key-list">{KEYS.map(([key, does]) => [<dt key={key}><kbd>{key}</kbd></dt>, <dd key={does}>{does}</dd>])}</dl>
    </section>
  );
}

function dialogOf(decision: Decision, count: number) {
  const messages = count === 1 ? "1 message" : `${count} messages`;
  return decision === "release"
    ? { title: `Release ${messages}?`, text: "Each goes out unchanged, to everybody it was addressed to.", action: "Release", danger: true }
    : { title: `Deny ${messages}?`, text: "None of them will be sent.", action: "Deny" };
}

export function QueuePage({ person }: { person: Person }) {
  const [state, setState] = useState<string>("held");
  const [version, setVersion] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [deciding, setDeciding] = useState<Decision | null>(null);
  const [results, setResults] = useState<Result[]>([]);
  const [help, setHelp] = useState(false);
  const { answer, fault } = useAnswer<Queue>(ask.queue(state), version);
  const lines = answer?.incidents ?? [];
  const decides = state === "held" && person.role !== "auditor";
  const releases = decides && person.role !== "reviewer" && person.has_key;
  // What somebody else has decided meanwhile is no longer in the list.
  const cases = lines.map((line) => line.case).filter((one) => picked.has(one));

  const toggle = (some: string[], on: boolean): void => {
    const next = new Set(picked);
    for (const one of some) on ? next.add(one) : next.delete(one);
    setPicked(next);
  };
  const begin = (decision: Decision): void => {
    const here = lines[chosen]?.case;
    if (cases.length === 0 && here) setPicked(new Set([here]));
    if (cases.length > 0 || here) setDeciding(decision);
  };
  const decide = async (reason: string): Promise<void> => {
    const done = await post<{ results: Result[] }>("/api/decisions", { cases, decision: deciding, reason });
    setResults(done.results);
    setPicked(new Set());
    setDeciding(null);
    setVersion((old) => old + 1);
  };

  useEffect(() => {
    const timer = setInterval(() => setVersion((old) => old + 1), REFRESH_MS);
    return () => clearInterval(timer);
  }, []);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof HTMLElement &&
        event.target.closest("input:not([type=checkbox]), textarea, select, dialog")) return;
      const line = lines[chosen];
      if (event.key === "j") setChosen(Math.min(chosen + 1, Math.max(lines.length - 1, 0)));
      else if (event.key === "k") setChosen(Math.max(chosen - 1, 0));
      else if (event.key === "?") setHelp(!help);
      else if ((event.key === "Enter" || event.key === "o") && line && event.target === document.body) {
        go(`/incidents/${line.case}`);
      } else if (!decides) return;
      else if (event.key === "x" && line) toggle([line.case], !picked.has(line.case));
      else if (event.key === "a") setPicked(new Set(lines.map((one) => one.case)));
      else if (event.key === "Escape") setPicked(new Set());
      else if (event.key === "d") begin("deny");
      else if (event.key === "r" && releases) begin("release");
      else return;
      event.preventDefault();
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
              onClick={() => { setState(one); setChosen(0); setPicked(new Set()); }}>{one}</button>
          ))}
        </div>
      </div>
      {results.length > 0 && <Results results={results} onClose={() => setResults([])} />}
      {cases.length > 0 && (
        <div class="card bulk" role="group" aria-label="Selected messages">
          <strong aria-live="polite">{cases.length} selected</strong>
          <div class="buttons">
            <button type="button" class="plain" onClick={() => setPicked(new Set())}>Select none</button>
            <button type="button" class="plain" onClick={() => begin("deny")}>Deny</button>
            {releases && <button type="button" class="danger" onClick={() => begin("release")}>Release</button>}
          </div>
        </div>
      )}
      {!answer ? <Waiting fault={fault} /> : lines.length === 0 ? (
        <div class="card empty">
          {state === "held"
            ? <><h2>All done</h2><p>Nothing waits for a decision. New messages appear here by themselves.</p></>
            : <p>Nothing is {state}.</p>}
        </div>
      ) : (
        <>
          <IncidentTable lines={lines} chosen={chosen} caption={`Messages that are ${state}`}
            picking={decides ? { picked, toggle } : undefined} />
          {answer.more && <p class="quiet">There are more; these are the newest.</p>}
        </>
      )}
      {help ? <Keys onClose={() => setHelp(false)} /> : (
        <p class="quiet keys">
          {decides && lines.length > 1 && (
            <><button type="button" class="plain small" onClick={() => setPicked(new Set(lines.map((one) => one.case)))}>Select all</button>{" "}</>
          )}
          <button type="button" class="plain small" onClick={() => setHelp(true)}>Keys</button>{" "}
          <kbd>j</kbd> <kbd>k</kbd> move, <kbd>Enter</kbd> opens, <kbd>?</kbd> all keys</p>
      )}
      {deciding && cases.length > 0 && (
        <ReasonDialog {...dialogOf(deciding, cases.length)} onDone={decide} onClose={() => setDeciding(null)} />
      )}
    </>
  );
}
