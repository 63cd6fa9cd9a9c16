import { parseAccessDenied } from "#iam";

/** What AWS answered, or the permission that the caller lacks for the question. */
export type Observed<T> = { readonly known: T } | Unobserved;

export interface Unobserved {
  /** IAM actions, or a setting of this stack. */
  readonly needs: string;
}

/**
 * An answer that the caller may not get is no failure: a check that depends on it was not made, and says what it needs.
 *
 * @param permission what the question needs, for a denial that does not say so itself
 * @throws whatever else went wrong
 * @example const policies = await observe(getPolicies({ filter }), "organizations:ListPolicies");
 */
export async function observe<T>(answer: Promise<T>, permission: string): Promise<Observed<T>> {
  try {
    return { known: await answer };
  } catch (error) {
    const needs = lackedPermission(error, permission);
    if (needs === undefined) throw error;
    return { needs };
  }
}

/** The action that AWS denied; `undefined` for an error of another kind. */
export function lackedPermission(error: unknown, permission: string): string | undefined {
  const message = error instanceof Error ? error.message : String(error);
  if (!/AccessDenied|UnauthorizedOperation|is not authorized to perform/.test(message)) return undefined;
  return parseAccessDenied(message)?.action ?? permission;
}
