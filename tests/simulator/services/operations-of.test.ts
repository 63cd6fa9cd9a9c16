import * as sts from "@aws-sdk/client-sts";
import { expect } from "chai";
import { operationsOf } from "../../../simulator/services/operations-of.ts";
import { services } from "../../../simulator/services/registry.ts";
import type { Operation } from "../../../simulator/services/service.ts";

const getAccessKeyInfo: Operation<sts.GetAccessKeyInfoRequest, sts.GetAccessKeyInfoResponse> = {
  perform: () => ({ Account: "111122223333" }),
};

describe("operations of a service", () => {
  it("are the constants that its files export, under AWS's names", () => {
    expect(operationsOf(sts, { getAccessKeyInfo })).to.deep.equal({ GetAccessKeyInfo: getAccessKeyInfo });
  });

  it("do not compile under a name that the client module does not have, or another operation's", () => {
    // @ts-expect-error STS has no such command.
    operationsOf(sts, { getAccessKeyInformation: getAccessKeyInfo });
    // @ts-expect-error AssumeRoot answers otherwise.
    operationsOf(sts, { assumeRoot: getAccessKeyInfo });
  });

  it("are known to the SDK's model of the service, each of them", () => {
    for (const { name, operations, model } of services) {
      expect(Object.keys(operations), name).to.not.be.empty;
      expect(
        Object.keys(operations).filter((operation) => !model.operations.has(operation)),
        name,
      ).to.deep.equal([]);
    }
  });
});
