// All incidents, newest first, with filters that stand in the address.
import { useId, useState } from "preact/hooks";
import { get, withQuery } from "../api";
import type { IncidentLine } from "../types";
import { IncidentTable, Notice, useAnswer, Waiting } from "../ui";

interface Page {
  incidents: IncidentLine[];
  next?: string; // the last case, if there are more
}

const ACTIONS = ["tag", "notify", "redact", "drop_recipient", "hold", "reject", "defer", "discard"];
const FILTERS = ["sender", "recipient", "rule", "entity", "action"] as const;

export function IncidentsPage() {
  const id = useId();
  const [query, setQuery] = useState(location.search);
  const { answer, fault } = useAnswer<Page>(`/api/incidents${query}`);
  const [further, setFurther] = useState<{ of: Page | null; pages: Page[] }>({ of: null, pages: [] });
  const [moreFault, setMoreFault] = useState("");
  const pages = answer ? [answer, ...(further.of === answer ? further.pages : [])] : [];
  const next = pages.at(-1)?.next;
  const given = new URLSearchParams(query);

  const search = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const values = Object.fromEntries(FILTERS.map((name) => [name, String(form.get(name) ?? "").trim()]));
    const path = withQuery("/incidents", values);
    history.replaceState(null, "", path);
    setQuery(location.search);
  };
  const more = async (): Promise<void> => {
    try {
      const parameters = Object.fromEntries(given);
      const page = await get<Page>(withQuery("/api/incidents", { ...parameters, before: next }));
      setFurther({ of: answer, pages: [...pages.slice(1), page] });
    } catch (error) {
      setMoreFault((error as Error).message);
    }
  };

  return (
    <>
      <div class="page-head"><h1>Incidents</h1></div>
      <form class="filters card" role="search" onSubmit={search}>
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
      {!answer ? <Waiting fault={fault} /> : pages[0]?.incidents.length === 0 ? (
        <div class="card empty"><p>No incident fits.</p></div>
      ) : (
        <>
          <IncidentTable lines={pages.flatMap((page) => page.incidents)} caption="Incidents" />
          {moreFault && <Notice kind="error">{moreFault}</Notice>}
          {next !== undefined && <button type="button" class="plain" onClick={more}>Older ones</button>}
        </>
      )}
    </>
  );
}
