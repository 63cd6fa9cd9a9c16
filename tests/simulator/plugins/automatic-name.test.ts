import { expect } from "chai";
import { automaticName } from "../../../simulator/plugins/protocol/automatic-name.ts";

const seed = Uint8Array.from([1, 2, 3]);
const request = { name: "Orders", randomSeed: seed, autonaming: undefined };

describe("automatic names", () => {
  it("are the logical name and seven hexadecimal digits, the same for the same seed", () => {
    const first = automaticName(request, { maximumLength: 80 });
    expect(first).to.match(/^Orders-[0-9a-f]{7}$/);
    expect(automaticName(request, { maximumLength: 80 })).to.equal(first);
    expect(automaticName({ ...request, randomSeed: Uint8Array.from([9]) }, { maximumLength: 80 })).not.to.equal(first);
  });

  it("are in lower case where AWS wants it", () => {
    expect(automaticName(request, { maximumLength: 63, lowerCase: true })).to.match(/^orders-[0-9a-f]{7}$/);
  });

  it("that would be too long are refused with the bridge's words", () => {
    const long = { ...request, name: "x".repeat(60) };
    expect(() => automaticName(long, { maximumLength: 63 })).to.throw(
      RangeError,
      "plus 7 random chars is longer than maximum length 63",
    );
  });

  it("follow the stack's autonaming", () => {
    const propose = { ...request, autonaming: { mode: "propose", name: "Team-Orders" } } as const;
    const enforce = { ...request, autonaming: { mode: "enforce", name: "Team-Orders" } } as const;
    const disable = { ...request, autonaming: { mode: "disable" } } as const;
    const rule = { maximumLength: 63, lowerCase: true };
    expect([propose, enforce, disable].map((one) => automaticName(one, rule))).to.deep.equal([
      "team-orders",
      "Team-Orders",
      undefined,
    ]);
  });
});
