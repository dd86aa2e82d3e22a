// Small pieces that all pages are made of.
import { createContext, type ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { get, Refusal } from "./api";
import { follow } from "./routes";
import type { Counted, IncidentLine, Outcome, Person } from "./types";

// Tells the frame that somebody's rights have changed.
export const PersonContext = createContext<(person: Person) => void>(() => undefined);

// An entity's or action's id as people read it: "payment card number".
export const words = (id: string): string => id.replaceAll("_", " ");

// Made once: to make one costs more than a hundred uses.
const SHORT = { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" } as const;
let thisYear: Intl.DateTimeFormat | undefined;
let otherYear: Intl.DateTimeFormat | undefined;
function formatOf(date: Date): Intl.DateTimeFormat {
  if (date.getFullYear() === new Date().getFullYear()) return (thisYear ??= new Intl.DateTimeFormat(undefined, SHORT));
  return (otherYear ??= new Intl.DateTimeFormat(undefined, { ...SHORT, year: "numeric" }));
}

export function Time({ at }: { at: string }) {
  const date = new Date(at);
  const text = Number.isNaN(date.getTime()) ? at : formatOf(date).format(date);
  return <time dateTime={at} title={at}>{text}</time>;
}

export function Badge({ kind, children }: { kind: string; children: ComponentChildren }) {
  return <span class={`badge badge-${kind}`}>{children}</span>;
}

export function Notice({ kind, children }: { kind: "error" | "good" | "plain"; children: ComponentChildren }) {
  return <p class={`notice notice-${kind}`} role={kind === "error" ? "alert" : "status"}>{children}</p>;
}

export function told(result: Outcome): { kind: "good" | "error"; text: string } {
  switch (result.outcome) {
    case "released":
      return { kind: "good", text: "Released." };
    case "denied":
      return { kind: "good", text: "Denied." };
    case "more_officers":
      return { kind: "good", text: `Noted. ${result.officers_missing} more officer(s) must agree.` };
    case "refused":
      return { kind: "error", text: `The mail server refused it; it is held again: ${result.answer}` };
    case "not_sent":
      return { kind: "error", text: `It could not be sent; it is held again: ${result.answer}` };
    case "error":
      return { kind: "error", text: result.error ?? "Refused." };
    default:
      return {
        kind: "error",
        text: "The connection broke at the end. Look into the mail server's log before you release it again.",
      };
  }
}

export function Link({ to, children, ...more }: { to: string; children: ComponentChildren; class?: string }) {
  return <a href={to} onClick={follow} {...more}>{children}</a>;
}

// What `path` answers; asked again when it or `version` changes.
export function useAnswer<T>(path: string, version = 0): { answer: T | null; fault: string } {
  const [state, setState] = useState<{ answer: T | null; fault: string }>({ answer: null, fault: "" });
  useLayoutEffect(() => {
    let wanted = true;
    get<T>(path).then(
      (answer) => wanted && setState({ answer, fault: "" }),
      (error: Refusal) => wanted && setState({ answer: null, fault: error.message }),
    );
    return () => {
      wanted = false;
    };
  }, [path, version]);
  return state;
}

export function Waiting({ fault }: { fault: string }) {
  return fault ? <Notice kind="error">{fault}</Notice> : <p class="quiet" role="status">Loading …</p>;
}

export function Entities({ of }: { of: Record<string, number> }) {
  const entries = Object.entries(of).sort((a, b) => b[1] - a[1]);
  return (
    <span class="entities">
      {entries.slice(0, 4).map(([id, count]) => (
        <span key={id} class="entity">{words(id)}{count > 1 ? ` × ${count}` : ""}</span>
      ))}
      {entries.length > 4 && <span class="quiet">and {entries.length - 4} more</span>}
    </span>
  );
}

export function recipientsText(recipients: string[]): string {
  const first = recipients[0] ?? "nobody";
  return recipients.length > 1 ? `${first} and ${recipients.length - 1} more` : first;
}

// Which lines are picked, for a decision about all of them.
export interface Picking {
  picked: ReadonlySet<string>;
  toggle: (cases: string[], on: boolean) => void;
}

// A line of a list of incidents. `chosen` is where the keyboard is.
function IncidentRow({ line, chosen, picking }: { line: IncidentLine; chosen: boolean; picking?: Picking | undefined }) {
  const row = useRef<HTMLTableRowElement>(null);
  const picked = picking?.picked.has(line.case) ?? false;
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    <tr ref={row} class={[chosen && "chosen", picked && "picked"].filter(Boolean).join(" ")} aria-current={chosen ? "true" : undefined}>
      {picking && (
        <td class="pick"><input type="checkbox" checked={picked} aria-label={`Select ${line.case}`}
          onChange={(event) => picking.toggle([line.case], event.currentTarget.checked)} /></td>
      )}
      <td class="case"><Link to={`/incidents/${line.case}`}>{line.case}</Link></td>
      <td class="time"><Time at={line.time} /></td>
      <td class="address from">{line.sender || "(no sender)"}</td>
      <td class="address to">{recipientsText(line.recipients)}</td>
      <td class="found"><Entities of={line.entities} />{line.unreadable > 0 && <span class="entity warn">{line.unreadable} unreadable</span>}</td>
      <td class="state"><Badge kind={line.hold?.state ?? line.carried_out}>{line.hold?.state ?? words(line.carried_out)}</Badge></td>
    </tr>
  );
}

const FIRST_LINES = 20;

export function IncidentTable({ lines, chosen, caption, picking }: {
  lines: IncidentLine[];
  chosen?: number;
  caption: string;
  picking?: Picking | undefined;
}) {
  const all = picking !== undefined && lines.every((line) => picking.picked.has(line.case));
  // What a screen shows is drawn first, the rest right after it.
  const [whole, setWhole] = useState(lines.length <= FIRST_LINES);
  useEffect(() => setWhole(true), []);
  const drawn = whole ? lines : lines.slice(0, FIRST_LINES);
  return (
    <div class="table-frame" role="region" tabIndex={0} aria-label={caption}>
      <table class="incidents">
        <caption class="hidden">{caption}</caption>
        <thead>
          <tr>
            {picking && (
              <th scope="col" class="pick"><input type="checkbox" checked={all} aria-label="Select all"
                onChange={(event) => picking.toggle(lines.map((line) => line.case), event.currentTarget.checked)} /></th>
            )}
            <th scope="col">Case</th><th scope="col">Time</th><th scope="col">From</th>
            <th scope="col">To</th><th scope="col">Found</th><th scope="col">State</th>
          </tr>
        </thead>
        <tbody>{drawn.map((line, i) => <IncidentRow key={line.case} line={line} chosen={i === chosen} picking={picking} />)}</tbody>
      </table>
    </div>
  );
}

// Asks for a reason before something is done. Escape and the outside close it.
export function ReasonDialog(props: {
  title: string;
  text: string;
  action: string;
  danger?: boolean;
  onDone: (reason: string) => Promise<void>;
  onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setFault("");
    try {
      await props.onDone(reason);
    } catch (error) {
      setFault((error as Error).message);
      setBusy(false);
    }
  };
  return (
    <dialog ref={dialog} aria-labelledby={`${id}-title`} onClose={props.onClose}>
      <form onSubmit={submit}>
        <h2 id={`${id}-title`}>{props.title}</h2>
        <p>{props.text}</p>
        <label for={`${id}-reason`}>Reason (kept in the audit log)</label>
        <textarea id={`${id}-reason`} required maxLength={2000} rows={3} value={reason}
          onInput={(event) => setReason(event.currentTarget.value)} />
        {fault && <Notice kind="error">{fault}</Notice>}
        <div class="buttons">
          <button type="button" class="plain" onClick={() => dialog.current?.close()}>Cancel</button>
          <button type="submit" class={props.danger ? "danger" : "primary"} disabled={busy || !reason.trim()}>
            {busy ? "Working …" : props.action}
          </button>
        </div>
      </form>
    </dialog>
  );
}

// Names with bars; the numbers stand beside them, so nothing is told by length alone.
export function Bars({ title, rows, to }: { title: string; rows: Counted[]; to?: (name: string) => string }) {
  const most = Math.max(1, ...rows.map((row) => row.count));
  return (
    <section class="card">
      <h2>{title}</h2>
      {rows.length === 0 ? <p class="quiet">Nothing in this time.</p> : (
        <table class="bars">
          <caption class="hidden">{title}</caption>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">{to && row.name ? <Link to={to(row.name)}>{words(row.name)}</Link> : words(row.name) || "(none)"}</th>
                <td class="bar">
                  <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                    <rect width={(100 * row.count) / most} height="10" rx="1" />
                  </svg>
                </td>
                <td class="number">{row.count.toLocaleString()}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
