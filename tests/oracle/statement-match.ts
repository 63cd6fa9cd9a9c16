import { conditionHolds } from "./condition.ts";
import { matches, matchesWithinSegments, patternOf } from "./pattern.ts";
import type { StatementInPolicy } from "./policy-text.ts";
import { isExcepted, waysNamed } from "./principal-match.ts";
import type { Request } from "./question.ts";
import { Undocumented } from "./undocumented.ts";

/**
 * Whether a statement applies to the request: all its elements have to.
 *
 * @param hasBoundary whether the caller has a permissions boundary
 * @throws Undocumented
 */
export function applies(statement: StatementInPolicy, request: Request, hasBoundary: boolean): boolean {
  return (
    actionApplies(statement, request) &&
    principalApplies(statement, request, hasBoundary) &&
    resourceApplies(statement, request) &&
    conditionHolds(statement, request.context)
  );
}

/** "The prefix and the action name are case insensitive." */
function actionApplies({ Action, NotAction }: StatementInPolicy, { action }: Request): boolean {
  const isAmong = (list: readonly string[]): boolean =>
    list.some((text) => matches([{ text: text.toLowerCase(), literal: false }], action.toLowerCase()));
  return Action ? isAmong(Action) : !isAmong(NotAction ?? []);
}

/** "Adding NotPrincipal with Deny always denies a principal that has a permissions boundary." */
function principalApplies(
  { Principal, NotPrincipal }: StatementInPolicy,
  { principal }: Request,
  hasBoundary: boolean,
): boolean {
  if (Principal) return waysNamed(Principal, principal).length > 0;
  if (NotPrincipal) return hasBoundary || !isExcepted(NotPrincipal, principal);
  return true;
}

function resourceApplies({ Resource, NotResource, hasVariables }: StatementInPolicy, request: Request): boolean {
  const list = Resource ?? NotResource;
  if (!list) return true;
  const patterns = list.map((text) => patternOf(text, hasVariables, request.context));
  const usable = patterns.filter((pattern) => pattern !== undefined);
  if (NotResource && usable.length < patterns.length) {
    // "Any attempt to match it fails and causes the statement to be invalid."
    if (usable.length === 0) return false;
    throw new Undocumented("one variable of several without a value");
  }
  const [broad, narrow] = [matches, matchesWithinSegments].map((read) =>
    usable.some((pattern) => read(pattern, request.resource)),
  );
  if (broad !== narrow)
    throw new Undocumented("a wildcard within a segment of an ARN that would have to cross a colon");
  return Resource ? broad === true : broad === false;
}
