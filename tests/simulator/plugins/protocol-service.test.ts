import grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import status from "@pulumi/pulumi/proto/status_pb.js";
import { expect } from "chai";
import { Struct } from "../../../simulator/plugins/protocol/google-protobuf.ts";
import { PartiallyDone, type Provider } from "../../../simulator/plugins/protocol/provider.ts";
import { resourceProviderService } from "../../../simulator/plugins/protocol/service.ts";

/** Answers what the tests below ask and refuses everything else. */
function provider(calls: Partial<Provider>): Provider {
  const refuse = (): never => {
    throw new Error("not part of this test");
  };
  return {
    version: "1.0.0",
    checkSettings: refuse,
    configure: refuse,
    invoke: refuse,
    check: refuse,
    diff: refuse,
    create: refuse,
    read: refuse,
    update: refuse,
    delete: refuse,
    cancel: refuse,
    ...calls,
  };
}

describe("the provider protocol", () => {
  const closing: (() => void)[] = [];

  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });

  const connect = async (calls: Partial<Provider>): Promise<InstanceType<typeof services.ResourceProviderClient>> => {
    const server = new grpc.Server();
    server.addService(services.ResourceProviderService, resourceProviderService(provider(calls)));
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
        if (error) reject(error);
        else resolve(bound);
      });
    });
    const client = new services.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    closing.push(() => {
      client.close();
      server.forceShutdown();
    });
    return client;
  };

  it("hands the engine a partially done resource together with the reason", async () => {
    const client = await connect({
      create: () =>
        Promise.reject(
          new PartiallyDone("read-back denied", { id: "b", inputs: { policy: "p" }, state: { policy: "p" } }),
        ),
    });
    const error = await new Promise<grpc.ServiceError | null>((resolve) => {
      client.create(new messages.CreateRequest(), resolve);
    });
    expect(error?.details).to.equal("read-back denied");
    const [packed] = error?.metadata.get("grpc-status-details-bin") ?? [];
    expect(packed).to.be.instanceOf(Buffer);
    const [detail] = status.Status.deserializeBinary(Uint8Array.from(packed as Buffer)).getDetailsList();
    expect(detail?.getTypeName()).to.equal("pulumirpc.ErrorResourceInitFailed");
    const failed = messages.ErrorResourceInitFailed.deserializeBinary(detail?.getValue_asU8() ?? new Uint8Array());
    expect([failed.getId(), failed.getReasonsList(), failed.getProperties()?.toJavaScript()]).to.deep.equal([
      "b",
      ["read-back denied"],
      { policy: "p" },
    ]);
  });

  it("says that a resource is gone by leaving out its id", async () => {
    const client = await connect({ read: () => Promise.resolve(undefined) });
    const id = await new Promise<string>((resolve, reject) => {
      client.read(new messages.ReadRequest().setId("b"), (error, response) => {
        if (error) reject(error);
        else resolve(response.getId());
      });
    });
    expect(id).to.equal("");
  });

  it("gives provider settings back with their secret marks", async () => {
    const marked = {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      value: "s3cret",
    };
    const seen: unknown[] = [];
    const client = await connect({
      checkSettings: (settings) => {
        seen.push(settings);
        return Promise.resolve([]);
      },
    });
    const request = new messages.CheckRequest().setNews(Struct.fromJavaScript({ secretKey: marked }));
    const answered = await new Promise<unknown>((resolve, reject) => {
      client.checkConfig(request, (error, response) => {
        if (error) reject(error);
        else resolve(response.getInputs()?.toJavaScript());
      });
    });
    expect(answered).to.deep.equal({ secretKey: marked });
    expect(seen).to.deep.equal([{ secretKey: "s3cret" }]);
  });

  it("answers what it does not offer with UNIMPLEMENTED", async () => {
    const client = await connect({});
    const code = await new Promise<number | undefined>((resolve) => {
      client.getSchema(new messages.GetSchemaRequest(), (error) => {
        resolve(error?.code);
      });
    });
    expect(code).to.equal(grpc.status.UNIMPLEMENTED);
  });
});
