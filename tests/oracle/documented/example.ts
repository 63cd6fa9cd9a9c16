import type { Policies, PolicyType, Principal, Request } from "../question.ts";

/** A worked example of AWS's public documentation: policies, requests, and what AWS says becomes of them. */
export interface Example {
  /** The page's title. */
  readonly title: string;
  /** Its name in docs.aws.amazon.com/IAM/latest/UserGuide, or where it stands instead. */
  readonly page: string;
  readonly policies: Policies;
  readonly requests: readonly DocumentedRequest[];
}

export interface DocumentedRequest extends Partial<Omit<Request, "context">> {
  /** What the page says of it, in short. */
  readonly says: string;
  readonly action: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  /** Replaces or adds to the example's policies. */
  readonly policies?: Partial<Policies>;
  readonly outcome: Outcome;
}

export type Outcome = "allowed" | `${"explicit" | "implicit"} deny: ${PolicyType}`;

export const accountId = "123456789012";

type Text = Readonly<Record<string, unknown>>;

/** A policy of today's version. */
export function policy(...statements: readonly Text[]): Text {
  return { Version: "2012-10-17", Statement: statements };
}

export const fullAccess = policy({ Effect: "Allow", Action: "*", Resource: "*" });
export const resourceFullAccess = policy({ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" });

export function user(name: string, account = accountId): Principal {
  return { kind: "user", accountId: account, arn: `arn:aws:iam::${account}:user/${name}` };
}

export function roleSession(role: string, session: string, account = accountId): Principal {
  return {
    kind: "assumed-role",
    accountId: account,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
    roleArn: `arn:aws:iam::${account}:role/${role}`,
  };
}

export function root(account = accountId): Principal {
  return { kind: "root", accountId: account, arn: `arn:aws:iam::${account}:root` };
}

/** The request in full. Where a page says nothing else, a user asks for a resource of its own account. */
export function requestOf({
  action,
  resource = "*",
  principal = user("someone"),
  ...rest
}: DocumentedRequest): Request {
  const context = Object.entries(rest.context ?? {}).map(([key, values]) => [key, [values].flat()] as const);
  return {
    action,
    resource,
    principal,
    resourceAccountId: rest.resourceAccountId ?? principal.accountId,
    context: Object.fromEntries(context),
  };
}
