// The frame: who is signed in, where they are, and the page for it.
import { render } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { begin, get, post, Refusal, remember, settled } from "./api";
import { Icon } from "./icons";
import { AccountsPage } from "./pages/accounts";
import { AuditPage } from "./pages/audit";
import { ExclusionsPage } from "./pages/exclusions";
import { IncidentPage } from "./pages/incident";
import { IncidentsPage } from "./pages/incidents";
import { LinkPage } from "./pages/link";
import { PlaygroundPage } from "./pages/playground";
import { PolicyPage } from "./pages/policy";
import { QueuePage } from "./pages/queue";
import { ReportPage } from "./pages/report";
import { SignIn } from "./pages/sign_in";
import { caseOf, firstQuestion } from "./questions";
import { follow, usePath } from "./routes";
import type { Person, Role } from "./types";
import { PersonContext } from "./ui";

const ME = "/api/me";
const CONTROLLERS: Role[] = ["admin", "officer", "auditor"];
const PLACES: { path: string; name: string; roles?: Role[] }[] = [
  { path: "/", name: "Queue" },
  { path: "/incidents", name: "Incidents" },
  { path: "/exclusions", name: "Exclusions", roles: CONTROLLERS },
  { path: "/report", name: "Report", roles: CONTROLLERS },
  { path: "/policy", name: "Policy", roles: CONTROLLERS },
  { path: "/playground", name: "Playground", roles: CONTROLLERS },
  { path: "/audit", name: "Audit", roles: CONTROLLERS },
  { path: "/accounts", name: "Accounts", roles: ["admin"] },
];

function Page({ path, person }: { path: string; person: Person }) {
  const link = /^\/go\/([^/]+)$/.exec(path);
  if (link?.[1]) return <LinkPage key={path} token={link[1]} />;
  const caseNumber = caseOf(path);
  if (caseNumber) return <IncidentPage key={path} caseNumber={caseNumber} person={person} />;
  switch (path) {
    case "/incidents":
      return <IncidentsPage />;
    case "/exclusions":
      return <ExclusionsPage person={person} />;
    case "/report":
      return <ReportPage />;
    case "/policy":
      return <PolicyPage />;
    case "/playground":
      return <PlaygroundPage />;
    case "/audit":
      return <AuditPage />;
    case "/accounts":
      return <AccountsPage />;
    default:
      return <QueuePage person={person} />;
  }
}

function Frame({ person, onLeave }: { person: Person; onLeave: () => void }) {
  const path = usePath();
  const places = PLACES.filter((place) => !place.roles || place.roles.includes(person.role));
  const here = (place: string): boolean => (place === "/" ? path === "/" : path.startsWith(place));
  useEffect(() => {
    document.title = `${places.find((place) => here(place.path))?.name ?? "Queue"} · noshare review`;
  }, [path]);
  return (
    <>
      <a class="skip" href="#content">Skip to the content</a>
      <div class="frame">
        <header>
          <a class="brand" href="/" onClick={follow}>noshare</a>
          <nav aria-label="Pages">
            {places.map((place) => (
              <a key={place.path} href={place.path} onClick={follow} aria-current={here(place.path) ? "page" : undefined}>
                <Icon name={place.name.toLowerCase()} />{place.name}
              </a>
            ))}
          </nav>
          <div class="who">
            <span><strong>{person.name}</strong> <span class="quiet">{person.role}</span></span>
            <button type="button" class="plain small" onClick={onLeave}>Sign out</button>
          </div>
        </header>
        <main id="content" tabIndex={-1}><Page path={path} person={person} /></main>
      </div>
    </>
  );
}

function App() {
  const [person, setPerson] = useState<Person | null | undefined>(undefined);
  const [note, setNote] = useState("");
  const enter = (someone: Person | null): void => {
    remember(someone);
    setPerson(someone);
  };
  useLayoutEffect(() => {
    // Nobody is signed in here: perhaps a proxy before this server knows who it is.
    get<Person>(ME)
      .catch((error: Refusal) => {
        if (!error.proxy) throw error;
        return post<Person>("/api/sign-in/proxy", {});
      })
      .then((someone) => settled(first).then(() => enter(someone)), (error: Refusal) => {
        if (error.status !== 401 || error.proxy) setNote(error.message);
        enter(null);
      });
  }, []);
  if (person === undefined) return null;
  if (person === null) return <SignIn onEnter={enter} note={note} />;
  const leave = (): void => {
    post("/api/sign-out", {}).finally(() => enter(null));
  };
  return (
    <PersonContext.Provider value={enter}><Frame person={person} onLeave={leave} /></PersonContext.Provider>
  );
}

const first = firstQuestion(location.pathname, location.search);
begin(ME);
if (first) begin(first);
const root = document.getElementById("app");
if (root) render(<App />, root);
