import { comparedInWords, type ElementTest } from "./element-test.ts";
import type { Statement } from "./policy-document.ts";
import { matchesWildcards, wildcardPattern } from "./wildcard.ts";

/** `Action` or `NotAction`. Action names and service prefixes compare without regard to case. */
export function actionTest({ actions, notActions }: Statement): ElementTest {
  const texts = actions ?? notActions ?? [];
  const patterns = texts.map((text) => wildcardPattern(text.toLowerCase()));
  const wanted = actions !== undefined;
  const indexOfMatch = (action: string): number => {
    const name = action.toLowerCase();
    return patterns.findIndex((pattern) => matchesWildcards(pattern, name));
  };
  return {
    element: wanted ? "Action" : "NotAction",
    holds: ({ request }) => indexOfMatch(request.action) >= 0 === wanted,
    explain: ({ request }) => comparedInWords(request.action, texts[indexOfMatch(request.action)], texts),
  };
}
