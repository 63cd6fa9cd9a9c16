import { delimiter, join } from "node:path";

/** What a command needs to find of a running sandbox. */
export interface SandboxPlaces {
  readonly endpoint: string;
  readonly folder: string;
  readonly awsConfigFile: string;
  readonly awsCredentialsFile: string;
  readonly pulumiHome: string;
  readonly pulumiBackendUrl: string;
  /** Searched before the machine's own PATH, in this order. */
  readonly pathFirst: readonly string[];
}

/** Where `cli/main.mjs` keeps its compiled code, too; there it says why it lies in the checkout. */
const compileCache = join(import.meta.dirname, "..", "..", ".local", "compile-cache");

/** Protects nothing: the sandbox's stacks hold no secret. The engine insists on one. */
export const sandboxPassphrase = "sandbox";

/**
 * The environment of a command in the sandbox. Every AWS and Pulumi setting of the machine is left out, so nothing
 * started here can find credentials or an endpoint of real AWS.
 *
 * @throws Error when the endpoint is not on the loopback interface
 */
export function sandboxEnvironment(places: SandboxPlaces, outside: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (!isLoopback(places.endpoint)) {
    throw new Error(`The sandbox refuses the endpoint ${places.endpoint}: it is not on the loopback interface.`);
  }
  const kept = Object.entries(outside).filter(([name]) => !/^(AWS|PULUMI|BREAK_GLASS)_/i.test(name));
  return {
    ...Object.fromEntries(kept),
    PATH: [...places.pathFirst, outside["PATH"] ?? ""].join(delimiter),
    NO_PROXY: [outside["NO_PROXY"], "127.0.0.1", "localhost"].filter(Boolean).join(","),
    no_proxy: [outside["no_proxy"], "127.0.0.1", "localhost"].filter(Boolean).join(","),
    AWS_ENDPOINT_URL: places.endpoint,
    AWS_CONFIG_FILE: places.awsConfigFile,
    AWS_SHARED_CREDENTIALS_FILE: places.awsCredentialsFile,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
    PULUMI_HOME: places.pulumiHome,
    PULUMI_BACKEND_URL: places.pulumiBackendUrl,
    PULUMI_CONFIG_PASSPHRASE: sandboxPassphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    BREAK_GLASS_SANDBOX: places.folder,
    // One `pulumi up` starts Node five times and more, each time for a second of the same parsing and type stripping.
    NODE_COMPILE_CACHE: compileCache,
  };
}

function isLoopback(endpoint: string): boolean {
  const { protocol, hostname } = new URL(endpoint);
  return protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
}
