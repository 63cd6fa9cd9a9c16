import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import {
  CloudControlClient,
  CreateResourceCommand,
  DeleteResourceCommand,
  GetResourceCommand,
  GetResourceRequestStatusCommand,
  type ProgressEvent,
  UpdateResourceCommand,
} from "@aws-sdk/client-cloudcontrol";
import { decodeJson, type PropertyBag } from "../protocol/property-bag.ts";
import { failedWith } from "../session/aws-call-failed.ts";
import { sandboxed, type Session } from "../session/session.ts";
import type { PatchOperation } from "./patch.ts";

/** Between two looks at a request that is under way; the official plugin starts at about a second and backs off. */
const lookEveryMilliseconds = 30;

/**
 * Cloud Control as the official plugin speaks it: each write is a request that is then followed to its end
 * (docs/aws-behaviour.md, section 10). Properties are in CloudFormation's terms.
 */
export class CloudControl {
  readonly #client: CloudControlClient;
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
    this.#client = sandboxed(new CloudControlClient(session.clientConfiguration("cloudcontrol")));
  }

  /** @returns the identifier of the new resource; @throws {@link RequestFailed} */
  async create(typeName: string, desired: PropertyBag): Promise<string> {
    const DesiredState = JSON.stringify(desired);
    const done = await this.#finish("CREATE", async () => {
      const command = new CreateResourceCommand({ ClientToken: randomUUID(), TypeName: typeName, DesiredState });
      return (await this.#client.send(command)).ProgressEvent;
    });
    return done.Identifier ?? "";
  }

  /** @throws {@link RequestFailed} */
  async update(typeName: string, identifier: string, patch: readonly PatchOperation[]): Promise<void> {
    const PatchDocument = JSON.stringify(patch);
    await this.#finish("UPDATE", async () => {
      const command = new UpdateResourceCommand({
        ClientToken: randomUUID(),
        TypeName: typeName,
        Identifier: identifier,
        PatchDocument,
      });
      return (await this.#client.send(command)).ProgressEvent;
    });
  }

  /** A resource that turns out to be gone while it is deleted counts as deleted; one that is unknown at once does not. */
  async delete(typeName: string, identifier: string): Promise<void> {
    try {
      await this.#finish("DELETE", async () => {
        const command = new DeleteResourceCommand({
          ClientToken: randomUUID(),
          TypeName: typeName,
          Identifier: identifier,
        });
        return (await this.#client.send(command)).ProgressEvent;
      });
    } catch (error) {
      if (error instanceof RequestFailed && error.code === "NotFound") return;
      throw error;
    }
  }

  /** @returns `undefined` when there is no such resource */
  async get(typeName: string, identifier: string): Promise<PropertyBag | undefined> {
    try {
      const command = new GetResourceCommand({ TypeName: typeName, Identifier: identifier });
      return decodeJson((await this.#client.send(command)).ResourceDescription?.Properties ?? "{}");
    } catch (error) {
      if (failedWith(error, "ResourceNotFoundException")) return undefined;
      throw error;
    }
  }

  /** Starts a request and follows it; one that ends in throttling is started anew. */
  async #finish(operation: string, start: () => Promise<ProgressEvent | undefined>): Promise<ProgressEvent> {
    for (let retries = 0; ; retries++) {
      const ended = await this.#follow(await start());
      if (ended.OperationStatus === "SUCCESS") return ended;
      const failure = new RequestFailed(operation, ended);
      if (failure.code !== "Throttling" || retries >= this.#session.settings.maximumRetries) throw failure;
      await this.#pause();
    }
  }

  async #follow(event: ProgressEvent | undefined): Promise<ProgressEvent> {
    let latest = event ?? {};
    while (latest.OperationStatus !== undefined && !finalStatuses.has(latest.OperationStatus)) {
      await this.#pause();
      const command = new GetResourceRequestStatusCommand({ RequestToken: latest.RequestToken });
      latest = (await this.#client.send(command)).ProgressEvent ?? {};
    }
    return latest;
  }

  #pause(): Promise<void> {
    return pause(lookEveryMilliseconds, undefined, { signal: this.#session.signal });
  }
}

const finalStatuses: ReadonlySet<string> = new Set(["SUCCESS", "FAILED", "CANCEL_COMPLETE"]);

/** A request that Cloud Control accepted and that then failed. */
export class RequestFailed extends Error {
  override readonly name = "RequestFailed";
  /** Cloud Control's handler error code, for example `AlreadyExists`. */
  readonly code: string;
  /** The resource, where one exists despite the failure. */
  readonly identifier: string | undefined;

  constructor(operation: string, { ErrorCode = "InternalFailure", StatusMessage = "", Identifier }: ProgressEvent) {
    super(`operation ${operation} failed with "${ErrorCode}": ${StatusMessage}`);
    this.code = ErrorCode;
    this.identifier = Identifier;
  }
}
