// What happened in a span of time, counted.
import { useMemo, useState } from "preact/hooks";
import { withQuery } from "../api";
import type { Report } from "../types";
import { Bars, useAnswer, Waiting } from "../ui";

const SPANS = [7, 30, 90, 365];
const DAY_US = 86_400_000_000;

export function ReportPage() {
  const [days, setDays] = useState(30);
  const path = useMemo(
    () => withQuery("/api/report", { since_us: Date.now() * 1000 - days * DAY_US }),
    [days],
  );
  const { answer, fault } = useAnswer<Report>(path);
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
          <p class="figure"><strong>{answer.incidents.toLocaleString()}</strong> incidents in {days} days</p>
          <div class="cards">
            <Bars title="By day" rows={answer.by_day} />
            <Bars title="By what was done" rows={answer.by_action} />
            <Bars title="By kind of data" rows={answer.by_entity} />
            <Bars title="By rule" rows={answer.by_rule} />
            <Bars title="By recipient's domain" rows={answer.by_recipient_domain} />
            <Bars title="By sender" rows={answer.by_sender} />
          </div>
        </>
      )}
    </>
  );
}
