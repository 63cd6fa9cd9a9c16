import { log, runtime } from "@pulumi/pulumi";
import { acceptedOf } from "./accepted-of.ts";
import { type AccessPlan, planAccess } from "../plan/access-plan.ts";
import { checkAlertKeys } from "../preflight/alert-keys.ts";
import { adoptExisting } from "../adoption/adoption.ts";
import { parseConfiguration } from "../configuration/configuration.ts";
import { checkRemoval, delegateWarnings } from "./delegate-notices.ts";
import { readExistingAccess } from "../adoption/existing-access.ts";
import { gatherOrganizationFacts } from "../facts/organization-facts.ts";
import { readOwnResources } from "../facts/own-resources.ts";
import { runPreflight } from "../preflight/preflight-run.ts";
import { checkLine } from "../preflight/preflight.ts";
import { adoptSafeguards } from "../adoption/safeguards-adoption.ts";
import { checkState } from "../preflight/state-checks.ts";

/** A plan, and what was looked at before it. */
export interface PreparedAccess extends AccessPlan {
  /** A line for each check: `ok`, `missing` or `not checked`. */
  readonly preflight: readonly string[];
  /** Those of them that say what is missing; nothing of it ends the run. */
  readonly findings: readonly string[];
}

/**
 * Reads the stack's configuration and compares it with the organization. To be awaited before the first resource is
 * registered, so that a configuration that does not fit changes nothing. Says what was checked, and warns of what is
 * missing and of what others have set up and this stack leaves alone.
 *
 * @throws RunError with all problems, one sentence each, and the checks below them; the engine prints it without a stack
 * @example const plan = await prepareAccess();
 */
export async function prepareAccess(): Promise<PreparedAccess> {
  const configuration = acceptedOf(parseConfiguration(runtime.allConfig()));
  const facts = await gatherOrganizationFacts(configuration);
  const beforePlan = await runPreflight(configuration, facts);
  const own = await readOwnResources();
  const planned = acceptedOf(planAccess(configuration, facts, own), beforePlan.map(checkLine));
  const checks = [...beforePlan, ...checkState(own, facts, planned.delegatedAdministrator), ...checkRemoval(planned)];
  const preflight = checks.map(checkLine);
  const existing = await readExistingAccess(planned, own);
  const plan = acceptedOf(adoptExisting(planned, existing), preflight);
  const { safeguards, needs: needed } = acceptedOf(await adoptSafeguards(plan.safeguards, own), preflight);
  const unlooked = [...new Set([...existing.needs, ...needed])];
  const lines = [...preflight, ...unlooked.map((needs) => checkLine({ subject: "what is there already", needs }))];
  const findings = checks.filter((check) => "missing" in check).map(checkLine);
  // Said as long as it helps, and no output: one that is gone after the first run would look like a change.
  const keys = checkAlertKeys(safeguards.rootAccessAlerts, own).map(checkLine);
  await log.info(["Preflight:", ...lines, ...keys].join("\n  "));
  for (const finding of findings) await log.warn(finding);
  for (const warning of delegateWarnings(plan)) await log.warn(warning);
  return { ...plan, safeguards, preflight: lines, findings };
}
