import { expect } from "chai";
import fc from "fast-check";
import { applyPatch } from "../../../simulator/services/cloud-control/json-patch.ts";

const json = fc.jsonValue({ maxDepth: 2 });
const model = fc.dictionary(fc.string({ maxLength: 4 }), json, { maxKeys: 5 }).filter(isPlain);

describe("cloudcontrol: JSON patches", () => {
  it("section 10: a patch on top-level members turns any model into any other", () => {
    fc.assert(
      fc.property(model, model, (from, to) => {
        const patched = applyPatch(from, JSON.stringify(difference(from, to)));
        expect(patched).to.deep.equal(JSON.parse(JSON.stringify(to)));
      }),
    );
  });

  it("leaves the model that it is applied to alone", () => {
    const present = { Tags: [{ Key: "a" }] };
    applyPatch(present, JSON.stringify([{ op: "add", path: "/Tags/-", value: { Key: "b" } }]));
    expect(present).to.deep.equal({ Tags: [{ Key: "a" }] });
  });

  it("reaches into lists and objects, moves and copies", () => {
    const patch = [
      { op: "add", path: "/list/1", value: "b" },
      { op: "remove", path: "/list/0" },
      { op: "replace", path: "/a~1b/c~0d", value: 2 },
      { op: "copy", from: "/list", path: "/copied" },
      { op: "move", from: "/a~1b", path: "/moved" },
      { op: "test", path: "/moved/c~0d", value: 2 },
    ];
    const patched = applyPatch({ list: ["a", "c"], "a/b": { "c~d": 1 } }, JSON.stringify(patch));
    expect(patched).to.deep.equal({ list: ["b", "c"], copied: ["b", "c"], moved: { "c~d": 2 } });
  });

  it("refuses what does not fit", () => {
    const misfits = [
      { op: "remove", path: "/missing" },
      { op: "replace", path: "/missing", value: 1 },
      { op: "add", path: "/list/5", value: 1 },
      { op: "test", path: "/list", value: [] },
      { op: "add", path: "list", value: 1 },
      { op: "replace", path: "", value: 1 },
      { op: "remove", path: "/toString" },
    ];
    for (const operation of misfits) {
      expect(() => applyPatch({ list: [1] }, JSON.stringify([operation])), JSON.stringify(operation))
        .to.throw(/^Invalid patch update/)
        .with.property("code", "ValidationException");
    }
    for (const text of ["", "{}", '[{"op":"jump","path":"/a"}]']) {
      expect(() => applyPatch({}, text), text)
        .to.throw()
        .with.property("code", "InvalidRequestException");
    }
  });
});

function difference(from: Record<string, unknown>, to: Record<string, unknown>): readonly object[] {
  const pointer = (key: string): string => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  return [
    ...Object.keys(from).flatMap((key) => (Object.hasOwn(to, key) ? [] : [{ op: "remove", path: pointer(key) }])),
    ...Object.entries(to).map(([key, value]) => ({
      op: Object.hasOwn(from, key) ? "replace" : "add",
      path: pointer(key),
      value,
    })),
  ];
}

/** A property named `__proto__` is no property of a model. */
function isPlain(value: Record<string, unknown>): boolean {
  return !Object.hasOwn(value, "__proto__");
}
