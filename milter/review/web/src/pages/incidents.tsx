// All incidents, newest first, with filters that stand in the address.
import { useEffect, useId, useState } from "preact/hooks";
import { get, withQuery } from "../api";
import { ask } from "../questions";
import type { IncidentLine } from "../types";
import { IncidentTable, Notice, useAnswer, Waiting } from "../ui";

interface Page {
  incidents: IncidentLine[];
  next?: string; // where to go on, if there are more
}

const ACTIONS = ["tag", "notify", "redact", "drop_recipient", "hold", "reject", "defer", "discard"];
const FILTERS = ["sender", "recipient", "rule", "entity", "action"] as const;

export function IncidentsPage() {
  const id = useId();
  const [query, setQuery] = useState(location.search);
  const { answer, fault } = useAnswer<Page>(ask.incidents(query));
  const [further, setFurther] = useState<{ of: Page | null; pages: Page[] }>({ of: null, pages: [] });
  const [moreFault, setMoreFault] = useState("");
  const [looking, setLooking] = useState(false);
  const pages = answer ? [answer, ...(further.of === answer ? further.pages : [])] : [];
  const next = pages.at(-1)?.next;
  const given = new URLSearchParams(query);
  const used = FILTERS.filter((name) => given.get(name)).length;
  const [unfolded, setUnfolded] = useState(false); // on a phone, where they would fill the page

  const search = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const values = Object.fromEntries(FILTERS.map((name) => [name, String(form.get(name) ?? "").trim()]));
    const path = withQuery("/incidents", values);
    history.replaceState(null, "", path);
    setQuery(location.search);
    setUnfolded(false);
  };
  // A search may look at many that do not fit: it goes on until there is one, or no more.
  const more = async (): Promise<void> => {
    setLooking(true);
    try {
      const parameters = Object.fromEntries(given);
      let found: Page;
      let before = next;
      do {
        found = await get<Page>(withQuery("/api/incidents", { ...parameters, before }));
        before = found.next;
      } while (found.incidents.length === 0 && before !== undefined);
      setFurther({ of: answer, pages: [...pages.slice(1), found] });
    } catch (error) {
      setMoreFault((error as Error).message);
    } finally {
      setLooking(false);
    }
  };
  // Nobody is asked to press a button for what may be the first page.
  useEffect(() => {
    if (answer && answer.incidents.length === 0 && answer.next !== undefined) void more();
  }, [answer]);
  const lines = pages.flatMap((page) => page.incidents);

  return (
    <>
      <div class="page-head">
        <h1>Incidents</h1>
        <button type="button" class="plain fold" aria-expanded={unfolded} aria-controls={`${id}-filters`} onClick={() => setUnfolded(!unfolded)}>
          {used > 0 ? `Filters (${used})` : "Filters"}
        </button>
      </div>
      <form id={`${id}-filters`} class={unfolded ? "filters card" : "filters card folded"} role="search" onSubmit={search}>
        {FILTERS.map((name) => (
          <div key={name}>
            <label for={`${id}-${name}`}>{name}</label>
            {name === "action" ? (
              <select id={`${id}-${name}`} name={name} defaultValue={given.get(name) ?? ""}>
                <option value="">any</option>
                {ACTIONS.map((one) => <option key={one} value={one} selected={given.get(name) === one}>{one.replaceAll("_", " ")}</option>)}
              </select>
            ) : (
              <input id={`${id}-${name}`} name={name} defaultValue={given.get(name) ?? ""}
                placeholder={name === "sender" || name === "recipient" ? "*@example.com" : ""} />
            )}
          </div>
        ))}
        <button class="primary">Search</button>
      </form>
      {!answer ? <Waiting fault={fault} /> : (
        <>
          {lines.length > 0 ? <IncidentTable lines={lines} caption="Incidents" /> : (
            <div class="card empty"><p>{next === undefined ? "No incident fits." : looking ? "None of the newest fits. Looking further back …" : "None of the newest fits."}</p></div>
          )}
          {moreFault && <Notice kind="error">{moreFault}</Notice>}
          {next !== undefined && (
            <button type="button" class="plain" disabled={looking} onClick={more}>{looking ? "Looking…" : "Older ones"}</button>
          )}
        </>
      )}
    </>
  );
}
