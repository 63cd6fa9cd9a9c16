/** What AWS's service model demands of a member, beyond its type. Absent members are not looked at. */
export interface Constraint {
  /** Of a structure's member: it has to be there. Those of the input itself are known from the SDK. */
  readonly required?: true;
  /** The whole text has to match. */
  readonly pattern?: RegExp;
  readonly shortest?: number;
  readonly longest?: number;
  /** Of a list: how many items at least, and at most. */
  readonly fewest?: number;
  readonly mostItems?: number;
  readonly least?: number;
  readonly most?: number;
  readonly oneOf?: readonly string[];
  /** Of a structure, or of the structures in a list. */
  readonly members?: Constraints;
}

/** By the member's name. */
export type Constraints = Readonly<Record<string, Constraint>>;

/**
 * What an input breaks of its service's model: every member at fault, in AWS's words.
 *
 * @param place of the input inside the request, `filter.` for example
 * @returns `undefined` when nothing is broken
 */
export function brokenConstraints(input: object, constraints: Constraints, place: string): string | undefined {
  const errors = structureErrors(input, constraints, place);
  return errors.length === 0 ? undefined : counted(errors);
}

function structureErrors(structure: object, constraints: Constraints, place: string): readonly string[] {
  const present = new Map(Object.entries(structure).filter(([, value]) => value !== undefined));
  const missing = Object.keys(constraints).filter((member) => constraints[member]?.required && !present.has(member));
  return [
    ...missing.map((member) => failed("null", `${place}${nameOf(member)}`, "not be null")),
    ...[...present].flatMap(([member, value]) => memberErrors(`${place}${nameOf(member)}`, value, constraints[member])),
  ];
}

/** The same for required members that are not there. */
export function missingMembers(members: readonly string[]): string {
  return counted(members.map((member) => failed("null", nameOf(member), "not be null")));
}

function counted(errors: readonly string[]): string {
  return `${errors.length} validation error${errors.length > 1 ? "s" : ""} detected: ${errors.join("; ")}`;
}

function failed(value: string, name: string, rule: string): string {
  return `Value ${value} at '${name}' failed to satisfy constraint: Member must ${rule}`;
}

/** A member as AWS's messages spell it. */
function nameOf(member: string): string {
  return `${member.charAt(0).toLowerCase()}${member.slice(1)}`;
}

function memberErrors(name: string, value: unknown, constraint: Constraint | undefined): readonly string[] {
  if (!constraint) return [];
  const own = violations(value, constraint).map((rule) => failed(`'${shown(value)}'`, name, rule));
  return constraint.members ? [...own, ...nestedErrors(name, value, constraint.members)] : own;
}

function nestedErrors(name: string, value: unknown, members: Constraints): readonly string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => nestedErrors(`${name}.${index + 1}.member`, item, members));
  }
  return typeof value === "object" && value !== null ? structureErrors(value, members, `${name}.`) : [];
}

/** A list's own rule comes first; those of its items are the list's. */
function violations(value: unknown, constraint: Constraint): readonly string[] {
  if (typeof value === "string") return textViolations(value, constraint);
  if (typeof value === "number") return numberViolations(value, constraint);
  return Array.isArray(value) ? listViolations(value, constraint) : [];
}

function listViolations(list: readonly unknown[], constraint: Constraint): readonly string[] {
  const { fewest = 0, mostItems = Infinity } = constraint;
  if (list.length < fewest) return [`have length greater than or equal to ${fewest}`];
  if (list.length > mostItems) return [`have length less than or equal to ${mostItems}`];
  const ofItems = list.flatMap((item) => violations(item, constraint));
  const rules = [...new Set(ofItems)].map((rule) => `Member must ${rule}`);
  return rules.length === 0 ? [] : [`satisfy constraint: [${rules.join(", ")}]`];
}

function shown(value: unknown): string {
  return Array.isArray(value) ? `[${value.join(", ")}]` : String(value);
}

function textViolations(text: string, { pattern, shortest = 0, longest = Infinity, oneOf }: Constraint): string[] {
  return [
    ...(text.length < shortest ? [`have length greater than or equal to ${shortest}`] : []),
    ...(text.length > longest ? [`have length less than or equal to ${longest}`] : []),
    ...(pattern && !wholly(pattern).test(text) ? [`satisfy regular expression pattern: ${pattern.source}`] : []),
    ...(oneOf && !oneOf.includes(text) ? [`satisfy enum value set: [${oneOf.join(", ")}]`] : []),
  ];
}

function numberViolations(value: number, { least = -Infinity, most = Infinity }: Constraint): string[] {
  return [
    ...(value < least ? [`have value greater than or equal to ${least}`] : []),
    ...(value > most ? [`have value less than or equal to ${most}`] : []),
  ];
}

function wholly(pattern: RegExp): RegExp {
  return new RegExp(`^(?:${pattern.source})$`, pattern.flags);
}
