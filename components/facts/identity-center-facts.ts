import { getRegions } from "@pulumi/aws/getRegions.js";
import { getInstances } from "@pulumi/aws/ssoadmin/index.js";
import { asking } from "./asking.ts";
import type { Configuration } from "../configuration/configuration.ts";
import { findPrincipals, type Principal } from "./principal-facts.ts";

export interface AbsentIdentityCenter {
  readonly absentFrom: string;
  /** Other Regions that have one, as far as they could be asked. */
  readonly foundIn: readonly string[];
}

export interface IdentityCenter {
  readonly instanceArn: string;
  readonly identityStoreId: string;
  /** Those of the configured users and groups that exist. */
  readonly principals: readonly Principal[];
}

/** The Region's instance, and those of the configured users and groups that it knows. */
export async function readIdentityCenter(configuration: Configuration): Promise<IdentityCenter | AbsentIdentityCenter> {
  const instances = await asking("for the IAM Identity Center instance", getInstances());
  // An organization has one instance, and the management account sees no other (docs/aws-behaviour.md, section 4).
  const [instanceArn] = instances.arns;
  const [identityStoreId] = instances.identityStoreIds;
  if (instanceArn === undefined || identityStoreId === undefined) {
    return { absentFrom: instances.region, foundIn: await regionsWithIdentityCenter() };
  }
  return { instanceArn, identityStoreId, principals: await findPrincipals(configuration, identityStoreId) };
}

/** Where one might have been meant; no answer is no failure, as the run ends here anyway. */
async function regionsWithIdentityCenter(): Promise<readonly string[]> {
  const regions = await getRegions().catch(() => undefined);
  const found = await Promise.allSettled((regions?.names ?? []).map((region) => getInstances({ region })));
  return found.flatMap((one) => (one.status === "fulfilled" && one.value.arns.length > 0 ? [one.value.region] : []));
}
