import { type TypeSchema, typeSchemas } from "./schema.ts";

const byToken: ReadonlyMap<string, TypeSchema> = new Map(typeSchemas.map((type) => [type.token, type]));

/** Getters of modelled types: `aws-native:sso:getPermissionSet` reads what `aws-native:sso:PermissionSet` manages. */
const byGetter: ReadonlyMap<string, TypeSchema> = new Map(
  typeSchemas
    // A type whose identifier is all of its properties has nothing to get, and so no getter.
    .filter(({ primaryIdentifier, members }) => primaryIdentifier.length < Object.keys(members).length)
    .map((type) => [type.token.replace(/:([^:]+)$/, ":get$1"), type]),
);

/** @throws Error when the stand-in does not model the type */
export function modelledType(token: string): TypeSchema {
  const type = byToken.get(token);
  if (!type) throw new Error(refusal("resource type", token, byToken));
  return type;
}

/** Why a resource type is refused; `undefined` when it is modelled. */
export function refusalOf(token: string): string | undefined {
  return byToken.has(token) ? undefined : refusal("resource type", token, byToken);
}

/** @throws Error when the stand-in does not model the function */
export function typeOfGetter(token: string): TypeSchema {
  const type = byGetter.get(token);
  if (!type) throw new Error(refusal("function", token, byGetter));
  return type;
}

function refusal(what: string, token: string, modelled: ReadonlyMap<string, unknown>): string {
  return (
    `The stand-in for the aws-native plugin does not model the ${what} ${token} and refuses it: it models ` +
    `${[...modelled.keys()].join(", ")}; use the official plugin for others.`
  );
}
