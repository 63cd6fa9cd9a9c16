import { checkConstraints } from "../json-refusals.ts";
import { invalidPattern, tooLong, tooShort } from "./faults.ts";

const account = "[0-9]{12}";
const unit = "ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}";
const root = "r-[0-9a-z]{4,32}";
const policy = "p-[0-9a-zA-Z_]{8,128}";

/** Members of the same name obey the same rules in every operation of Organizations; the patterns are AWS's own. */
const patterns: Readonly<Record<string, RegExp>> = {
  AccountId: whole(account),
  ChildId: whole(account, unit),
  OrganizationalUnitId: whole(unit),
  ParentId: whole(root, unit),
  PolicyId: whole(policy),
  ResourceId: whole(account, unit, root, policy),
  RootId: whole(root),
  ServicePrincipal: /^[\w+=,.@-]*$/,
  TargetId: whole(account, unit, root),
};

const longest: Readonly<Record<string, number>> = { Name: 128, Description: 512, ServicePrincipal: 128 };
const notEmpty: ReadonlySet<string> = new Set(["Name", "Content", "ServicePrincipal"]);

function whole(...alternatives: readonly string[]): RegExp {
  return new RegExp(`^(?:${alternatives.join("|")})$`);
}

/**
 * @throws AwsFault InvalidInputException with the reason that AWS has for it; ValidationException where a tag lacks a part
 */
export function checkMembers(input: object): void {
  checkConstraints(input, { Tags: { members: { Key: { required: true }, Value: { required: true } } } });
  for (const [member, value] of Object.entries(input)) if (typeof value === "string") checkMember(member, value);
}

function checkMember(member: string, value: string): void {
  if (value === "" && notEmpty.has(member)) throw tooShort();
  if (value.length > (longest[member] ?? Infinity)) throw tooLong();
  if (patterns[member]?.test(value) === false) throw invalidPattern();
}
