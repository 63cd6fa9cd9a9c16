import type { ClientSettings } from "../../simulator/clients.ts";

/** A server under measurement. */
export interface BenchServer {
  readonly port: number;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/** One that speaks AWS. */
export interface AwsServer extends BenchServer {
  /** How to speak to it as the administrator of the management account, or of an ordinary member. */
  readonly settings: (account: "management" | "orders") => ClientSettings;
}
