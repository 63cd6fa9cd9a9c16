import { expect } from "chai";
import * as fc from "fast-check";
import * as z from "zod";
import { type ApplicablePolicies, evaluate, type NamedPolicy, parsePolicy, type PolicyType } from "#iam";
import { additions, everything, policies, policyTexts, requests, withAddition } from "./arbitrary-policies.ts";
import { policy, requestOf } from "./sample-requests.ts";

const runs = { numRuns: 2000 };

describe("whatever the policies", () => {
  it("an explicit deny always wins", () => {
    const types = fc.constantFrom<PolicyType[]>(
      "identity-based policy",
      "session policy",
      "permissions boundary",
      "resource-based policy",
      "service control policy",
      "resource control policy",
    );
    fc.assert(
      fc.property(requests, policies, types, (request, all, policyType) => {
        const denying = withAddition(all, everything("Deny", policyType));
        const isRoot = request.principal.kind === "root";
        fc.pre(isPresent(denying, policyType));
        fc.pre(!isRoot || (policyType !== "identity-based policy" && policyType !== "permissions boundary"));
        expect(evaluate(request, denying)).to.include({ allowed: false, kind: "explicit" });
      }),
      runs,
    );
  });

  it("adding an Allow never removes access", () => {
    fc.assert(
      fc.property(requests, policies, additions("Allow"), (request, all, addition) => {
        fc.pre(evaluate(request, all).allowed);
        expect(evaluate(request, withAddition(all, addition)).allowed).to.equal(true);
      }),
      runs,
    );
  });

  it("adding a Deny never adds access", () => {
    fc.assert(
      fc.property(requests, policies, additions("Deny"), (request, all, addition) => {
        fc.pre(!evaluate(request, all).allowed);
        expect(evaluate(request, withAddition(all, addition)).allowed).to.equal(false);
      }),
      runs,
    );
  });

  it("both outcomes occur often enough for these properties to mean something", () => {
    const sample = fc.sample(fc.tuple(requests, policies), { numRuns: 2000, seed: 1 });
    const allowed = sample.filter(([request, all]) => evaluate(request, all).allowed).length;
    expect(allowed).to.be.within(200, 1800);
  });

  it("the order of policies and statements decides nothing", () => {
    fc.assert(
      fc.property(requests, policies, (request, all) => {
        expect(evaluate(request, reversed(all)).allowed).to.equal(evaluate(request, all).allowed);
      }),
      runs,
    );
  });

  it("the letter case of the action decides nothing", () => {
    fc.assert(
      fc.property(requests, policies, (request, all) => {
        const shouting = { ...request, action: request.action.toUpperCase() };
        expect(evaluate(shouting, all).allowed).to.equal(evaluate(request, all).allowed);
      }),
      runs,
    );
  });

  it("a statement matches in the trace exactly when all of its elements do", () => {
    fc.assert(
      fc.property(requests, policies, (request, all) => {
        for (const { matched, elements } of evaluate(request, all).trace) {
          expect(elements.every((element) => element.matched)).to.equal(matched);
        }
      }),
      runs,
    );
  });

  it("a decision agrees with its own trace", () => {
    fc.assert(
      fc.property(requests, policies, (request, all) => {
        const decision = evaluate(request, all);
        const denies = decision.trace.filter(({ effect, matched }) => effect === "Deny" && matched);
        const explicit = !decision.allowed && decision.kind === "explicit";
        expect(denies.length > 0).to.equal(explicit);
        if (explicit) expect(denies[0]).to.include({ policyType: decision.policyType, policy: decision.policy });
      }),
      runs,
    );
  });
});

describe("parsing", () => {
  it("is the same for text and value, for one element and a list of one, and every time", () => {
    fc.assert(
      fc.property(fc.boolean().chain(policyTexts), (text) => {
        const document = parsePolicy(text);
        expect(parsePolicy(JSON.stringify(text))).to.deep.equal(document);
        expect(parsePolicy(JSON.stringify(text, null, 2))).to.deep.equal(document);
        expect(parsePolicy(JSON.parse(JSON.stringify(text, listsOfOneUnwrapped)))).to.deep.equal(document);
      }),
    );
  });

  it("never fails but with MalformedPolicyError", () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.json(), fc.string()), (value) => {
        try {
          parsePolicy(value);
        } catch (error) {
          expect(error).to.have.property("name", "MalformedPolicyError");
        }
      }),
      runs,
    );
  });
});

describe("wildcards", () => {
  const texts = fc.stringMatching(/^[ab:/]{0,12}$/);
  const patterns = fc.stringMatching(/^[ab:/*?]{0,12}$/);

  function like(operator: "StringLike" | "ArnLike", pattern: string, text: string): boolean {
    const identity = [policy("p", { Condition: { [operator]: { "aws:A": pattern } } })];
    return evaluate(requestOf({ context: { "aws:A": text } }), { identity }).allowed;
  }

  it("match as the regular expression of the same meaning does", () => {
    fc.assert(
      fc.property(patterns, texts, (pattern, text) => {
        const expression = new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`);
        expect(like("StringLike", pattern, text)).to.equal(expression.test(text));
      }),
      runs,
    );
  });

  it("in ARNs match less than in strings, never more", () => {
    const arns = fc.array(texts, { minLength: 5, maxLength: 5 }).map((parts) => ["arn", ...parts].join(":"));
    const arnPatterns = fc.array(patterns, { minLength: 5, maxLength: 5 }).map((parts) => ["*", ...parts].join(":"));
    fc.assert(
      fc.property(arnPatterns, arns, (pattern, arn) => {
        if (like("ArnLike", pattern, arn)) expect(like("StringLike", pattern, arn)).to.equal(true);
      }),
      runs,
    );
  });

  it("cannot be made to explode", () => {
    const pattern = `${"*a".repeat(500)}*b`;
    expect(like("StringLike", pattern, "a".repeat(5000))).to.equal(false);
  }).timeout(500);
});

function isPresent(all: ApplicablePolicies, policyType: PolicyType): boolean {
  const lists: Readonly<Record<PolicyType, readonly NamedPolicy[]>> = {
    "identity-based policy": all.identity,
    "session policy": all.session ?? [],
    "permissions boundary": all.permissionsBoundary ? [all.permissionsBoundary] : [],
    "resource-based policy": all.resource ? [all.resource] : [],
    "service control policy": all.serviceControl?.flat() ?? [],
    "resource control policy": all.resourceControl?.flat() ?? [],
  };
  return lists[policyType].length > 0;
}

function reversed({
  identity,
  session,
  serviceControl,
  resourceControl,
  ...rest
}: ApplicablePolicies): ApplicablePolicies {
  const turn = (list: readonly NamedPolicy[]): readonly NamedPolicy[] =>
    list.toReversed().map(({ name, document }) => ({
      name,
      document: { ...document, statements: document.statements.toReversed() },
    }));
  return {
    ...rest,
    identity: turn(identity),
    ...(session && { session: turn(session) }),
    ...(serviceControl && { serviceControl: serviceControl.toReversed().map(turn) }),
    ...(resourceControl && { resourceControl: resourceControl.toReversed().map(turn) }),
  };
}

function listsOfOneUnwrapped(_key: string, value: unknown): unknown {
  const list = z.array(z.unknown()).length(1).safeParse(value);
  return list.success ? list.data[0] : value;
}
