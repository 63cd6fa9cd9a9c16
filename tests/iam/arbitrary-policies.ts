import * as fc from "fast-check";
import {
  type ApplicablePolicies,
  type AuthorizationRequest,
  type NamedPolicy,
  parsePolicy,
  type PolicyDocument,
  type PolicyType,
  type Statement,
} from "#iam";
import { orders, payments, roleArn, root, service, session, user } from "./sample-requests.ts";

/** A world so small that policies and requests often meet. */
const bucket = "arn:aws:s3:::b";
const queue = "arn:aws:sqs:eu-west-1:333333333333:q";

export const requests: fc.Arbitrary<AuthorizationRequest> = fc.record({
  action: fc.constantFrom("s3:GetBucketPolicy", "s3:PutBucketPolicy", "sqs:SendMessage"),
  resource: fc.constantFrom(bucket, queue, "*"),
  principal: fc.constantFrom(user, root, session, service),
  resourceAccountId: fc.constantFrom(orders, orders, payments),
  context: fc.constantFrom({}, { "aws:A": "x" }, { "aws:A": "y", "aws:B": ["x", "y"] }),
});

const actions = fc.constantFrom("*", "*", "s3:*", "S3:get*", "sqs:SendMessage", "ec2:*");
const resources = fc.constantFrom("*", "*", "arn:aws:s3:::*", queue, "arn:aws:s3:::${aws:A}");
const principals = fc.constantFrom(
  "*",
  { AWS: user.arn },
  { AWS: roleArn },
  { AWS: session.arn },
  { AWS: orders },
  { AWS: payments, Service: service.arn },
);
const conditions = fc.constantFrom(
  {},
  {},
  {},
  { StringEquals: { "aws:A": "x" } },
  { StringNotEquals: { "aws:A": "x" } },
  { StringLikeIfExists: { "aws:A": "?" } },
  { "ForAllValues:StringEquals": { "aws:B": ["x", "z"] } },
  { Null: { "aws:A": "true" } },
);

type StatementText = Readonly<Record<string, unknown>>;
type Effect = Statement["effect"];

/** The text of a statement, as it stands in policies that name principals (`named`) and in those that do not. */
function statementTexts(effects: fc.Arbitrary<Effect>, named: boolean): fc.Arbitrary<StatementText> {
  const parts = { effect: effects, action: actions, resource: resources, principal: principals, condition: conditions };
  return fc
    .record({ ...parts, spelling: fc.integer({ min: 0, max: 9 }) })
    .map(({ effect, action, resource, principal, condition, spelling }) => ({
      Effect: effect,
      [spelling === 0 ? "NotAction" : "Action"]: action,
      [spelling === 1 ? "NotResource" : "Resource"]: [resource],
      ...(named ? { [spelling === 2 && effect === "Deny" ? "NotPrincipal" : "Principal"]: principal } : {}),
      Condition: condition,
    }));
}

/** Texts of whole policies. Allows outnumber denies, or hardly anything would ever be allowed. */
export function policyTexts(named: boolean): fc.Arbitrary<StatementText> {
  const effects = fc.constantFrom<Effect>("Allow", "Allow", "Allow", "Allow", "Deny");
  return fc
    .array(statementTexts(effects, named), { minLength: 1, maxLength: 3 })
    .map((Statement) => ({ Version: "2012-10-17", Statement }));
}

const attached = policyTexts(false).map((text): NamedPolicy => ({ name: "p", document: parsePolicy(text) }));
const ofResource = policyTexts(true).map((text): NamedPolicy => ({ name: "r", document: parsePolicy(text) }));
const fullAccess: NamedPolicy = {
  name: "full access",
  document: parsePolicy({ Statement: { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" } }),
};

function sometimes<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined, freq: 1 });
}

