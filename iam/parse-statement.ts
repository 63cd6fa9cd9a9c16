import { MalformedPolicyError } from "./malformed-policy-error.ts";
import { parseConditions } from "./parse-conditions.ts";
import { parsePrincipals } from "./parse-principals.ts";
import type { PolicyPurpose, PolicyVersion, Statement } from "./policy-document.ts";
import type { StatementText } from "./policy-schema.ts";
import { checkTemplate } from "./policy-variables.ts";

interface Surroundings {
  readonly index: number;
  readonly version: PolicyVersion;
  readonly purpose: PolicyPurpose | undefined;
}

/** @throws MalformedPolicyError naming the statement and the element */
export function parseStatement(text: StatementText, { index, version, purpose }: Surroundings): Statement {
  const place = text.Sid === undefined ? `Statement[${index}]` : `Statement[${index}] (Sid ${text.Sid})`;
  checkElements(text, purpose, place);
  return {
    ...(text.Sid === undefined ? {} : { sid: text.Sid }),
    effect: text.Effect,
    ...(text.Action === undefined ? {} : { actions: parseActions(text.Action, `${place}.Action`) }),
    ...(text.NotAction === undefined ? {} : { notActions: parseActions(text.NotAction, `${place}.NotAction`) }),
    ...(text.Resource === undefined ? {} : { resources: parseResources(text.Resource, version, `${place}.Resource`) }),
    ...(text.NotResource === undefined
      ? {}
      : { notResources: parseResources(text.NotResource, version, `${place}.NotResource`) }),
    ...(text.Principal === undefined ? {} : { principals: parsePrincipals(text.Principal, `${place}.Principal`) }),
    ...(text.NotPrincipal === undefined
      ? {}
      : { notPrincipals: parsePrincipals(text.NotPrincipal, `${place}.NotPrincipal`) }),
    conditions: parseConditions(text.Condition ?? {}, version, `${place}.Condition`),
  };
}

function checkElements(text: StatementText, purpose: PolicyPurpose | undefined, place: string): void {
  const has = {
    principal: oneOf(text, "Principal", "NotPrincipal", place),
    action: oneOf(text, "Action", "NotAction", place),
    resource: oneOf(text, "Resource", "NotResource", place),
  };
  const refuse = (problem: string): never => {
    throw new MalformedPolicyError(`${place}: ${problem}`);
  };
  const isIam = purpose === "identity" || purpose === "trust";
  if (isIam && !/^[A-Za-z0-9]*$/.test(text.Sid ?? "")) refuse("a Sid consists of letters and digits here.");
  if (!has.action) refuse("Action or NotAction is missing.");
  if (has.principal && purpose === "identity") refuse("this kind of policy must not name a Principal.");
  if (!has.principal && (purpose === "resource" || purpose === "trust")) refuse("Principal is missing.");
  if (has.resource && purpose === "trust") refuse("a trust policy must not name a Resource.");
  const resourceOptional = purpose === "trust" || (purpose === undefined && has.principal);
  if (!has.resource && !resourceOptional) refuse("Resource or NotResource is missing.");
  if (text.NotPrincipal !== undefined && text.Effect === "Allow") refuse("NotPrincipal goes with Deny only.");
}

type Element = "Principal" | "Action" | "Resource";

/** @returns whether the element is there in one of its two spellings */
function oneOf(text: StatementText, element: Element, negated: `Not${Element}`, place: string): boolean {
  if (text[element] !== undefined && text[negated] !== undefined) {
    throw new MalformedPolicyError(`${place}: ${element} and ${negated} exclude each other.`);
  }
  return text[element] !== undefined || text[negated] !== undefined;
}

function parseActions(text: string | readonly string[], place: string): readonly string[] {
  return nonEmpty(text, place).map((action) => {
    if (action === "*" || /^(?:\*|[A-Za-z0-9-]+):[A-Za-z0-9*?_-]+$/.test(action)) return action;
    throw new MalformedPolicyError(`${place}: "${action}" is not an action; write "*" or "service:Action".`);
  });
}

function parseResources(text: string | readonly string[], version: PolicyVersion, place: string): readonly string[] {
  return nonEmpty(text, place).map((resource) => {
    checkTemplate(resource, version, place);
    if (resource === "*" || resource.startsWith("arn:")) return resource;
    throw new MalformedPolicyError(`${place}: "${resource}" is not a resource; write "*" or an ARN.`);
  });
}

function nonEmpty(text: string | readonly string[], place: string): readonly string[] {
  const list = [text].flat();
  if (list.length === 0) throw new MalformedPolicyError(`${place}: the list is empty.`);
  return list;
}
