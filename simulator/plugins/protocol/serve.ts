import { flushCompileCache } from "node:module";
import grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { exitWithEngine } from "./engine-link.ts";
import type { Provider } from "./provider.ts";
import { resourceProviderService } from "./service.ts";

/** The engine sends whole states in one message; Pulumi's own plugins lift gRPC's 4 MB limit to this. */
const maximumMessageBytes = 400 * 1024 * 1024;

/**
 * Runs this process as a provider plugin: listens on a free port of 127.0.0.1, tells the engine the port on standard
 * output, and serves until the engine ends it or is itself gone.
 *
 * @throws when no port can be opened
 */
export async function servePlugin(provider: Provider): Promise<void> {
  const { port } = await serveProvider(provider);
  exitWithEngine();
  process.stdout.write(`${port}\n`);
  // Node writes what NODE_COMPILE_CACHE asks for when it ends by itself; a plugin is killed.
  flushCompileCache();
}

/** Serves a provider on a free port of 127.0.0.1 until the server is shut down. */
export async function serveProvider(
  provider: Provider,
): Promise<{ readonly server: grpc.Server; readonly port: number }> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": maximumMessageBytes });
  server.addService(services.ResourceProviderService, resourceProviderService(provider));
  return { server, port: await listen(server) };
}

function listen(server: grpc.Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
}
