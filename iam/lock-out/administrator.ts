import { parseArn } from "../arn.ts";
import type { RequestPrincipal } from "../authorization.ts";
import { type AccountFacts, assumptionFor, assumptions } from "./assumptions.ts";

/** Somebody who may do everything in the account as far as identity-based policies go, and what the requests are like. */
export interface Administrator {
  readonly principal: RequestPrincipal;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  /** Whether a key's value is sure; another value of one that is not may let somebody in. */
  readonly isSure: (key: string) => boolean;
}

export interface AdministratorFacts extends AccountFacts {
  /** Condition keys and values that the administrators' requests are known to have, over those of {@link assumptions}. */
  readonly circumstances: Readonly<Record<string, string | readonly string[]>>;
}

/** An administrator of whom nothing is known but the account: a role under a name that no policy has. */
export function someAdministrator(facts: AdministratorFacts, partition: string): Administrator {
  return administrator(`arn:${partition}:iam::${facts.ownerAccountId}:role/unnamed-administrator`, facts, false);
}

/** @param arn of a role or user that is known to exist */
export function knownAdministrator(arn: string, facts: AdministratorFacts): Administrator {
  return administrator(arn, facts, true);
}

function administrator(arn: string, facts: AdministratorFacts, isKnown: boolean): Administrator {
  const given = new Set(Object.keys(facts.circumstances).map((key) => key.toLowerCase()));
  if (isKnown) given.add("aws:principalarn");
  if (facts.organizationId !== undefined) given.add("aws:principalorgid").add("aws:resourceorgid");
  return {
    principal: principalOf(arn, facts.ownerAccountId),
    context: contextOf(arn, facts),
    isSure: (key) => given.has(key.toLowerCase()) || assumptionFor(key)?.certain === true,
  };
}

function principalOf(arn: string, accountId: string): RequestPrincipal {
  const { partition = "aws", resource = "" } = parseArn(arn) ?? {};
  if (!resource.startsWith("role/")) return { kind: "user", accountId, arn };
  const role = resource.split("/").at(-1) ?? "";
  const session = `arn:${partition}:sts::${accountId}:assumed-role/${role}/unnamed`;
  return { kind: "assumed-role", accountId, arn: session, roleArn: arn };
}

function contextOf(arn: string, facts: AdministratorFacts): Administrator["context"] {
  const taken = assumptions
    .filter(({ key }) => !key.endsWith("*"))
    .flatMap(({ key, value }) => {
      const text = value(facts);
      return text === undefined ? [] : [[key, text] as const];
    });
  const isGiven = (key: string): boolean =>
    Object.keys(facts.circumstances).some((name) => name.toLowerCase() === key.toLowerCase());
  const assumed = [...taken, ["aws:PrincipalArn", arn] as const].filter(([key]) => !isGiven(key));
  return { ...Object.fromEntries(assumed), ...facts.circumstances };
}
