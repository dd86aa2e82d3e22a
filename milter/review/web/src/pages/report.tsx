// What happened in a span of days: over time, by kind, rule and domain; documents to keep.
import { useMemo, useState } from "preact/hooks";
import { withQuery } from "../api";
import { Columns } from "../chart";
import { ask, lastDays, REPORT_DAYS } from "../questions";
import type { FalseRate, Report } from "../types";
import { Bars, useAnswer, Waiting, words } from "../ui";

const SPANS = [7, 30, 90, 365];
const STOPPED = ["hold", "reject", "drop_recipient", "redact", "discard", "defer"];
const VIEWS = { action: "what was done", entity: "kind of data", rule: "rule" } as const;
type View = keyof typeof VIEWS;
const DOCUMENTS = [
  { kind: "summary", title: "Summary", about: "Counts by action, rule, kind of data and domain; false positives." },
  { kind: "breach", title: "Breach pack", about: "GDPR Art. 33: what left, about how many people and records, to whom, when." },
  { kind: "recipients", title: "Record of recipients", about: "GDPR Art. 30: agreements, and who received what." },
  { kind: "pci", title: "Card numbers", about: "PCI DSS 4.2.2: the rules, what was stopped, what left unencrypted." },
];

function Rates({ title, rows }: { title: string; rows: FalseRate[] }) {
  return (
    <section class="card">
      <h2>{title}</h2>
      {rows.length === 0 ? <p class="quiet">Nothing in this time.</p> : (
        <table class="rates">
          <caption class="hidden">{title}</caption>
          <thead><tr><th scope="col"><span class="hidden">Name</span></th><th scope="col" class="number">Incidents</th><th scope="col" class="number">Said to be none</th><th scope="col" class="number">Share</th></tr></thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">{words(row.name) || "(none)"}</th>
                <td class="number">{row.incidents.toLocaleString()}</td>
                <td class="number">{row.wrong.toLocaleString()}</td>
                <td class="number">{row.incidents ? `${((100 * row.wrong) / row.incidents).toFixed(1)} %` : "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Tile({ number, text }: { number: number; text: string }) {
  return <div class="card tile"><strong>{number.toLocaleString()}</strong><span class="quiet">{text}</span></div>;
}

export function ReportPage() {
  const [days, setDays] = useState(REPORT_DAYS);
  const [view, setView] = useState<View>("action");
  const span = useMemo(() => lastDays(days), [days]);
  const { answer, fault } = useAnswer<Report>(ask.report(span));
  const stopped = answer?.by_action.filter((one) => STOPPED.includes(one.name)).reduce((all, one) => all + one.count, 0) ?? 0;
  const wrong = answer?.false_by_rule.reduce((all, one) => all + one.wrong, 0) ?? 0;
  return (
    <>
      <div class="page-head">
        <h1>Report</h1>
        <div class="tabs" role="group" aria-label="Span of time">
          {SPANS.map((one) => (
            <button key={one} type="button" class="tab" aria-pressed={one === days} onClick={() => setDays(one)}>{one} days</button>
          ))}
        </div>
      </div>
      {!answer ? <Waiting fault={fault} /> : (
        <>
          <div class="tiles">
            <Tile number={answer.incidents} text="incidents" />
            <Tile number={stopped} text="stopped or changed" />
            <Tile number={answer.by_recipient_domain.length} text={answer.by_recipient_domain.length === 20 ? "domains or more" : "recipients' domains"} />
            <Tile number={wrong} text="said to be false" />
          </div>
          <section class="card">
            <div class="page-head">
              <h2>Over time, by {VIEWS[view]}</h2>
              <div class="tabs" role="group" aria-label="Chart">
                {(Object.keys(VIEWS) as View[]).map((one) => (
                  <button key={one} type="button" class="tab" aria-pressed={one === view} onClick={() => setView(one)}>{VIEWS[one]}</button>
                ))}
              </div>
            </div>
            <Columns title={`By ${VIEWS[view]}`} since={answer.since} until={answer.until}
              counts={view === "action" ? answer.action_by_day : view === "entity" ? answer.entity_by_day : answer.rule_by_day} />
          </section>
          <div class="cards">
            <Bars title="By what was done" rows={answer.by_action} to={(name) => withQuery("/incidents", { action: name })} />
            <Bars title="By kind of data" rows={answer.by_entity} to={(name) => withQuery("/incidents", { entity: name })} />
            <Bars title="By rule" rows={answer.by_rule} to={(name) => withQuery("/incidents", { rule: name })} />
            <Bars title="By recipient's domain" rows={answer.by_recipient_domain} to={(name) => withQuery("/incidents", { recipient: `*@${name}` })} />
            <Bars title="By sender" rows={answer.by_sender} to={(name) => withQuery("/incidents", { sender: name })} />
            <Rates title="False positives by kind of data" rows={answer.false_by_entity} />
            <Rates title="False positives by rule" rows={answer.false_by_rule} />
          </div>
          <section class="card">
            <h2>Documents of these days</h2>
            <p class="quiet">To print or to hand on: no value found in mail and no address stands in them.</p>
            <ul class="documents">
              {DOCUMENTS.map((one) => (
                <li key={one.kind}>
                  <span><strong>{one.title}</strong><br /><span class="quiet">{one.about}</span></span>
                  <span class="buttons">
                    {["html", "csv"].map((format) => (
                      <a key={format} class="button" download href={withQuery(`/api/documents/${one.kind}`, { ...span, format })}
                        aria-label={`${one.title} as ${format.toUpperCase()}`}>{format.toUpperCase()}</a>
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        </>
      )}
    </>
  );
}
