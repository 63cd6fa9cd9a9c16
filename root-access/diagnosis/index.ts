export type { Denial, DenialEvent } from "./denial.ts";
export { diagnose } from "./diagnose.ts";
export type { Cause, Change, Diagnosis } from "./diagnosis.ts";
export { knownPolicy, type KnownPolicies, type KnownPolicy } from "./known-policies.ts";
export { policiesAbove } from "./policies-above.ts";
export { readDenials } from "./read-denials.ts";
export { recentDenials } from "./recent-denials.ts";
