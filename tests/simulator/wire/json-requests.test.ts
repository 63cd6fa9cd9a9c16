import { expect } from "chai";
import { keyManagementService } from "../../../simulator/services/kms/index.ts";
import type { WireRequest } from "../../../simulator/wire/wire.ts";

const { protocol } = keyManagementService;

const request = (parts: Partial<WireRequest>): WireRequest => ({
  method: "POST",
  host: "127.0.0.1",
  port: 80,
  path: "/",
  query: new URLSearchParams(),
  headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": "TrentService.ListKeys" },
  body: Buffer.from("{}"),
  ...parts,
});

const refusal = (body: string | Uint8Array): Promise<unknown> => refusalOf({ body: Buffer.from(body) });

function refusalOf(parts: Partial<WireRequest>): Promise<unknown> {
  return protocol.decode(request(parts)).then(
    () => undefined,
    (reason: unknown) => reason,
  );
}

describe("requests in JSON", () => {
  it("are POSTed, and say that they are JSON", async () => {
    expect(await protocol.decode(request({}))).to.include({ operation: "ListKeys" });
    for (const method of ["GET", "PUT", "DELETE"]) {
      expect(await refusalOf({ method }), method).to.include({ code: "UnknownOperationException", status: 404 });
    }
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/cbor"]) {
      const headers = { "content-type": type, "x-amz-target": "TrentService.ListKeys" };
      expect(await refusalOf({ headers }), type).to.include({ code: "UnknownOperationException", status: 404 });
    }
  });

  it("take any path", async () => {
    expect(await protocol.decode(request({ path: "/anything" }))).to.include({ operation: "ListKeys" });
  });

  it("have whole numbers where the model has numbers", async () => {
    for (const number of ["1.5", "1e400"]) {
      expect(await refusal(`{"Limit":${number}}`), number).to.include({ code: "SerializationException" });
    }
    expect(await refusal('{"Limit":1e2}')).to.equal(undefined);
  });

  it("are UTF-8", async () => {
    const latin = Buffer.from('{"Marker":"é"}', "latin1");
    expect(await refusal(latin)).to.include({ code: "SerializationException" });
    expect(await refusal('{"Marker":"é"}')).to.equal(undefined);
  });
});
