// One incident: what was found and why, who would have got it, and what is done with it.
import { useEffect, useState } from "preact/hooks";
import { post } from "../api";
import { ask } from "../questions";
import type { Finding, Hold, Incident, Outcome, Person } from "../types";
import { Badge, IncidentTable, Link, Notice, ReasonDialog, Time, told, useAnswer, Waiting, words } from "../ui";
import { ExcludeDialog } from "./exclude_dialog";
import { scopeText } from "./exclusion_parts";
import { ReplaySection } from "./replay";
import { UnlockForm } from "./unlock";

type Act = "release" | "deny" | "reveal" | "confirm";

const DIALOGS: Record<Act, { title: string; text: string; action: string; danger?: boolean }> = {
  release: {
    title: "Release this message?",
    text: "It goes out unchanged, to everybody it was addressed to.",
    action: "Release",
    danger: true,
  },
  deny: { title: "Deny this message?", text: "It will not be sent.", action: "Deny" },
  confirm: {
    title: "Has it gone out?",
    text: "Only if the mail server's queue or log shows the message: it counts as released, and leaves the vault.",
    action: "It has gone out",
  },
  reveal: {
    title: "Read this message?",
    text: "It may hold personal data. That you read it, and why, is recorded.",
    action: "Read",
  },
};

function FindingCard({ finding, onExclude }: { finding: Finding; onExclude?: () => void }) {
  const counts = finding.disclosed_to.length > 0;
  return (
    <li class="finding">
      <div class="finding-head">
        <strong>{words(finding.entity)}</strong>
        <Badge kind={finding.level}>{finding.level} {finding.confidence}</Badge>
      </div>
      <code class="masked">{finding.masked}</code>
      <p class="quiet">in {finding.path || finding.zone}{!counts && " · does not count for anybody"}</p>
      <details>
        <summary>Why it counts</summary>
        <ol>{finding.why.map((reason, i) => <li key={i}>{reason}</li>)}</ol>
      </details>
      {counts && onExclude && <button type="button" class="plain small" onClick={onExclude}>Not personal data …</button>}
    </li>
  );
}

function Decisions({ hold }: { hold: Hold }) {
  return (
    <section class="card">
      <h2>Decisions</h2>
      {hold.decisions.length === 0 ? <p class="quiet">None yet.</p> : (
        <ol class="decisions">
          {hold.decisions.map((one, i) => (
            <li key={i}><Time at={one.time} /> <strong>{one.officer || "noshare"}</strong>: {one.decision}
              {one.reason && <span class="quiet"> — {one.reason}</span>}</li>
          ))}
        </ol>
      )}
    </section>
  );
}

function mayAct(hold: Hold | undefined, person: Person, act: "release" | "deny"): boolean {
  if (!hold || person.role === "auditor") return false;
  if (act === "deny") return hold.state === "held" || (hold.state === "releasing" && !hold.may_have_gone_out);
  return (hold.state === "held" || hold.state === "releasing") && hold.in_vault && person.has_key &&
    (person.role === "admin" || person.role === "officer");
}

function Acts({ hold, person, onAct }: { hold: Hold; person: Person; onAct: (act: Act) => void }) {
  const open = hold.state === "held" || hold.state === "releasing";
  const releases = person.role === "admin" || person.role === "officer";
  return (
    <section class="card acts" aria-label="Decide">
      {hold.officers_needed > 1 && open && <p>A release needs {hold.officers_needed} officers.</p>}
      {hold.may_have_gone_out && (
        <Notice kind="error">
          An earlier release passed the filter and was not confirmed by the mail server. Look into its queue and log
          before you release it again.
        </Notice>
      )}
      {!hold.in_vault && <p class="quiet">The message is not in the vault any more.</p>}
      {releases && hold.in_vault && !person.has_key && (person.locked
        ? <UnlockForm /> : <p class="quiet">Your account has no key to the vault.</p>)}
      <div class="buttons">
        {releases && hold.in_vault && person.has_key && <button type="button" class="plain" onClick={() => onAct("reveal")}>Read</button>}
        {releases && hold.may_have_gone_out && <button type="button" class="plain" onClick={() => onAct("confirm")}>It has gone out</button>}
        {mayAct(hold, person, "deny") && <button type="button" class="plain" onClick={() => onAct("deny")}>Deny</button>}
        {mayAct(hold, person, "release") && <button type="button" class="danger" onClick={() => onAct("release")}>{hold.may_have_gone_out ? "Release again" : "Release"}</button>}
      </div>
    </section>
  );
}

