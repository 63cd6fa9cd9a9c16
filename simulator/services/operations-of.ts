import type { AnyOperation, Decoded, Encoded, Operation } from "./service.ts";

/**
 * A service's operations: each constant that its `operations.ts` exports, `getCallerIdentity` as GetCallerIdentity. One
 * that the SDK's client module has no command for does not compile, nor does one with another command's members.
 *
 * @example operationsOf(sts, operations)
 */
export function operationsOf<ClientModule, Exports extends Readonly<Record<string, AnyOperation>>>(
  _client: ClientModule,
  exports: Exports & OperationsNamed<keyof Exports, ClientModule>,
): Readonly<Record<string, AnyOperation>> {
  const operations: readonly (readonly [string, AnyOperation])[] = Object.entries<AnyOperation>(exports);
  return Object.fromEntries(operations.map(([name, operation]) => [capitalized(name), operation]));
}

function capitalized(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

/** What constants of these names have to be. */
type OperationsNamed<Name extends PropertyKey, ClientModule> = {
  readonly [Key in Name]: Key extends string ? OperationOf<ClientModule, Capitalize<Key>> : never;
};

type OperationOf<ClientModule, Name extends string> = `${Name}Command` extends keyof ClientModule
  ? Operation<Decoded<InputOf<ClientModule, Name>>, Encoded<OutputOf<ClientModule, Name>>>
  : never;

type InputOf<ClientModule, Name extends string> =
  CommandOf<ClientModule, Name> extends { readonly input: infer Input } ? Input : never;

type OutputOf<ClientModule, Name extends string> =
  CommandOf<ClientModule, Name> extends {
    resolveMiddleware(...rest: never[]): (...rest: never[]) => Promise<infer Result>;
  }
    ? Result extends { output: infer Output }
      ? Omit<Output & object, "$metadata">
      : never
    : never;

type CommandOf<ClientModule, Name extends string> = `${Name}Command` extends keyof ClientModule
  ? ClientModule[`${Name}Command`] extends abstract new (...rest: never[]) => infer Command
    ? Command
    : never
  : never;
