import { credentialChanges } from "./credentials.ts";
import { policyChanges } from "./policy-changes.ts";
import type { Scenario } from "./scenario.ts";

export const everyScenario: readonly Scenario[] = [...policyChanges, ...credentialChanges];
