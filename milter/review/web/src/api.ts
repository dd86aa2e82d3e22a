// Requests to the server. Each either gives what was asked for or throws a Refusal.
import type { Person } from "./types";

export class Refusal extends Error {
  constructor(readonly status: number, message: string, readonly proxy = false) {
    super(message);
  }
}

let token = "";
const begun = new Map<string, Promise<unknown>>();

export function remember(person: Person | null): void {
  token = person?.csrf_token ?? "";
  if (!person) begun.clear(); // whoever signs in next asks for themselves
}

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = {};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET") headers["X-CSRF-Token"] = token;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      credentials: "same-origin",
      body: body === undefined ? null : JSON.stringify(body),
    });
  } catch {
    throw new Refusal(0, "The server cannot be reached.");
  }
  // A proxy that signs people in answers for itself when its own session has ended.
  const answer = await response.json().catch(() => ({
    error: response.status === 401 ? "You are signed out. Load the page again to sign in." : "The answer is not understood.",
  }));
  if (!response.ok) throw new Refusal(response.status, answer.error ?? "Refused.", answer.proxy === true);
  return answer as T;
}

// Asks for what a page that is not yet there will get(). A refusal is not kept: perhaps nobody
// was signed in yet.
export function begin(path: string): void {
  const answer = ask("GET", path);
  answer.catch(() => begun.delete(path));
  begun.set(path, answer);
}

// Until what was asked for early is there, or has taken long: a page without it and then with it
// would be painted twice.
const LONG_MS = 250;
export function settled(path: string | undefined): Promise<unknown> {
  const answer = (path && begun.get(path)) || Promise.resolve();
  return Promise.race([answer.catch(() => undefined), new Promise((done) => setTimeout(done, LONG_MS))]);
}

export async function get<T>(path: string): Promise<T> {
  const early = begun.get(path);
  begun.delete(path);
  if (!early) return ask<T>("GET", path);
  return early.catch(() => ask<T>("GET", path)) as Promise<T>;
}
export const post = <T>(path: string, body: unknown): Promise<T> => ask<T>("POST", path, body);

// "/api/incidents?sender=..." with only the parameters that are set.
export function withQuery(path: string, parameters: Record<string, string | number | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}
