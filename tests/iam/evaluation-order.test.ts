import { expect } from "chai";
import { type ApplicablePolicies, type AuthorizationRequest, type Decision, evaluate, type PolicyType } from "#iam";
import {
  orders,
  payments,
  policy,
  requestOf,
  roleArn,
  root,
  service,
  session,
  statements,
  user,
} from "./sample-requests.ts";

const allow = policy("allow");
const nothing = policy("nothing", { Action: "ec2:*" });
const deny = policy("deny", { Sid: "No", Effect: "Deny", Principal: "*" });
const denyCaller = policy("deny", { Sid: "No", Effect: "Deny" });

function grantTo(Principal: unknown): { resource: ReturnType<typeof policy> } {
  return { resource: policy("bucket policy", { Principal }) };
}

function decide(policies: Partial<ApplicablePolicies>, changes: Partial<AuthorizationRequest> = {}): Decision {
  return evaluate(requestOf(changes), { identity: [], ...policies });
}

function verdict(decision: Decision): string {
  return decision.allowed ? "allowed" : `${decision.kind}: ${decision.policyType}`;
}

describe("an explicit deny", () => {
  const everywhere: Required<Omit<ApplicablePolicies, "resourceMustAllow">> = {
    identity: [allow],
    session: [allow],
    permissionsBoundary: allow,
    resource: grantTo("*").resource,
    serviceControl: [[allow]],
    resourceControl: [[policy("RCPFullAWSAccess", { Principal: "*" })]],
  };
  const places: readonly (readonly [PolicyType, Partial<ApplicablePolicies>])[] = [
    ["resource control policy", { resourceControl: [...everywhere.resourceControl, [deny]] }],
    ["service control policy", { serviceControl: [[allow, denyCaller]] }],
    ["resource-based policy", { resource: deny }],
    ["identity-based policy", { identity: [allow, denyCaller] }],
    ["permissions boundary", { permissionsBoundary: denyCaller }],
    ["session policy", { session: [allow, denyCaller] }],
  ];

  it("is absent: allowed", () => {
    expect(decide(everywhere).allowed).to.equal(true);
  });

  for (const [policyType, where] of places) {
    it(`in a ${policyType} wins, and is named`, () => {
      const expected = { allowed: false, kind: "explicit", policyType, policy: "deny", statement: "No" };
      expect(decide({ ...everywhere, ...where })).to.include(expected);
    });
  }

  it("in several places is named in the order of the evaluation", () => {
    const types = places.map(([type]) => type);
    for (const [index, type] of types.entries()) {
      const denying = places.slice(index).map(([, where]) => where);
      const policies = denying.reduce<Partial<ApplicablePolicies>>((all, where) => ({ ...all, ...where }), everywhere);
      expect(verdict(decide(policies))).to.equal(`explicit: ${type}`);
    }
  });

  it("is named by its number where it has no Sid", () => {
    const identity = [statements("p", [{}, { Effect: "Deny", Action: "s3:Get*" }])];
    expect(decide({ identity })).to.include({ policy: "p", statement: "statement 2" });
  });
});

describe("an implicit deny", () => {
  const table: readonly (readonly [string, string, Partial<ApplicablePolicies>])[] = [
    ["nobody grants", "implicit: identity-based policy", { identity: [nothing] }],
    ["the identity grants", "allowed", { identity: [nothing, allow] }],
    [
      "the boundary does not allow",
      "implicit: permissions boundary",
      { identity: [allow], permissionsBoundary: nothing },
    ],
    ["the session does not allow", "implicit: session policy", { identity: [allow], session: [nothing] }],
    ["the session has an empty list", "implicit: session policy", { identity: [allow], session: [] }],
    ["a boundary alone grants nothing", "implicit: identity-based policy", { permissionsBoundary: allow }],
    [
      "one SCP level does not allow",
      "implicit: service control policy",
      { identity: [allow], serviceControl: [[allow], [nothing]] },
    ],
    [
      "one SCP level is empty",
      "implicit: service control policy",
      { identity: [allow], serviceControl: [[allow], [], [allow]] },
    ],
    ["every SCP level allows", "allowed", { identity: [allow], serviceControl: [[nothing, allow], [allow]] }],
    ["an SCP alone grants nothing", "implicit: identity-based policy", { serviceControl: [[allow]] }],
    ["one RCP level does not allow", "implicit: resource control policy", { identity: [allow], resourceControl: [[]] }],
    [
      "an RCP comes before an SCP",
      "implicit: resource control policy",
      { resourceControl: [[]], serviceControl: [[]] },
    ],
  ];
  for (const [name, expected, policies] of table) {
    it(name, () => {
      expect(verdict(decide(policies))).to.equal(expected);
    });
  }

  it("names no policy and no statement", () => {
    expect(decide({})).not.to.have.any.keys("policy", "statement");
  });
});

