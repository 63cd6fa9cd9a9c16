import { nearest } from "../configuration/nearest.ts";
import type { OrganizationalUnitFact } from "../facts/organizational-unit-facts.ts";
import { allAccepted, refused, type Reviewed } from "../review.ts";

/**
 * The ids of configured organizational units.
 *
 * @param units what was found; `undefined` where the organization could not be asked
 */
export function reviewOrganizationalUnits(
  key: string,
  references: readonly string[],
  units: readonly OrganizationalUnitFact[] | undefined,
): Reviewed<readonly string[]> {
  if (units === undefined) {
    return refused(
      `${key}: organizational units cannot be looked up with these credentials; use the management account's, allowed organizations:ListAccounts, ListRoots and ListOrganizationalUnitsForParent.`,
    );
  }
  const reviews = allAccepted(
    references.map((reference, index) =>
      reviewUnit(
        `${key}[${index}]`,
        reference,
        units.find((unit) => unit.reference === reference),
      ),
    ),
  );
  if ("problems" in reviews) return reviews;
  const twice = reviews.accepted.findIndex((id, index) => reviews.accepted.indexOf(id) !== index);
  if (twice < 0) return reviews;
  return refused(`${key}[${twice}]: ${references[twice] ?? ""} is named before; name it once.`);
}

function reviewUnit(key: string, reference: string, unit: OrganizationalUnitFact | undefined): Reviewed<string> {
  if (unit !== undefined && "id" in unit) return { accepted: unit.id };
  if (unit === undefined || unit.below === "") {
    return refused(`${key}: there is no organizational unit ${reference}; check the id, or give the path.`);
  }
  const { missing, below, there } = unit;
  return refused(`${key}: there is no organizational unit ${missing} below ${below}; ${alternatives(missing, there)}`);
}

function alternatives(missing: string, there: readonly string[]): string {
  if (there.length === 0) return "there is none at all.";
  const meant = nearest(missing, there);
  const slashed = there.some((name) => name.includes("/")) ? " One with a slash in its name is named by its id." : "";
  return `${meant === undefined ? "t" : `did you mean ${meant}? T`}here are ${[...there].sort().join(", ")}.${slashed}`;
}
