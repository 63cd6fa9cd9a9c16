import type { AlternateIdentifier, Filter } from "@aws-sdk/client-identitystore";
import { notImplemented } from "../../aws-fault.ts";
import { validationException } from "../json-refusals.ts";

/**
 * The value that an alternate identifier gives for the one attribute that names an entry.
 *
 * @param path `userName` or `displayName`; letter case does not matter, clients spell it both ways
 * @throws AwsFault ValidationException for another attribute, 501 for the identifiers of external identity providers
 */
export function uniqueAttribute(identifier: AlternateIdentifier, path: string): string {
  if (identifier.ExternalId !== undefined) throw notImplemented("AlternateIdentifier.ExternalId of identitystore");
  const { AttributePath, AttributeValue } = identifier.UniqueAttribute ?? {};
  if (AttributePath === undefined || typeof AttributeValue !== "string") {
    throw validationException(
      "An AlternateIdentifier is a UniqueAttribute with an AttributePath and a text as AttributeValue.",
    );
  }
  if (AttributePath.toLowerCase() !== path.toLowerCase()) throw unsupported(AttributePath);
  return AttributeValue;
}

/** AWS would rather have clients ask by alternate identifier; those of before still filter. */
interface Filtered {
  readonly Filters?: readonly Filter[] | undefined;
}

/**
 * The value that a list is filtered by, if it is: the store takes one filter, and only by equality.
 *
 * @throws AwsFault ValidationException for another attribute or more than one filter
 */
export function filterValue({ Filters }: Filtered, path: string): string | undefined {
  const [filter, ...others] = Filters ?? [];
  if (!filter) return undefined;
  const { AttributePath, AttributeValue } = filter;
  if (AttributePath === undefined || AttributeValue === undefined || others.length > 0) {
    throw validationException("Filters takes one filter with an AttributePath and an AttributeValue.");
  }
  if (AttributePath.toLowerCase() !== path.toLowerCase()) throw unsupported(AttributePath);
  return AttributeValue;
}

function unsupported(path: string): Error {
  return validationException(`The attribute path ${path} is not supported here.`);
}
