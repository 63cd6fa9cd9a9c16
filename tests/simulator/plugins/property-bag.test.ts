import { expect } from "chai";
import * as fc from "fast-check";
import { Struct } from "../../../simulator/plugins/protocol/google-protobuf.ts";
import {
  containsUnknown,
  decodeProperties,
  encodeProperties,
  type PropertyBag,
  type PropertyValue,
  unknownValue,
} from "../../../simulator/plugins/protocol/property-bag.ts";

const unknownMark = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const kindMember = "4dabf18193072939515e22adb298388d";

const name = fc.stringMatching(/^[a-zA-Z]{1,8}$/);
const { value } = fc.letrec<{ value: PropertyValue; list: PropertyValue[]; bag: PropertyBag }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constant(unknownValue),
    tie("list"),
    tie("bag"),
  ),
  list: fc.array(tie("value"), { maxLength: 4 }),
  bag: fc.dictionary(name, tie("value"), { maxKeys: 4, noNullPrototype: true }),
}));

describe("property bags on the wire", () => {
  it("come back as they went", () => {
    fc.assert(
      fc.property(fc.dictionary(name, value, { noNullPrototype: true }), (bag) => {
        expect(decodeProperties(encodeProperties(bag))).to.deep.equal(bag);
      }),
    );
  });

  it("carry unknowns as Pulumi marks them", () => {
    expect(encodeProperties({ arn: unknownValue }).toJavaScript()).to.deep.equal({ arn: unknownMark });
    const [nested, known] = [{ list: [{ inner: unknownValue }] }, { list: [{ inner: "x" }] }];
    expect([containsUnknown(nested), containsUnknown(known)]).to.deep.equal([true, false]);
  });

  it("lose the marks of secrets and outputs, not their values", () => {
    const secret = { [kindMember]: "1b47061264138c4ac30d75fd1eb44270", value: { nested: "s3cret" } };
    const output = { [kindMember]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", value: 7, secret: true };
    const pending = { [kindMember]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", dependencies: ["urn"] };
    expect(decodeProperties(Struct.fromJavaScript({ secret, output, pending, absent: null }))).to.deep.equal({
      secret: { nested: "s3cret" },
      output: 7,
      pending: unknownValue,
    });
  });
});
