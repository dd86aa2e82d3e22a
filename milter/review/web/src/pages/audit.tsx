// Who did what, and whether the record is whole.
import { useState } from "preact/hooks";
import { get } from "../api";
import { ask } from "../questions";
import type { AuditEntry } from "../types";
import { Notice, Time, useAnswer, Waiting, words } from "../ui";

interface Check {
  whole: boolean;
  entries: number;
  head: string;
  broken_at?: number;
  fault?: string;
}

export function AuditPage() {
  const [before, setBefore] = useState<number | undefined>(undefined);
  const [check, setCheck] = useState<Check | null>(null);
  const [checkFault, setCheckFault] = useState("");
  const { answer, fault } = useAnswer<{ entries: AuditEntry[] }>(ask.audit(before));
  const verify = (): void => {
    get<Check>("/api/audit/check").then(setCheck, (error: Error) => setCheckFault(error.message));
  };
  const last = answer?.entries.at(-1)?.number ?? 1;
  return (
    <>
      <div class="page-head">
        <h1>Audit</h1>
        <button type="button" class="plain" onClick={verify}>Verify the chain</button>
      </div>
      {checkFault && <Notice kind="error">{checkFault}</Notice>}
      {check && (
        <Notice kind={check.whole ? "good" : "error"}>
          {check.whole
            ? `All ${check.entries} entries are as they were written. Head: ${check.head}`
            : `Broken at entry ${check.broken_at}: ${check.fault}`}
        </Notice>
      )}
      {!answer ? <Waiting fault={fault} /> : (
        <>
          <div class="table-frame" role="region" tabIndex={0} aria-label="Audit log, newest first">
            <table>
              <caption class="hidden">Audit log, newest first</caption>
              <thead>
                <tr><th scope="col">No.</th><th scope="col">Time</th><th scope="col">Who</th>
                  <th scope="col">What</th><th scope="col">About</th><th scope="col">Detail</th></tr>
              </thead>
              <tbody>
                {answer.entries.map((one) => (
                  <tr key={one.number}>
                    <td class="number">{one.number}</td><td class="time"><Time at={one.time} /></td>
                    <td>{one.actor}</td><td>{words(one.act)}</td><td>{one.object}</td><td>{one.detail}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <div class="buttons">
            {before !== undefined && <button type="button" class="plain" onClick={() => setBefore(undefined)}>Newest</button>}
            {last > 1 && <button type="button" class="plain" onClick={() => setBefore(last)}>Older ones</button>}
          </div>
        </>
      )}
    </>
  );
}
