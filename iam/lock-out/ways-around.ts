import type { Condition, Principals, Statement } from "../policy-document.ts";
import type { Administrator } from "./administrator.ts";

/**
 * What would let somebody around a statement that denies, as far as nobody knows whether it is so: another value of one
 * condition key, or being among those whom it spares.
 *
 * @param stillDenies whether the statement denies in a request with this context
 */
export function waysAround(
  statement: Statement | undefined,
  { context, isSure }: Administrator,
  stillDenies: (context: Administrator["context"]) => boolean,
): readonly string[] {
  if (!statement) return [];
  const { conditions, notPrincipals } = statement;
  const openKeys = [...new Set(conditions.map(({ key }) => key))].filter((key) => !isSure(key));
  const byCondition = openKeys.flatMap((key) => {
    const others = withoutKey(context, key);
    const values = conditions.filter((condition) => condition.key === key).flatMap(namedValues);
    const helping = [...new Set(values)].filter(({ length }) => length > 0);
    const telling = helping.filter((value) => !stillDenies({ ...others, [key]: sampleOf(value) }));
    return [
      ...(telling.length === 0 ? [] : [`${key} is ${telling.map((value) => `"${value}"`).join(" or ")}`]),
      ...(everyRequestHas.has(key.toLowerCase()) || stillDenies(others) ? [] : [`the request has no ${key}`]),
    ];
  });
  return [...byCondition, ...sparing(notPrincipals)];
}

/**
 * Keys that AWS gives to every signed request: that one has none is no way in.
 * Source: IAM User Guide, "AWS global condition context keys".
 */
const everyRequestHas: ReadonlySet<string> = new Set(["aws:principalarn", "aws:principaltype", "aws:userid"]);

function withoutKey(context: Administrator["context"], key: string): Administrator["context"] {
  return Object.fromEntries(Object.entries(context).filter(([name]) => name.toLowerCase() !== key.toLowerCase()));
}

/** `Null` names no value: any will do. */
function namedValues({ operator, values }: Condition): readonly string[] {
  return operator === "Null" ? ["*"] : values;
}

/** A value that a policy's value matches: the address of a range, a text without wildcards. */
function sampleOf(value: string): string {
  const [, address] = /^([0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)\/\d+$/.exec(value) ?? [];
  return address ?? value.replaceAll(/[*?]/g, "x");
}

function sparing(notPrincipals: Principals | undefined): readonly string[] {
  if (notPrincipals === undefined || notPrincipals === "*") return [];
  const names = Object.values(notPrincipals).flat();
  return [`the caller is spared as ${names.join(" or ")}`];
}