describe("a grant by the resource, in its own account", () => {
  const limits = { permissionsBoundary: nothing, session: [nothing] };

  it("to the user, the session or everybody needs nothing of the caller's side", () => {
    expect(verdict(decide({ ...grantTo({ AWS: user.arn }), ...limits }))).to.equal("allowed");
    expect(verdict(decide({ ...grantTo("*"), ...limits }))).to.equal("allowed");
    const bySession = decide({ ...grantTo({ AWS: session.arn }), ...limits }, { principal: session });
    expect(verdict(bySession)).to.equal("allowed");
  });

  it("to the role needs no identity-based policy, and is held by boundary and session", () => {
    const grant = grantTo({ AWS: roleArn });
    const changes = { principal: session };
    expect(verdict(decide(grant, changes))).to.equal("allowed");
    expect(verdict(decide({ ...grant, permissionsBoundary: nothing }, changes))).to.equal(
      "implicit: permissions boundary",
    );
    expect(verdict(decide({ ...grant, session: [nothing] }, changes))).to.equal("implicit: session policy");
  });

  it("to the account leaves the decision to identity-based policies", () => {
    const grant = grantTo({ AWS: orders });
    expect(verdict(decide(grant))).to.equal("implicit: identity-based policy");
    expect(verdict(decide({ ...grant, identity: [allow] }))).to.equal("allowed");
  });

  it("is held by service and resource control policies", () => {
    expect(verdict(decide({ ...grantTo("*"), serviceControl: [[]] }))).to.equal("implicit: service control policy");
    expect(verdict(decide({ ...grantTo("*"), resourceControl: [[]] }))).to.equal("implicit: resource control policy");
  });
});

describe("a resource whose policy must allow", () => {
  const trusting = (Principal: unknown): Partial<ApplicablePolicies> => ({
    ...grantTo(Principal),
    resourceMustAllow: true,
  });

  it("refuses the identity's own grant", () => {
    expect(verdict(decide({ identity: [allow], resourceMustAllow: true }))).to.equal("implicit: resource-based policy");
    const other = decide({ identity: [allow], ...trusting({ AWS: payments }) });
    expect(verdict(other)).to.equal("implicit: resource-based policy");
  });

  it("counts identity-based policies where it trusts the account", () => {
    expect(verdict(decide(trusting({ AWS: orders })))).to.equal("implicit: identity-based policy");
    expect(verdict(decide({ ...trusting({ AWS: orders }), identity: [allow] }))).to.equal("allowed");
    expect(verdict(decide(trusting({ AWS: user.arn })))).to.equal("allowed");
  });
});

describe("across accounts", () => {
  const abroad = { resourceAccountId: payments };

  it("both sides have to allow", () => {
    expect(verdict(decide({ identity: [allow] }, abroad))).to.equal("implicit: resource-based policy");
    for (const Principal of ["*", { AWS: user.arn }, { AWS: orders }]) {
      expect(verdict(decide(grantTo(Principal), abroad))).to.equal("implicit: identity-based policy");
      expect(verdict(decide({ ...grantTo(Principal), identity: [allow] }, abroad))).to.equal("allowed");
    }
  });

  it("boundary and session hold the caller whatever the resource grants", () => {
    const both = { ...grantTo({ AWS: user.arn }), identity: [allow] };
    expect(verdict(decide({ ...both, permissionsBoundary: nothing }, abroad))).to.equal(
      "implicit: permissions boundary",
    );
    expect(verdict(decide({ ...both, session: [nothing] }, abroad))).to.equal("implicit: session policy");
  });

  it("root needs the resource's grant", () => {
    const asRoot = { ...abroad, principal: root };
    expect(verdict(decide({}, asRoot))).to.equal("implicit: resource-based policy");
    expect(verdict(decide(grantTo({ AWS: orders }), asRoot))).to.equal("allowed");
  });
});

describe("a root user", () => {
  const asRoot = { principal: root };

  it("is allowed in its account without any policy", () => {
    expect(verdict(decide({}, asRoot))).to.equal("allowed");
  });

  it("has no identity-based policies and no boundary, even if some are given", () => {
    expect(verdict(decide({ identity: [denyCaller], permissionsBoundary: denyCaller }, asRoot))).to.equal("allowed");
  });

  it("is limited by the denies of its session policies only", () => {
    expect(verdict(decide({ session: [nothing] }, asRoot))).to.equal("allowed");
    expect(verdict(decide({ session: [denyCaller] }, asRoot))).to.equal("explicit: session policy");
  });

  it("is bound by the resource, service control and resource control policies", () => {
    expect(verdict(decide({ resource: deny }, asRoot))).to.equal("explicit: resource-based policy");
    expect(verdict(decide({ serviceControl: [[allow, denyCaller]] }, asRoot))).to.equal(
      "explicit: service control policy",
    );
    expect(verdict(decide({ serviceControl: [[nothing]] }, asRoot))).to.equal("implicit: service control policy");
    expect(verdict(decide({ resourceControl: [[deny]] }, asRoot))).to.equal("explicit: resource control policy");
  });
});

describe("an AWS service", () => {
  it("is allowed by the resource's policy alone", () => {
    const asService = { principal: service };
    expect(verdict(decide({ identity: [allow] }, asService))).to.equal("implicit: resource-based policy");
    expect(verdict(decide(grantTo({ Service: service.arn }), asService))).to.equal("allowed");
  });
});