function Recipients({ incident }: { incident: Incident }) {
  return (
    <section class="card">
      <h2>Who would receive it</h2>
      <div class="table-frame" role="region" tabIndex={0} aria-label="Recipients">
        <table>
          <caption class="hidden">Recipients</caption>
          <thead><tr><th scope="col">Recipient</th><th scope="col">Party</th><th scope="col">Verdict</th><th scope="col">Rules</th></tr></thead>
          <tbody>
            {incident.verdict.recipients.map((one) => (
              <tr key={one.to}>
                <td class="address">{one.to}</td><td>{one.party}</td>
                <td><Badge kind={one.action}>{words(one.action)}</Badge></td><td>{one.rules.join(", ")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Facts({ incident }: { incident: Incident }) {
  const facts: [string, string][] = [
    ["From", incident.envelope.sender || "(no sender)"],
    ["Signed in as", incident.envelope.authenticated_user],
    ["Client", incident.envelope.client_address],
    ["Message-ID", incident.message_id],
    ["Queue id", incident.queue_id],
    ["Size", `${incident.bytes.toLocaleString()} bytes`],
    ["Tried", `${incident.seen} time(s)`],
    ["Policy", incident.policy_version ?? ""],
    ["Packs", incident.pack_version ?? ""],
  ];
  return (
    <section class="card">
      <h2>Message</h2>
      <dl class="facts">
        {facts.filter(([, value]) => value).map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name}:`}>{value}</dd>])}
      </dl>
    </section>
  );
}

export function IncidentPage({ caseNumber, person }: { caseNumber: string; person: Person }) {
  const [version, setVersion] = useState(0);
  const [act, setAct] = useState<Act | null>(null);
  const [outcome, setOutcome] = useState<{ kind: "good" | "error" | "plain"; text: string } | null>(null);
  const [excluding, setExcluding] = useState<number | null>(null);
  const [message, setMessage] = useState<{ message: string; complete: boolean } | null>(null);
  const path = ask.incident(caseNumber);
  const { answer: incident, fault } = useAnswer<Incident>(path, version);
  // A link of a letter proposes a decision: its dialog is open, and nothing is done yet.
  useEffect(() => {
    const proposed = location.hash.slice(1);
    if (!incident || (proposed !== "release" && proposed !== "deny")) return;
    history.replaceState(null, "", location.pathname);
    if (mayAct(incident.hold, person, proposed)) setAct(proposed);
    else setOutcome({ kind: "plain", text: `It is ${incident.hold?.state ?? "not held"}; you cannot ${proposed} it.` });
  }, [incident]);
  if (!incident) return <Waiting fault={fault} />;

  const decides = person.role === "admin" || person.role === "officer";
  const excluded = (id: string): void => {
    setExcluding(null);
    setOutcome({ kind: "good", text: `Proposed as ${id}. A second person has to agree.` });
    setVersion(version + 1);
  };
  const perform = async (reason: string): Promise<void> => {
    if (act === "reveal") {
      setMessage(await post(`${path}/reveal`, { reason }));
    } else {
      setOutcome(told(await post<Outcome>(`${path}/${act}`, { reason, again: incident.hold?.may_have_gone_out })));
    }
    setAct(null);
    setVersion(version + 1);
  };

  return (
    <>
      <div class="page-head">
        <div>
          <h1>{incident.case}</h1>
          <p class="quiet"><Time at={incident.time} /> · rule {incident.rule}</p>
        </div>
        <Badge kind={incident.hold?.state ?? incident.carried_out}>{incident.hold?.state ?? words(incident.carried_out)}</Badge>
      </div>
      {outcome && <Notice kind={outcome.kind}>{outcome.text}</Notice>}
      {incident.hold && <Acts hold={incident.hold} person={person} onAct={setAct} />}
      {message && (
        <section class="card">
          <h2>The message{message.complete ? "" : ", its first megabyte"}</h2>
          <pre class="message" tabIndex={0}>{message.message}</pre>
          <button type="button" class="plain" onClick={() => setMessage(null)}>Hide</button>
        </section>
      )}
      <section class="card">
        <h2>What was found</h2>
        {incident.findings.length === 0 && <p class="quiet">Nothing.</p>}
        <ul class="findings">
          {incident.findings.map((one, i) => (
            <FindingCard key={i} finding={one} {...(decides ? { onExclude: () => setExcluding(i) } : {})} />
          ))}
        </ul>
        {incident.exclusions.length > 0 && (
          <>
            <h3>Said to be no personal data</h3>
            <ul class="plain-list">
              {incident.exclusions.map((one) => (
                <li key={one.id}><Link to="/exclusions">{one.id}</Link> <Badge kind={one.state}>{one.state}</Badge> <span class="quiet">{scopeText(one)}, {one.proposed_by}: {one.reason}</span></li>
              ))}
            </ul>
          </>
        )}
        {incident.unreadable.length > 0 && (
          <>
            <h3>What could not be read</h3>
            <ul>{incident.unreadable.map((one, i) => <li key={i}>{one.path || "message"}: {words(one.reason)}</li>)}</ul>
          </>
        )}
      </section>
      <Recipients incident={incident} />
      {incident.hold && <Decisions hold={incident.hold} />}
      <Facts incident={incident} />
      {person.role !== "reviewer" && <ReplaySection path={path} />}
      {incident.earlier.length > 0 && (
        <section>
          <h2>Earlier, from the same sender</h2>
          <IncidentTable lines={incident.earlier} caption="Earlier incidents of this sender" />
        </section>
      )}
      {excluding !== null && incident.findings[excluding] && (
        <ExcludeDialog path={path} finding={excluding} masked={incident.findings[excluding].masked}
          onDone={excluded} onClose={() => setExcluding(null)} />
      )}
      {act && <ReasonDialog {...DIALOGS[act]} onDone={perform} onClose={() => setAct(null)} />}
    </>
  );
}
