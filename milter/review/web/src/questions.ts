// What each page asks the server first: known from the address alone, so that it is asked before
// the page is drawn, and beside the question who is signed in.
import { withQuery } from "./api";

const DAY_MS = 86_400_000;
const dayText = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export interface Span {
  since: string; // days, both included
  until: string;
}

export function lastDays(days: number): Span {
  const now = Date.now();
  return { since: dayText(now - (days - 1) * DAY_MS), until: dayText(now) };
}

export const REPORT_DAYS = 30;

export const ask = {
  queue: (state: string): string => withQuery("/api/queue", { state }),
  incidents: (search: string): string => `/api/incidents${search}`,
  incident: (caseNumber: string): string => `/api/incidents/${encodeURIComponent(caseNumber)}`,
  exclusions: (state: string): string => withQuery("/api/exclusions", { state }),
  report: (span: Span): string => withQuery("/api/report", { ...span }),
  policy: (): string => "/api/policy",
  audit: (before?: number): string => withQuery("/api/audit", { before }),
  accounts: (): string => "/api/accounts",
};

export function caseOf(path: string): string | undefined {
  return /^\/incidents\/([^/]+)$/.exec(path)?.[1];
}

export function firstQuestion(path: string, search: string): string | undefined {
  const caseNumber = caseOf(path);
  if (caseNumber) return ask.incident(caseNumber);
  switch (path) {
    case "/":
      return ask.queue("held");
    case "/incidents":
      return ask.incidents(search);
    case "/exclusions":
      return ask.exclusions("proposed");
    case "/report":
      return ask.report(lastDays(REPORT_DAYS));
    case "/policy":
      return ask.policy();
    case "/audit":
      return ask.audit();
    case "/accounts":
      return ask.accounts();
    default:
      return undefined;
  }
}
