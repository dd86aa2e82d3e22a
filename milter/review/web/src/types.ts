// What the server sends (docs/review-api.yaml).

export type Role = "admin" | "officer" | "reviewer" | "auditor";

export interface Person {
  name: string;
  role: Role;
  has_key: boolean;
  locked: boolean;
  csrf_token: string;
}

export interface Decision {
  time: string;
  officer: string;
  decision: string;
  reason: string;
}

export interface Hold {
  state: "held" | "releasing" | "released" | "denied" | "expired";
  held: string;
  changed: string;
  in_vault: boolean;
  may_have_gone_out: boolean;
  officers_needed: number;
  decisions: Decision[];
}

// What came of a decision.
export interface Outcome {
  outcome: string;
  officers_missing?: number;
  answer?: string;
  error?: string;
}

export interface IncidentLine {
  case: string;
  time: string;
  time_us: number;
  sender: string;
  recipients: string[];
  action: string;
  carried_out: string;
  rule: string;
  entities: Record<string, number>;
  confidence: number;
  unreadable: number;
  bytes: number;
  hold?: Hold;
}

export interface Finding {
  entity: string;
  confidence: number;
  level: "low" | "medium" | "high";
  part: string;
  path: string;
  zone: string;
  start: number;
  end: number;
  masked: string;
  fingerprint: string;
  disclosed_to: string[];
  why: string[];
}

export interface Unreadable {
  part: string;
  path: string;
  reason: string;
}

export interface RecipientVerdict {
  to: string;
  party: string;
  action: string;
  rules: string[];
}

export interface Incident {
  case: string;
  time: string;
  seen: number;
  action: string;
  carried_out: string;
  rule: string;
  message_id: string;
  queue_id: string;
  bytes: number;
  policy_version?: string;
  pack_version?: string;
  envelope: { sender: string; recipients: string[]; client_address: string; authenticated_user: string };
  verdict: { recipients: RecipientVerdict[]; why?: string[]; reply?: string };
  findings: Finding[];
  unreadable: Unreadable[];
  hold?: Hold;
  exclusions: Exclusion[];
  earlier: IncidentLine[];
}

// What else an exclusion would let pass.
export interface WhatIf {
  replayed: number;
  complete: boolean;
  changed: number;
  incidents: (IncidentLine & { now: string; then: string })[];
}

export type Reach = "here" | "sender" | "everywhere" | "kind";

export interface Scope {
  entity: string;
  any_value: boolean;
  sender: string;
  recipient_domain: string;
}

export interface PossibleExclusion extends Scope {
  reach: Reach;
  now: string;
  then: string;
  what_if: WhatIf;
}

export type ExclusionState = "proposed" | "approved" | "rejected" | "revoked";

export interface Exclusion extends Scope {
  id: string;
  case: string;
  masked: string;
  state: ExclusionState;
  proposed_by: string;
  proposed: string;
  reason: string;
  decided_by?: string;
  decided?: string;
  decision_reason?: string;
  what_if?: WhatIf;
}

export interface Fate {
  action: string;
  rule: string;
  same: boolean;
  why: string[];
}

export interface Replay {
  recorded: Fate;
  again?: Fate;
  now: Fate;
  policy_version: string;
  policy_version_now: string;
}

export interface Counted {
  name: string;
  count: number;
}

export interface DayCount {
  day: string;
  name: string;
  count: number;
}

export interface FalseRate {
  name: string;
  incidents: number;
  wrong: number;
}

export interface Report {
  since: string;
  until: string;
  incidents: number;
  by_day: Counted[];
  by_action: Counted[];
  by_rule: Counted[];
  by_entity: Counted[];
  by_sender: Counted[];
  by_recipient_domain: Counted[];
  action_by_day: DayCount[];
  rule_by_day: DayCount[];
  entity_by_day: DayCount[];
  false_by_rule: FalseRate[];
  false_by_entity: FalseRate[];
}

export interface Rule {
  id: string;
  then: string;
  when: string[];
  unless: string[];
  dry_run: boolean;
  severity: string;
  hits: number;
}

export interface Policy {
  version: string;
  mode: "enforce" | "monitor";
  domains: string[];
  days: number;
  rules: Rule[];
}

// What the filter says of something that was pasted.
export interface Tried {
  envelope: { sender: string; recipients: string[] };
  verdict: { action: string; rule: string; reply?: string; recipients: RecipientVerdict[]; why?: string[] };
  findings: Finding[];
  unreadable: Unreadable[];
  ms: number;
}

export interface AuditEntry {
  number: number;
  time: string;
  actor: string;
  act: string;
  object: string;
  detail: string;
}

export interface AccountLine {
  email: string;
  name: string;
  role: Role;
  senders: string;
  second_factor: boolean;
  has_key: boolean;
  disabled: boolean;
  created: string;
}
