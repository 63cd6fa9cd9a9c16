import type { AlternateIdentifier, IdentitystoreClient } from "@aws-sdk/client-identitystore";
import { z } from "zod";
import type { PropertyBag } from "../../protocol/property-bag.ts";
import type { AwsConnection } from "../clients.ts";
import { describing } from "../describing.ts";
import { alternateIdentifier, identifierProperties, identityIdOf } from "./alternate-identifier.ts";

/** The arguments that the data sources of users and groups share; each has one more, for the id. */
export const identityArguments = {
  identityStoreId: z.string(),
  alternateIdentifier: alternateIdentifier.optional(),
  region: z.string().optional(),
};

interface Given {
  readonly id: string | undefined;
  readonly identityStoreId: string;
  readonly alternateIdentifier?: z.output<typeof alternateIdentifier> | undefined;
  readonly region?: string | undefined;
}

/** What sets users and groups apart: the operations that find and describe them. */
interface IdentityOperations {
  readonly find: (
    store: IdentitystoreClient,
    input: { readonly IdentityStoreId: string; readonly AlternateIdentifier: AlternateIdentifier },
  ) => Promise<string | undefined>;
  /** Gives the properties of its own. */
  readonly describe: (store: IdentitystoreClient, identityStoreId: string, id: string) => Promise<PropertyBag>;
}

/** Reads a user or group of the identity store, by id or alternate identifier. */
export function readIdentity(
  kind: "User" | "Group",
  given: Given,
  { session, clients }: AwsConnection,
  { find, describe }: IdentityOperations,
): Promise<PropertyBag> {
  const { identityStoreId, alternateIdentifier: alternate, region = session.region } = given;
  const store = clients.identityStore(region);
  const argument = `${kind.toLowerCase()}Id`;
  return describing(`reading IdentityStore ${kind} (${given.id ?? identityStoreId})`, async () => {
    const id = await identityIdOf(argument, { id: given.id, alternate }, (AlternateIdentifier) =>
      find(store, { IdentityStoreId: identityStoreId, AlternateIdentifier }),
    );
    const own = await describe(store, identityStoreId, id);
    return { id, [argument]: id, identityStoreId, region, ...identifierProperties(alternate), ...own };
  });
}
