import { type AuthorizationRequest, type NamedPolicy, parsePolicy, type RequestPrincipal, rootUserArn } from "#iam";

export const orders = "333333333333";
export const payments = "444444444444";
export const bucketArn = "arn:aws:s3:::orders-archive";

export const user: RequestPrincipal = { kind: "user", accountId: orders, arn: `arn:aws:iam::${orders}:user/ops` };
export const root: RequestPrincipal = { kind: "root", accountId: orders, arn: rootUserArn(orders) };
export const service: RequestPrincipal = { kind: "service", accountId: orders, arn: "events.amazonaws.com" };
export const roleArn = `arn:aws:iam::${orders}:role/team/Deploy`;
export const session: RequestPrincipal = {
  kind: "assumed-role",
  accountId: orders,
  arn: `arn:aws:sts::${orders}:assumed-role/Deploy/alice`,
  roleArn,
};

/** The user `ops` reads a bucket's policy in its own account, unless told otherwise. */
export function requestOf(changes: Partial<AuthorizationRequest> = {}): AuthorizationRequest {
  const action = "s3:GetBucketPolicy";
  return { action, resource: bucketArn, principal: user, resourceAccountId: orders, context: {}, ...changes };
}

type StatementText = Readonly<Record<string, unknown>>;

/** A policy of one statement: allows everything, unless told otherwise. */
export function policy(name: string, statement: StatementText = {}): NamedPolicy {
  return statements(name, [statement]);
}

export function statements(name: string, texts: readonly StatementText[]): NamedPolicy {
  const Statement = texts.map((text) => ({
    Effect: "Allow",
    ...("NotAction" in text ? {} : { Action: "*" }),
    ...("NotResource" in text ? {} : { Resource: "*" }),
    ...text,
  }));
  return { name, document: parsePolicy({ Version: "2012-10-17", Statement }) };
}
