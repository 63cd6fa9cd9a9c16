import { type AliasListEntry, type KMSClient, paginateListAliases } from "@aws-sdk/client-kms";

/** KMS has no call that looks for an alias: upstream goes through the list of all. */
export async function findAlias(kms: KMSClient, name: string): Promise<AliasListEntry | undefined> {
  for await (const page of paginateListAliases({ client: kms }, {})) {
    const found = page.Aliases?.find(({ AliasName }) => AliasName === name);
    if (found) return found;
  }
  return undefined;
}
