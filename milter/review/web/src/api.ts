// Requests to the server. Each either gives what was asked for or throws a Refusal.
import type { Person } from "./types";

export class Refusal extends Error {
  constructor(readonly status: number, message: string, readonly proxy = false) {
    super(message);
  }
}

let token = "";

export function remember(person: Person | null): void {
  token = person?.csrf_token ?? "";
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
  const answer = await response.json().catch(() => ({ error: "The answer is not understood." }));
  if (!response.ok) throw new Refusal(response.status, answer.error ?? "Refused.", answer.proxy === true);
  return answer as T;
}

export const get = <T>(path: string): Promise<T> => ask<T>("GET", path);
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
