import type { AuthorizationRequest, PolicyType } from "./authorization.ts";
import { compileCondition } from "./condition-match.ts";
import type { Condition, PolicyDocument, PolicyVersion, Statement } from "./policy-document.ts";
import { fillIn, parseTemplate } from "./policy-variables.ts";
import { type NamedAs, namedAs, sparedBy } from "./principal-match.ts";
import type { RequestContext } from "./request-context.ts";
import { matchesWildcards, wildcardPattern } from "./wildcard.ts";

/** A request as statements look at it. */
export interface Circumstances {
  readonly policyType: PolicyType;
  readonly request: AuthorizationRequest;
  readonly context: RequestContext;
  /** AWS applies every Deny with `NotPrincipal` to a caller that has a permissions boundary, whoever it spares. */
  readonly hasPermissionsBoundary: boolean;
}

export type Match =
  { readonly matched: true; readonly namedAs: NamedAs } | { readonly matched: false; readonly because: string };

/** A statement made ready for many requests. */
export interface CompiledStatement {
  readonly name: string;
  readonly effect: "Allow" | "Deny";
  readonly match: (circumstances: Circumstances) => Match;
}

/** @returns the document's statements, made ready once however often it is evaluated */
export function compiledStatements(document: PolicyDocument): readonly CompiledStatement[] {
  const known = compiled.get(document);
  if (known) return known;
  const statements = document.statements.map((statement, index) => compile(statement, index, document.version));
  compiled.set(document, statements);
  return statements;
}

const compiled = new WeakMap<PolicyDocument, readonly CompiledStatement[]>();

function compile(statement: Statement, index: number, version: PolicyVersion): CompiledStatement {
  const actionMatches = compileAction(statement);
  const resourceMatches = compileResource(statement, version);
  const conditions = statement.conditions.map((condition) => ({
    condition,
    holds: compileCondition(condition, version),
  }));
  return {
    name: statement.sid ?? `statement ${index + 1}`,
    effect: statement.effect,
    match: (circumstances) => {
      const { request, context } = circumstances;
      if (!actionMatches(request.action)) return miss(`${request.action} is not among its actions`);
      if (!resourceMatches(request.resource, context)) return miss(`${request.resource} is not among its resources`);
      const named = principalOf(statement, circumstances);
      if (!named) return miss(`${request.principal.arn} is not among its principals`);
      const failed = conditions.find(({ holds }) => !holds(context));
      return failed ? miss(explainCondition(failed.condition, context)) : { matched: true, namedAs: named };
    },
  };
}

function miss(because: string): Match {
  return { matched: false, because };
}

/** Action names and service prefixes compare without regard to case. */
function compileAction({ actions, notActions }: Statement): (action: string) => boolean {
  const patterns = (actions ?? notActions ?? []).map((action) => wildcardPattern(action.toLowerCase()));
  const wanted = actions !== undefined;
  return (action) => {
    const name = action.toLowerCase();
    return patterns.some((pattern) => matchesWildcards(pattern, name)) === wanted;
  };
}

function compileResource(
  { resources, notResources }: Statement,
  version: PolicyVersion,
): (resource: string, context: RequestContext) => boolean {
  // A trust policy has no such element: its resource is the role that it belongs to.
  if (resources === undefined && notResources === undefined) return () => true;
  const templates = (resources ?? notResources ?? []).map((text) => parseTemplate(text, version, wildcardPattern));
  const wanted = resources !== undefined;
  return (resource, context) => {
    const patterns = templates.map((template) => fillIn(template, context));
    if (!wanted && patterns.includes(undefined)) return false;
    return patterns.some((pattern) => pattern !== undefined && matchesWildcards(pattern, resource)) === wanted;
  };
}

/** Policies that are attached to the caller or its account name nobody: they mean the caller itself. */
function principalOf(statement: Statement, circumstances: Circumstances): NamedAs | undefined {
  const { principals, notPrincipals } = statement;
  const { principal } = circumstances.request;
  if (principals !== undefined) return namedAs(principals, principal);
  if (notPrincipals === undefined) return namesPrincipals(circumstances.policyType) ? undefined : "caller";
  return !circumstances.hasPermissionsBoundary && sparedBy(notPrincipals, principal) ? undefined : "caller";
}

function namesPrincipals(policyType: PolicyType): boolean {
  return policyType === "resource-based policy" || policyType === "resource control policy";
}

function explainCondition({ operator, key, values }: Condition, context: RequestContext): string {
  const found = context.get(key.toLowerCase());
  const request = found ? `is ${found.join(", ")}` : "is absent";
  return `${key} ${request} in the request: ${operator} ${values.join(", ")} does not hold`;
}
