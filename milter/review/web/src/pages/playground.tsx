// Try the filter: paste a text or a mail, see what is found and what would happen, live.
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { post } from "../api";
import type { Finding, Tried } from "../types";
import { Badge, Notice, words } from "../ui";

const PAUSE_MS = 350;
const SAMPLE = "Dear Bob,\n\nplease charge my Visa card 4111 1111 1111 1111, it expires 11/29.\nMy bank account is GB29 NWBK 6016 1331 9268 19.\n\nRegards, Jane";

// The text in pieces: what belongs to no finding, and the findings of the body.
function pieces(text: string, findings: Finding[]): { text: string; finding?: number }[] {
  const points = Array.from(text);
  const places = findings
    .map((one, index) => ({ ...one, index }))
    .filter((one) => one.path === "body" && one.end <= points.length)
    .sort((a, b) => a.start - b.start);
  const list: { text: string; finding?: number }[] = [];
  let at = 0;
  for (const one of places) {
    if (one.start < at) continue;
    if (one.start > at) list.push({ text: points.slice(at, one.start).join("") });
    list.push({ text: points.slice(one.start, one.end).join(""), finding: one.index });
    at = one.end;
  }
  if (at < points.length) list.push({ text: points.slice(at).join("") });
  return list;
}

function Verdict({ tried }: { tried: Tried }) {
  const verdict = tried.verdict;
  return (
    <section class="card" aria-live="polite">
      <div class="page-head">
        <h2>Verdict</h2>
        <Badge kind={verdict.action}>{words(verdict.action)}</Badge>
      </div>
      <p class="quiet">
        {verdict.rule ? <>By rule <strong>{verdict.rule}</strong>, f</> : "F"}rom {tried.envelope.sender} to {tried.envelope.recipients.join(", ")}; read in {tried.ms.toFixed(1)} ms.
      </p>
      {verdict.reply && <p><code>{verdict.reply}</code></p>}
      {verdict.why && verdict.why.length > 0 && (
        <details>
          <summary>Why</summary>
          <ul>{verdict.why.map((one, i) => <li key={i}>{one}</li>)}</ul>
        </details>
      )}
    </section>
  );
}

export function PlaygroundPage() {
  const id = useId();
  const [text, setText] = useState("");
  const [as, setAs] = useState<"text" | "mail">("text");
  const [sender, setSender] = useState("");
  const [recipient, setRecipient] = useState("");
  const [state, setState] = useState<{ tried: Tried | null; text: string; fault: string; busy: boolean }>({ tried: null, text: "", fault: "", busy: false });
  const latest = useRef(0);

  useEffect(() => {
    const number = ++latest.current;
    if (!text.trim()) {
      setState({ tried: null, text: "", fault: "", busy: false });
      return;
    }
    const timer = setTimeout(() => {
      setState((old) => ({ ...old, busy: true }));
      post<Tried>("/api/playground", { text, as, sender, recipient }).then(
        (tried) => number === latest.current && setState({ tried, text, fault: "", busy: false }),
        (error: Error) => number === latest.current && setState({ tried: null, text: "", fault: error.message, busy: false }),
      );
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, as, sender, recipient]);

  const { tried } = state;
  return (
    <>
      <div class="page-head">
        <div>
          <h1>Playground</h1>
          <p class="quiet">What would the filter say? Nothing that you paste is stored.</p>
        </div>
        <div class="tabs" role="group" aria-label="What it is">
          <button type="button" class="tab" aria-pressed={as === "text"} onClick={() => setAs("text")}>A text</button>
          <button type="button" class="tab" aria-pressed={as === "mail"} onClick={() => setAs("mail")}>A whole mail</button>
        </div>
      </div>
      <div class="halves">
        <div class="stack">
          <section class="card">
            <label for={`${id}-text`}>{as === "text" ? "Text" : "Mail, with its header"}</label>
            <textarea id={`${id}-text`} class="paste" rows={14} spellcheck={false} value={text} maxLength={500_000}
              onInput={(event) => setText(event.currentTarget.value)} />
            <div class="two">
              <div>
                <label for={`${id}-from`}>From</label>
                <input id={`${id}-from`} value={sender} placeholder="somebody of ours" onChange={(event) => setSender(event.currentTarget.value.trim())} />
              </div>
              <div>
                <label for={`${id}-to`}>To</label>
                <input id={`${id}-to`} value={recipient} placeholder="a stranger" onChange={(event) => setRecipient(event.currentTarget.value.trim())} />
              </div>
            </div>
            {!text && <button type="button" class="plain small" onClick={() => { setAs("text"); setText(SAMPLE); }}>Try a sample</button>}
          </section>
        </div>
        <div class="stack" aria-busy={state.busy}>
          {state.fault && <Notice kind="error">{state.fault}</Notice>}
          {!tried && !state.fault && <div class="card empty"><p>{state.busy ? "Reading …" : "Paste something to see what is found in it."}</p></div>}
          {tried && <Verdict tried={tried} />}
          {tried && as === "text" && state.text && (
            <section class="card">
              <h2>Where</h2>
              <pre class="message marked" tabIndex={0}>{pieces(state.text, tried.findings).map((piece, i) => (
                piece.finding === undefined ? piece.text
                  : <mark key={i} class={`mark-${tried.findings[piece.finding]?.level}`} title={words(tried.findings[piece.finding]?.entity ?? "")}>{piece.text}</mark>
              ))}</pre>
            </section>
          )}
          {tried && (
            <section class="card">
              <h2>What was found</h2>
              {tried.findings.length === 0 && <p class="quiet">Nothing.</p>}
              <ul class="findings">
                {tried.findings.map((one, i) => (
                  <li key={i} class="finding">
                    <div class="finding-head"><strong>{words(one.entity)}</strong><Badge kind={one.level}>{one.level} {one.confidence}</Badge></div>
                    <code class="masked">{one.masked}</code>
                    <p class="quiet">in {one.path || one.zone}{one.disclosed_to.length === 0 && " · does not count here"}</p>
                    <details><summary>Why it counts</summary><ol>{one.why.map((reason, n) => <li key={n}>{reason}</li>)}</ol></details>
                  </li>
                ))}
              </ul>
              {tried.unreadable.length > 0 && (
                <>
                  <h3>What could not be read</h3>
                  <ul>{tried.unreadable.map((one, i) => <li key={i}>{one.path || "message"}: {words(one.reason)}</li>)}</ul>
                </>
              )}
            </section>
          )}
        </div>
      </div>
    </>
  );
}
