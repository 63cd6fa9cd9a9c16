import type { PropertyBag } from "./property-bag.ts";

/** What a plugin does, free of gRPC: the server turns the engine's messages into these calls. */
export interface Provider {
  /** The version of the official plugin it stands in for. */
  readonly version: string;
  /** Judges the provider's settings; sends at most STS GetCallerIdentity. */
  readonly checkSettings: (settings: PropertyBag) => Promise<readonly CheckFailure[]>;
  readonly configure: (settings: PropertyBag) => Promise<void>;
  readonly invoke: (token: string, args: PropertyBag) => Promise<PropertyBag>;
  readonly check: (request: CheckRequest) => CheckResult;
  readonly diff: (request: DiffRequest) => Difference;
  readonly create: (request: CreateRequest) => Promise<CreatedResource>;
  /** `undefined`: the resource is gone. */
  readonly read: (request: ReadRequest) => Promise<ReadResource | undefined>;
  readonly update: (request: UpdateRequest) => Promise<PropertyBag>;
  readonly delete: (request: DeleteRequest) => Promise<void>;
  /** The engine was interrupted: whatever waits gives up. */
  readonly cancel: () => void;
}

/** `property` is empty where the failure concerns no single property. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

export interface CheckRequest {
  readonly type: string;
  /** The resource's logical name. */
  readonly name: string;
  /** Inputs of the resource's last deployment; empty for a new one. */
  readonly oldInputs: PropertyBag;
  readonly newInputs: PropertyBag;
  /** Makes automatic names come out the same in a preview and in the update that follows it. */
  readonly randomSeed: Uint8Array;
  readonly autonaming: Autonaming | undefined;
}

/** `pulumi:autonaming` of the stack's configuration, as the engine has worked it out for this resource. */
export type Autonaming =
  | { readonly mode: "propose"; readonly name: string }
  | { readonly mode: "enforce"; readonly name: string }
  | { readonly mode: "disable" };

export interface CheckResult {
  readonly inputs: PropertyBag;
  readonly failures: readonly CheckFailure[];
}

export interface DiffRequest {
  readonly type: string;
  readonly oldInputs: PropertyBag;
  readonly oldState: PropertyBag;
  readonly newInputs: PropertyBag;
  readonly ignoreChanges: readonly string[];
}

export interface Difference {
  readonly changes: readonly PropertyChange[];
  /** Properties that cannot change during an update. */
  readonly stable: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

export interface PropertyChange {
  readonly property: string;
  readonly kind: "add" | "delete" | "update";
  /** The change cannot be made in place. */
  readonly replaces: boolean;
  /** The change is between old and new inputs; otherwise between the state and the new inputs. */
  readonly betweenInputs: boolean;
}

export interface CreateRequest {
  readonly type: string;
  readonly name: string;
  readonly inputs: PropertyBag;
  readonly preview: boolean;
}

export interface CreatedResource {
  readonly id: string;
  readonly state: PropertyBag;
}

export interface ReadRequest {
  readonly type: string;
  readonly id: string;
  /** Empty on an import. */
  readonly inputs: PropertyBag;
  /** Empty on an import. */
  readonly state: PropertyBag;
}

export interface ReadResource {
  readonly id: string;
  readonly inputs: PropertyBag;
  readonly state: PropertyBag;
}

export interface UpdateRequest {
  readonly type: string;
  readonly id: string;
  readonly oldInputs: PropertyBag;
  readonly oldState: PropertyBag;
  readonly newInputs: PropertyBag;
  readonly preview: boolean;
}

export interface DeleteRequest {
  readonly type: string;
  readonly id: string;
  readonly state: PropertyBag;
}

/** The resource exists, but something after its creation or update failed: the engine saves it together with the reasons. */
export class PartiallyDone extends Error {
  override readonly name = "PartiallyDone";
  readonly id: string;
  readonly state: PropertyBag;
  readonly inputs: PropertyBag;

  constructor(reason: string, resource: ReadResource) {
    super(reason);
    this.id = resource.id;
    this.state = resource.state;
    this.inputs = resource.inputs;
  }
}
