import fc from "fast-check";
import { conditions, contexts } from "./arbitrary-conditions.ts";
import type { Policies, Principal, Question, Request } from "./question.ts";

// A world so small that policies and requests often meet.
const home = "333333333333";
const abroad = "444444444444";
const roleArn = `arn:aws:iam::${home}:role/team/Deploy`;

const principals: Readonly<Record<Principal["kind"], Principal>> = {
  user: { kind: "user", accountId: home, arn: `arn:aws:iam::${home}:user/ops` },
  root: { kind: "root", accountId: home, arn: `arn:aws:iam::${home}:root` },
  "assumed-role": {
    kind: "assumed-role",
    accountId: home,
    arn: `arn:aws:sts::${home}:assumed-role/Deploy/alice`,
    roleArn,
  },
  service: { kind: "service", accountId: home, arn: "events.amazonaws.com" },
};

const requests: fc.Arbitrary<Request> = fc.record({
  action: fc.constantFrom("s3:GetObject", "s3:PutBucketPolicy", "sqs:SendMessage", "iam:GetUser"),
  resource: fc.constantFrom(
    "arn:aws:s3:::orders",
    "arn:aws:s3:::orders/ops/a.txt",
    `arn:aws:sqs:eu-west-1:${home}:orders`,
    `arn:aws:iam::${home}:user/ops`,
    "*",
  ),
  resourceAccountId: fc.constantFrom(home, home, home, abroad),
  principal: fc.constantFrom(principals.user, principals["assumed-role"], principals.root, principals.service),
  context: contexts,
});

const actions = fc.constantFrom(
  "*",
  "*",
  "*",
  "*",
  "*:*",
  "s3:*",
  "S3:get*",
  "s3:?etObject",
  "s3:PutBucketPolicy",
  "SQS:SendMessage",
  "sqs:*Mess*",
  "iam:*",
);

const resources = fc.constantFrom(
  "*",
  "*",
  "*",
  "*",
  "*",
  "*",
  "*",
  "arn:aws:s3:::orders",
  "arn:aws:s3:::orders*",
  "arn:aws:s3:::*",
  "arn:aws:s3:::orders/${aws:username}/*",
  "arn:aws:s3:::${aws:PrincipalTag/team, 'orders'}/*/a.txt",
  "arn:aws:s3:::${aws:TagKeys}",
  "arn:aws:s3:::orders/*/?.txt",
  `arn:aws:sqs:*:${home}:orders`,
  "arn:aws:sqs:*",
  "arn:aws:sqs:*:*:ord???",
  "arn:aws:sqs:eu*1:*:orders",
  "arn:*:orders",
  "arn:aws:iam::*:user/${aws:username}",
  "arn:aws:iam::*:root",
);

const namedPrincipals = fc.oneof(
  { weight: 1, arbitrary: fc.constant("*") },
  {
    weight: 4,
    arbitrary: fc.record(
      {
        AWS: oneOrMany(
          fc.constantFrom(
            "*",
            principals.user.arn,
            principals["assumed-role"].arn,
            roleArn,
            home,
            principals.root.arn,
            abroad,
          ),
        ),
        Service: oneOrMany(fc.constantFrom(principals.service.arn, "sns.amazonaws.com")),
      },
      { requiredKeys: ["AWS"] },
    ),
  },
);

function oneOrMany<T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> {
  return fc.oneof(values, fc.array(values, { minLength: 1, maxLength: 3 }));
}

type Text = Readonly<Record<string, unknown>>;

/** A statement: `principal` for policies that name some. */
function statements(principal: fc.Arbitrary<unknown> | undefined): fc.Arbitrary<Text> {
  return fc
    .record({
      effect: fc.constantFrom("Allow", "Allow", "Allow", "Allow", "Deny"),
      action: oneOrMany(actions),
      resource: oneOrMany(resources),
      principal: principal ?? fc.constant(undefined),
      condition: conditions,
      negated: fc.integer({ min: 0, max: 11 }),
    })
    .map(({ effect, action, resource, principal: named, condition, negated }) => ({
      Effect: effect,
      [negated === 0 ? "NotAction" : "Action"]: action,
      [negated === 1 ? "NotResource" : "Resource"]: resource,
      ...(named === undefined ? {} : { [negated < 4 && effect === "Deny" ? "NotPrincipal" : "Principal"]: named }),
      ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
    }));
}

function policiesOf(statement: fc.Arbitrary<Text>): fc.Arbitrary<Text> {
  return fc.record(
    {
      Version: fc.constantFrom("2012-10-17", "2012-10-17", "2012-10-17", "2008-10-17"),
      Statement: fc.oneof(statement, fc.array(statement, { minLength: 1, maxLength: 3 })),
    },
    { requiredKeys: ["Statement"] },
  );
}

const attached = policiesOf(statements(undefined));
const ofResource = policiesOf(statements(namedPrincipals));
const ofResourceControl = policiesOf(statements(fc.constant("*")));
const fullAccess = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } };
const resourceFullAccess = { ...fullAccess, Statement: { ...fullAccess.Statement, Principal: "*" } };

/** Every level has its full access most of the time, or hardly anything would pass them all. */
function levels(policy: fc.Arbitrary<Text>, full: Text): fc.Arbitrary<Text[][]> {
  const level = fc
    .record({ full: fc.integer({ min: 0, max: 9 }), more: fc.array(policy, { maxLength: 1 }) })
    .map(({ full: chance, more }) => (chance === 0 ? more : [full, ...more]));
  return fc.array(level, { minLength: 1, maxLength: 3 });
}

/** @param percent how often it is there */
function sometimes<T>(percent: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 100 - percent, arbitrary: fc.constant(undefined) }, { weight: percent, arbitrary });
}

// Each kind of policy limits one more, so each is there only now and then.
const policies = fc.record({
  identity: fc.array(attached, { maxLength: 4 }),
  session: sometimes(40, fc.array(attached, { maxLength: 3 })),
  permissionsBoundary: sometimes(25, attached),
  resource: sometimes(60, ofResource),
  resourceMustAllow: sometimes(15, fc.constant<true>(true)),
  serviceControl: sometimes(40, levels(attached, fullAccess)),
  resourceControl: sometimes(40, levels(ofResourceControl, resourceFullAccess)),
});

/** Requests with the policies that can apply to such a caller at all. */
export const questions: fc.Arbitrary<Question> = fc
  .record({ request: requests, policies })
  .map(({ request, policies: { identity, session, permissionsBoundary, serviceControl, ...rest } }) => {
    const { kind } = request.principal;
    // An AWS service has no policies of its own, and no account whose service control policies would bind it.
    const isService = kind === "service";
    return {
      request,
      policies: present({
        ...rest,
        identity: isService ? [] : identity,
        permissionsBoundary: isService ? undefined : permissionsBoundary,
        serviceControl: isService ? undefined : serviceControl,
        // Users are no sessions.
        session: isService || kind === "user" ? undefined : session,
      }),
    };
  });

type Drawn = { readonly [Name in keyof Policies]: Policies[Name] | undefined };

function present({ identity = [], ...rest }: Drawn): Policies {
  const { session, permissionsBoundary, resource, resourceMustAllow, serviceControl, resourceControl } = rest;
  return {
    identity,
    ...(session && { session }),
    ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
    ...(resource === undefined ? {} : { resource }),
    ...(resourceMustAllow && { resourceMustAllow }),
    ...(serviceControl && { serviceControl }),
    ...(resourceControl && { resourceControl }),
  };
}
