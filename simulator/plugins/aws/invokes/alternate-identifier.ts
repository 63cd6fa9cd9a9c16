import type { AlternateIdentifier, ExternalId } from "@aws-sdk/client-identitystore";
import { z } from "zod";
import type { PropertyBag } from "../../protocol/property-bag.ts";

/** How a user or group is named other than by its id: by exactly one of an external id and a unique attribute. */
export const alternateIdentifier = z
  .strictObject({
    externalId: z.strictObject({ id: z.string(), issuer: z.string() }).optional(),
    uniqueAttribute: z.strictObject({ attributePath: z.string(), attributeValue: z.string() }).optional(),
  })
  .refine(({ externalId, uniqueAttribute }) => (externalId === undefined) !== (uniqueAttribute === undefined), {
    message: "exactly one of externalId and uniqueAttribute has to be given",
  });

/** The argument that names a user or a group by its id. */
export const identityId = z.string().regex(/^([0-9a-f]{10}-|)[A-Fa-f0-9]{8}(-[A-Fa-f0-9]{4}){3}-[A-Fa-f0-9]{12}$/);

/** The argument as it comes back in the result; nothing where the id was given. */
export function identifierProperties(given: z.output<typeof alternateIdentifier> | undefined): PropertyBag {
  if (given?.externalId) return { alternateIdentifier: { externalId: given.externalId } };
  return given?.uniqueAttribute ? { alternateIdentifier: { uniqueAttribute: given.uniqueAttribute } } : {};
}

/**
 * The id of a user or group: what the identity store has under the alternate identifier, or else the id that was given.
 *
 * @param argument that gives the id, for the error: `userId` or `groupId`
 * @param lookUp GetUserId or GetGroupId
 */
export async function identityIdOf(
  argument: string,
  given: { readonly id: string | undefined; readonly alternate: z.output<typeof alternateIdentifier> | undefined },
  lookUp: (identifier: AlternateIdentifier) => Promise<string | undefined>,
): Promise<string> {
  if (given.alternate) return (await lookUp(toAlternateIdentifier(given.alternate))) ?? "";
  if (given.id) return given.id;
  throw new Error(`one of ${argument} and alternateIdentifier has to be given`);
}

function toAlternateIdentifier(given: z.output<typeof alternateIdentifier>): AlternateIdentifier {
  const { externalId, uniqueAttribute } = given;
  if (externalId) return { ExternalId: { Id: externalId.id, Issuer: externalId.issuer } };
  return {
    UniqueAttribute: {
      AttributePath: uniqueAttribute?.attributePath,
      AttributeValue: uniqueAttribute?.attributeValue,
    },
  };
}

export function externalIds(ids: readonly ExternalId[] = []): PropertyBag[] {
  return ids.map(({ Id = "", Issuer = "" }) => ({ id: Id, issuer: Issuer }));
}
