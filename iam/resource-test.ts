import { comparedInWords, type ElementTest } from "./element-test.ts";
import type { PolicyVersion, Statement } from "./policy-document.ts";
import { fillIn, parseTemplate, type Template, unfilled } from "./policy-variables.ts";
import type { RequestContext } from "./request-context.ts";
import { matchesWildcards, patternText, wildcardPattern } from "./wildcard.ts";

/** @returns `undefined` for a trust policy, whose resource is the role that it belongs to */
export function resourceTest({ resources, notResources }: Statement, version: PolicyVersion): ElementTest | undefined {
  if (resources === undefined && notResources === undefined) return undefined;
  const templates = (resources ?? notResources ?? []).map((text) => parseTemplate(text, version, wildcardPattern));
  const wanted = resources !== undefined;
  return {
    element: wanted ? "Resource" : "NotResource",
    holds: ({ request, context }) => {
      const patterns = templates.map((template) => fillIn(template, context));
      // A variable without a value makes the comparison fail, whichever way the element points.
      if (!wanted && patterns.includes(undefined)) return false;
      return (
        patterns.some((pattern) => pattern !== undefined && matchesWildcards(pattern, request.resource)) === wanted
      );
    },
    explain: ({ request, context }) => inWords(request.resource, templates, context),
  };
}

function inWords(resource: string, templates: readonly Template[], context: RequestContext): string {
  const patterns = templates.map((template) => fillIn(template, context)).filter((pattern) => pattern !== undefined);
  const matching = patterns.find((pattern) => matchesWildcards(pattern, resource));
  const compared =
    patterns.length === 0
      ? []
      : [comparedInWords(resource, matching && patternText(matching), patterns.map(patternText))];
  return [...compared, ...withoutValue(templates, context)].join("; ");
}

/** A sentence for each variable that the request has no single value for. */
export function withoutValue(templates: readonly Template[], context: RequestContext): readonly string[] {
  const keys = new Set(templates.flatMap((template) => unfilled(template, context)));
  return [...keys].map((key) => {
    const reason = context.has(key) ? "has several values" : "is not in the request";
    return `\${${key}} cannot be filled in, because the key ${reason}`;
  });
}
