import { expect } from "chai";
import { packedManifest } from "../../toolchain/package/packed-manifest.ts";

const checkout = {
  name: "kit",
  version: "1.2.3",
  description: "A kit",
  license: "Apache-2.0",
  dependencies: { zod: "4.0.0", "@scope/client": "3.1.0", "@pulumi/pulumi": "3.2.0", unused: "1.0.0" },
};

describe("the package.json of the packed library", () => {
  it("depends on what the compiled code and its declarations import, and on nothing else", () => {
    const codes = ['import { z } from "zod";', 'export type { A } from "@scope/client/deep.js"; import "./own.js";'];
    const { dependencies, peerDependencies } = packedManifest(checkout, [...codes, 'await import("node:fs"); "#iam";']);
    expect(dependencies).to.deep.equal({ "@scope/client": "3.1.0", zod: "4.0.0" });
    expect(peerDependencies).to.deep.equal({});
  });

  it("asks for Pulumi's packages as peers, so that a program and the library share one copy", () => {
    const { dependencies, peerDependencies } = packedManifest(checkout, ['import("@pulumi/pulumi/x.js")']);
    expect(dependencies).to.deep.equal({});
    expect(peerDependencies).to.deep.equal({ "@pulumi/pulumi": "^3.2.0" });
  });

  it("is not made for an import that nothing declares", () => {
    expect(() => packedManifest(checkout, ['import "left-pad";'])).to.throw("left-pad is imported");
  });
});
