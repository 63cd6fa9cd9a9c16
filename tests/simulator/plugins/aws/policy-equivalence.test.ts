import { expect } from "chai";
import * as fc from "fast-check";
import { normalizedPolicy, samePolicy } from "../../../../simulator/plugins/aws/policy-equivalence.ts";

const denyAll = {
  Version: "2012-10-17",
  Statement: [{ Sid: "DenyAll", Effect: "Deny", Principal: "*", Action: "s3:*", Resource: ["b", "b/*"] }],
};

describe("policies that say the same", () => {
  it("may differ in layout, order, lists of one and the spelling of everyone", () => {
    const [statement] = denyAll.Statement;
    const other = {
      Statement: { ...statement, Principal: { AWS: ["*"] }, Action: ["s3:*"], Resource: ["b/*", "b"] },
      Version: "2012-10-17",
    };
    expect(samePolicy(JSON.stringify(denyAll), JSON.stringify(other, null, 2))).to.equal(true);
  });

  it("do not differ in effect, action, resource or principal", () => {
    const [statement] = denyAll.Statement;
    const changes = [{ Effect: "Allow" }, { Action: "s3:Get*" }, { Resource: ["b"] }, { Principal: { AWS: "1" } }];
    for (const change of changes) {
      const other = { ...denyAll, Statement: [{ ...statement, ...change }] };
      expect(samePolicy(JSON.stringify(denyAll), JSON.stringify(other)), JSON.stringify(change)).to.equal(false);
    }
  });

  it("are found whatever the order of their statements", () => {
    const statement = fc.record({ Effect: fc.constantFrom("Allow", "Deny"), Action: fc.array(fc.string()) });
    const statements = fc.array(statement, { minLength: 1 });
    const shuffled = statements.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) =>
        samePolicy(JSON.stringify({ Statement: list }), JSON.stringify({ Statement: other })),
      ),
    );
  });

  it("are equal as text where they are no JSON", () => {
    expect([samePolicy("no json", "no json"), samePolicy("no json", "{}")]).to.deep.equal([true, false]);
  });

  it("are normalized without blanks", () => {
    expect(normalizedPolicy('{ "Version": "2012-10-17" }')).to.equal('{"Version":"2012-10-17"}');
  });
});
