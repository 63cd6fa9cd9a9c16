import { expect } from "chai";
import { isNameOf } from "../../cli/credentials/typed-account.ts";

describe("an account that is typed", () => {
  const orders = { id: "333333333333", name: "Orders" };

  it("is meant by its id and by its name, whole and in its own letter case", () => {
    for (const typed of ["333333333333", " 333333333333 ", "Orders"])
      expect(isNameOf(orders, typed), typed).to.equal(true);
    for (const typed of ["", " ", "33333333333", "orders", "y", "yes"])
      expect(isNameOf(orders, typed), typed).to.equal(false);
  });

  it("without a known name is meant by its id only", () => {
    expect(isNameOf({ id: "333333333333" }, "333333333333")).to.equal(true);
    expect(isNameOf({ id: "333333333333" }, "undefined")).to.equal(false);
    expect(isNameOf({ id: "333333333333", name: "" }, "")).to.equal(false);
  });
});
