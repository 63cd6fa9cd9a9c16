import type { Json, OperationName } from "../clients/client.ts";

/** One thing said to AWS, and what AWS says to it. `{{name}}` stands for what an earlier step has kept. */
export interface Step {
  readonly says: string;
  /** Whose keys: an account's administrator, or credentials that an earlier step has kept. */
  readonly as: string;
  readonly call: OperationName;
  readonly input?: Readonly<Record<string, Json>>;
  /** Default: ap-northeast-2. */
  readonly region?: string;
  readonly expects: Expected;
  /** What to keep of the answer, by the path to it: `{ set: "PermissionSet.PermissionSetArn" }`. */
  readonly keeps?: Readonly<Record<string, string>>;
  /** Asked again until it is as expected, because AWS takes its time. */
  readonly eventually?: true;
}

export type Expected = { readonly answer: Readonly<Record<string, Pattern>> } | { readonly refusal: ExpectedRefusal };

/** The status alone where the refusal comes without a body; a pattern where AWS's words are not known. */
export type ExpectedRefusal =
  { readonly code: string; readonly message: string | RegExp; readonly status: number } | { readonly status: number };

/** Data to be equal to, a text to match, or members that matter: others may be there. `absent` must not be there. */
export type Pattern =
  string | number | boolean | RegExp | typeof absent | readonly Pattern[] | { readonly [member: string]: Pattern };

export const absent = Symbol("absent");

/** Steps that belong together; later chapters build on earlier ones. */
export interface Chapter {
  readonly title: string;
  readonly steps: readonly Step[];
}
