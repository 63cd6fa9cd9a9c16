import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import { expect } from "chai";
import { installPlugins } from "../../../simulator/plugins/install.ts";
import { Empty, Struct } from "../../../simulator/plugins/protocol/google-protobuf.ts";

const environment = { PATH: process.env["PATH"], AWS_ENDPOINT_URL: "https://sts.us-east-1.amazonaws.com" };

describe("an installed plugin", () => {
  let home: string;
  const children: ChildProcess[] = [];

  before(async () => {
    home = await mkdtemp(join(tmpdir(), "break glass '"));
    await installPlugins(home, process.execPath);
  });

  after(async () => {
    for (const child of children) child.kill("SIGKILL");
    await rm(home, { recursive: true });
  });

  const executable = (name: string, version: string): string =>
    join(home, "plugins", `resource-${name}-v${version}`, `pulumi-resource-${name}`);

  const start = async (command: string, args: readonly string[] = []): Promise<string> => {
    const child = spawn(command, args, { env: environment, stdio: ["ignore", "pipe", "inherit"] });
    children.push(child);
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    return line;
  };

  for (const [name, version] of [
    ["aws", "7.48.0"],
    ["aws-native", "1.79.0"],
  ] as const) {
    it(`is ${name} ${version}, and says its port and version`, async () => {
      expect((await stat(executable(name, version))).mode & 0o111).to.equal(0o111);
      const port = await start(executable(name, version), ["127.0.0.1:1"]);
      const client = new services.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
      const info = await new Promise<string>((resolve, reject) => {
        client.getPluginInfo(new Empty(), (error, response) => {
          if (error) reject(error);
          else resolve(response.getVersion());
        });
      });
      client.close();
      expect(info).to.equal(version);
    });

    it(`of ${name} does not work against AWS`, async () => {
      const port = await start(executable(name, version));
      const client = new services.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
      const request = new messages.CheckRequest()
        .setUrn("urn:pulumi:dev::p::pulumi:providers:aws::default")
        .setNews(Struct.fromJavaScript({ region: "us-east-1", accessKey: "AKIAEXAMPLE", secretKey: "example" }));
      const failures = await new Promise<string[]>((resolve, reject) => {
        client.checkConfig(request, (error, response) => {
          if (error) reject(error);
          else resolve(response.getFailuresList().map((failure) => failure.getReason()));
        });
      });
      client.close();
      expect(failures).to.have.length(1);
      expect(failures[0]).to.match(/works only with a sandbox on this machine .* AWS_ENDPOINT_URL is https:\/\/sts/);
    });
  }

  it("ends when the engine is gone", async () => {
    // A shell in the engine's place: it starts the plugin, says which process that is, and is killed.
    const script = `"$0" & echo "plugin $!"; wait`;
    const engine = spawn("/bin/sh", ["-c", script, executable("aws-native", "1.79.0")], {
      env: environment,
      stdio: ["ignore", "pipe", "inherit"],
    });
    children.push(engine);
    const lines = createInterface(engine.stdout);
    const said: string[] = [];
    for await (const line of lines) if (said.push(line) === 2) break;
    const plugin = Number(said.find((line) => line.startsWith("plugin "))?.slice("plugin ".length));
    expect(isRunning(plugin)).to.equal(true);
    engine.kill("SIGKILL");
    await gone(plugin);
  });
});

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

/** Resolves when the process has ended; the test's own time limit is the deadline. */
async function gone(processId: number): Promise<void> {
  while (isRunning(processId)) await new Promise((resolve) => setTimeout(resolve, 50));
}
