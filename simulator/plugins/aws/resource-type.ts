import type { z } from "zod";
import { type PropertyBag, pick } from "../protocol/property-bag.ts";
import type { NameRule } from "../protocol/automatic-name.ts";
import type { AwsClients } from "./clients.ts";

/** One resource type of the `aws` plugin: its properties as data, its life as calls to AWS. */
export interface ResourceType extends ResourceProperties {
  /** Makes the resource; when this fails there is none. */
  readonly create: (inputs: PropertyBag, place: Place) => Promise<Created>;
  /** What has to come true after creation and before the first read. */
  readonly settle: (id: string, inputs: PropertyBag, place: Place) => Promise<void>;
  /** @returns what AWS says of the resource; `undefined` when it is gone */
  readonly read: (id: string, state: PropertyBag, place: Place) => Promise<PropertyBag | undefined>;
  readonly update: (id: string, change: Change<PropertyBag, PropertyBag>, place: Place) => Promise<void>;
  readonly delete: (id: string, state: PropertyBag, place: Place) => Promise<void>;
}

/** What is known of a type's properties without asking AWS. */
export interface ResourceProperties {
  /** `aws:s3/bucket:Bucket`. */
  readonly token: string;
  /** What a program can set, with defaults; `region` among them where the type is regional. */
  readonly inputs: z.ZodObject;
  /** Inputs whose change makes a new resource. */
  readonly replacedOn: readonly string[];
  /** Optional inputs that AWS fills in: a program that leaves them out asks for no change. */
  readonly computedInputs?: readonly string[];
  /** Inputs that only the state remembers, because AWS does not tell them. */
  readonly localInputs?: readonly string[];
  /** What only AWS tells. */
  readonly outputs: readonly string[];
  /** Inputs that hold a policy document. */
  readonly policies?: readonly string[];
  /** Inputs of which two texts can mean the same, and how one sees it. */
  readonly equivalents?: Readonly<Record<string, (left: string, right: string) => boolean>>;
  /** Inputs in which order does not count. */
  readonly sets?: readonly string[];
  readonly autoName?: AutoName;
  /** The resource's id for the one that an import gives, where they differ. */
  readonly idOfImport?: (id: string) => string;
  /** The plugin adds `tagsAll` to its inputs. */
  readonly taggable?: boolean;
  /**
   * Upstream is on the plugin framework, where a creation or update that fails leaves the state as it was. The older SDK
   * keeps what was asked for, together with the failure.
   */
  readonly onPluginFramework?: boolean;
  /** Upstream does not read after an update. */
  readonly notReadAfterUpdate?: boolean;
}

/** How the official plugin names what the program does not name. */
export interface AutoName extends NameRule {
  readonly property: string;
  /** The logical name itself, without random digits. */
  readonly plain?: boolean;
}

/** Where and with whose clients an operation happens. */
export interface Place {
  readonly clients: AwsClients;
  /** The account that the provider's credentials belong to. */
  readonly accountId: () => Promise<string>;
  /** The resource's Region: its own, else the provider's. */
  readonly region: string;
  readonly signal: AbortSignal;
}

export interface Created {
  readonly id: string;
  /** What AWS says of the new resource, where creating has read it already. */
  readonly attributes?: PropertyBag;
}

export interface Change<Old, New> {
  readonly old: Old;
  readonly new: New;
  readonly changed: ReadonlySet<string>;
}

/** A resource type whose operations see parsed inputs. `settle` and `update` are for those that need them. */
export interface Definition<Shape extends z.ZodRawShape> extends ResourceProperties {
  readonly inputs: z.ZodObject<Shape>;
  readonly create: (inputs: Inputs<Shape>, place: Place) => Promise<Created>;
  readonly settle?: (id: string, inputs: Inputs<Shape>, place: Place) => Promise<void>;
  readonly read: (id: string, state: Known<Shape>, place: Place) => Promise<PropertyBag | undefined>;
  readonly update?: (id: string, change: Change<Known<Shape>, Inputs<Shape>>, place: Place) => Promise<void>;
  readonly delete: (id: string, state: Known<Shape>, place: Place) => Promise<void>;
}

type Inputs<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>;
/** Inputs as a state has them: after a failure or an import some are missing. */
type Known<Shape extends z.ZodRawShape> = Partial<Inputs<Shape>>;

/** The resource type of a definition: parses at the edge what the engine sends. */
export function resourceType<Shape extends z.ZodRawShape>(definition: Definition<Shape>): ResourceType {
  const { inputs: schema, settle, update } = definition;
  const parse = (inputs: PropertyBag): Inputs<Shape> => schema.parse(inputsOnly(inputs));
  const inputsOnly = (bag: PropertyBag): PropertyBag => pick(bag, (name) => name in schema.shape);
  const known = (state: PropertyBag): Known<Shape> => schema.partial().parse(inputsOnly(state)) as Known<Shape>;
  return {
    ...definition,
    create: (inputs, place) => definition.create(parse(inputs), place),
    settle: (id, inputs, place) => settle?.(id, parse(inputs), place) ?? Promise.resolve(),
    read: (id, state, place) => definition.read(id, known(state), place),
    update: (id, change, place) =>
      update?.(id, { old: known(change.old), new: parse(change.new), changed: change.changed }, place) ??
      Promise.resolve(),
    delete: (id, state, place) => definition.delete(id, known(state), place),
  };
}
