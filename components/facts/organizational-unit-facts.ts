import { getOrganizationalUnits } from "@pulumi/aws/organizations/index.js";
import { asking } from "./asking.ts";
import { comparable } from "../configuration/configuration-values.ts";

/** A configured organizational unit: its id, or where its path ends and what there is in its place. */
export type OrganizationalUnitFact =
  | { readonly reference: string; readonly id: string }
  | { readonly reference: string; readonly missing: string; readonly below: string; readonly there: readonly string[] };

/** The organization's root, which is above every organizational unit. */
export interface OrganizationRoot {
  readonly id: string;
  readonly name: string;
}

/**
 * Finds organizational units by path (`Workloads/Production`, with or without the root's name before it) or by id; one with a slash in
 * its name by id alone.
 *
 * @throws RunError when the provider may not list them
 */
export async function findOrganizationalUnits(
  references: readonly string[],
  root: OrganizationRoot,
): Promise<readonly OrganizationalUnitFact[]> {
  const units = unitsByParent();
  return Promise.all(
    [...new Set(references)].map((reference) =>
      isId.test(reference) ? findId(reference, units) : findPath(reference, root, units),
    ),
  );
}

interface Unit {
  readonly id: string;
  readonly name: string;
}

/** The units below a parent, or `undefined` where there is no such parent. */
type UnitsBelow = (parentId: string) => Promise<readonly Unit[] | undefined>;

const isId = /^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/;

async function findId(reference: string, below: UnitsBelow): Promise<OrganizationalUnitFact> {
  if ((await below(reference)) !== undefined) return { reference, id: reference };
  return { reference, missing: reference, below: "", there: [] };
}

async function findPath(reference: string, root: OrganizationRoot, below: UnitsBelow): Promise<OrganizationalUnitFact> {
  const [first, ...rest] = reference
    .split("/")
    .map(comparable)
    .filter((name) => name !== "");
  const names = first === comparable(root.name) ? rest : [first ?? "", ...rest];
  let unit: Unit = root;
  let above = root.name;
  for (const name of names) {
    const there = (await below(unit.id)) ?? [];
    const next = there.find((candidate) => comparable(candidate.name) === name);
    if (next === undefined) return { reference, missing: name, below: above, there: there.map((one) => one.name) };
    unit = next;
    above = `${above}/${name}`;
  }
  return { reference, id: unit.id };
}

/** Asks once for each parent, however many paths lead through it. */
function unitsByParent(): UnitsBelow {
  const asked = new Map<string, Promise<readonly Unit[] | undefined>>();
  return (parentId) => {
    const answer = asked.get(parentId) ?? askForUnits(parentId);
    asked.set(parentId, answer);
    return answer;
  };
}

async function askForUnits(parentId: string): Promise<readonly Unit[] | undefined> {
  const question = `for the organizational units below ${parentId}`;
  const answer = await asking(question, getOrganizationalUnits({ parentId }), /ParentNotFoundException/);
  return answer?.children;
}