export const policies: fc.Arbitrary<ApplicablePolicies> = fc
  .record({
    identity: fc.array(attached, { maxLength: 3 }),
    session: sometimes(fc.array(attached, { maxLength: 2 })),
    permissionsBoundary: sometimes(attached),
    resource: sometimes(ofResource),
    serviceControl: sometimes(fc.array(fc.array(attached, { maxLength: 1 }).map(withFullAccess), { maxLength: 2 })),
    resourceControl: sometimes(fc.array(fc.array(ofResource, { maxLength: 1 }).map(withFullAccess), { maxLength: 2 })),
    resourceMustAllow: fc.constantFrom<(true | undefined)[]>(undefined, undefined, undefined, true),
  })
  .map(present);

function withFullAccess(level: readonly NamedPolicy[]): readonly NamedPolicy[] {
  return [fullAccess, ...level];
}

type Optional<T> = { readonly [K in keyof T]?: T[K] | undefined };

function present({ identity = [], ...rest }: Optional<ApplicablePolicies>): ApplicablePolicies {
  const { session, permissionsBoundary, resource, serviceControl, resourceControl, resourceMustAllow } = rest;
  return {
    identity,
    ...(session && { session }),
    ...(permissionsBoundary && { permissionsBoundary }),
    ...(resource && { resource }),
    ...(serviceControl && { serviceControl }),
    ...(resourceControl && { resourceControl }),
    ...(resourceMustAllow && { resourceMustAllow }),
  };
}

/** A statement of one effect, with the place where it is to be added. */
export interface Addition {
  readonly policyType: PolicyType;
  readonly statement: Statement;
}

const namingTypes: readonly PolicyType[] = ["resource-based policy", "resource control policy"];
const attachedTypes: readonly PolicyType[] = [
  "identity-based policy",
  "session policy",
  "permissions boundary",
  "service control policy",
];

export function additions(effect: Effect): fc.Arbitrary<Addition> {
  const to = (types: readonly PolicyType[], named: boolean): fc.Arbitrary<Addition> =>
    fc.record({
      policyType: fc.constantFrom(...types),
      statement: statementTexts(fc.constant(effect), named).map(onlyStatement),
    });
  return fc.oneof(to(attachedTypes, false), to(namingTypes, true));
}

/** The statement that matches every request. */
export function everything(effect: Effect, policyType: PolicyType): Addition {
  const Principal = namingTypes.includes(policyType) ? { Principal: "*" } : {};
  return { policyType, statement: onlyStatement({ Effect: effect, ...Principal, Action: "*", Resource: "*" }) };
}

function onlyStatement(text: StatementText): Statement {
  const [statement] = parsePolicy({ Version: "2012-10-17", Statement: text }).statements;
  if (!statement) throw new Error("A policy of one statement has one.");
  return statement;
}

/**
 * The same policies with one more statement, in every policy of its type that there is. No policy is added where there
 * is none, because a boundary or a session policy that did not exist would be one more limit.
 */
export function withAddition(all: ApplicablePolicies, { policyType, statement }: Addition): ApplicablePolicies {
  const extend = ({ name, document }: NamedPolicy): NamedPolicy => ({ name, document: extended(document, statement) });
  const extendAll = (list: readonly NamedPolicy[]): readonly NamedPolicy[] => list.map(extend);
  switch (policyType) {
    case "identity-based policy":
      return { ...all, identity: extendAll(all.identity) };
    case "session policy":
      return all.session ? { ...all, session: extendAll(all.session) } : all;
    case "permissions boundary":
      return all.permissionsBoundary ? { ...all, permissionsBoundary: extend(all.permissionsBoundary) } : all;
    case "resource-based policy":
      return all.resource ? { ...all, resource: extend(all.resource) } : all;
    case "service control policy":
      return all.serviceControl ? { ...all, serviceControl: all.serviceControl.map(extendAll) } : all;
    case "resource control policy":
      return all.resourceControl ? { ...all, resourceControl: all.resourceControl.map(extendAll) } : all;
  }
}

function extended(document: PolicyDocument, statement: Statement): PolicyDocument {
  return { ...document, statements: [...document.statements, statement] };
}
