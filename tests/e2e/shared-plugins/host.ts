/**
 * The stand-in plugins of one sandbox, in one process: for each connection of launcher.mjs a provider of its own on a port
 * of its own, until the launcher has gone. Started by sandbox.ts with the sandbox's environment.
 *
 *     node host.ts SOCKET
 */
import { createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { z } from "zod";
import { awsProvider } from "../../../simulator/plugins/aws/provider.ts";
import { nativeProvider } from "../../../simulator/plugins/aws-native/provider.ts";
import { serveProvider } from "../../../simulator/plugins/protocol/serve.ts";

const providers = { aws: awsProvider, "aws-native": nativeProvider };

const wantedSchema = z.strictObject({
  plugin: z.enum(["aws", "aws-native"]),
  environment: z.record(z.string(), z.string()),
});

const [socketPath = ""] = process.argv.slice(2);
createServer((launcher) => {
  createInterface({ input: launcher }).once("line", (line) => {
    void serve(launcher, wantedSchema.parse(JSON.parse(line)));
  });
}).listen(socketPath, () => process.stdout.write("listening\n"));

// The test has ended, or was killed.
process.stdin.resume().once("end", () => process.exit(0));

async function serve(launcher: Socket, { plugin, environment }: z.infer<typeof wantedSchema>): Promise<void> {
  launcher.on("error", () => launcher.destroy());
  if (!isOwn(environment)) {
    launcher.write("\n");
    return;
  }
  const provider = providers[plugin]();
  const { server, port } = await serveProvider(provider);
  launcher.once("close", () => {
    provider.cancel();
    server.forceShutdown();
  });
  launcher.write(`${port}\n`);
}

/** Plugins find the endpoint, profiles and credentials in the variables whose names begin with AWS_, and read no others. */
function isOwn(environment: Readonly<Record<string, string>>): boolean {
  const own = Object.entries(process.env).filter(([name]) => name.startsWith("AWS_"));
  return own.length === Object.keys(environment).length && own.every(([name, value]) => environment[name] === value);
}
