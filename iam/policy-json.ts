/** A policy in the form in which AWS takes it, ready for `JSON.stringify`. */
export interface PolicyJson {
  readonly Version: "2012-10-17";
  readonly Statement: readonly StatementJson[];
}

export interface StatementJson {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?:
    "*" | { readonly AWS: string | readonly string[] } | { readonly Service: string } | { readonly Federated: string };
  readonly Action: string | readonly string[];
  /** A role's trust policy has none: it is about the role. */
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}
