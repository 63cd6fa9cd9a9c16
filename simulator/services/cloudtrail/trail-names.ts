import { AwsFault } from "../../aws-fault.ts";
import type { Trail } from "../../state/trails.ts";
import type { Call, Requirement } from "../service.ts";

interface NamesTrail {
  readonly Name: string;
}

export function trailArn(name: string, { caller, region }: Call): string {
  return name.startsWith("arn:") ? name : `arn:aws:cloudtrail:${region}:${caller.accountId}:trail/${name}`;
}

/** The trails that an account sees in a Region: its own and the organization's, others' home Regions by their shadows. */
export function visibleTrails({ state, caller, region }: Call): readonly Trail[] {
  return [...state.trails.values()].filter(
    (trail) =>
      (trail.accountId === caller.accountId || trail.isOrganizationTrail) &&
      (trail.homeRegion === region || trail.isMultiRegion),
  );
}

/** @throws AwsFault TrailNotFoundException */
export function visibleTrail(name: string, call: Call): Trail {
  const trail = visibleTrails(call).find((one) => one.arn === name || one.name === name);
  if (!trail) throw trailNotFound(name, call);
  return trail;
}

/** For changes: by the owner alone, in the home Region. @throws AwsFault TrailNotFoundException, InvalidHomeRegionException */
export function ownTrail(name: string, call: Call): Trail {
  const trail = visibleTrail(name, call);
  if (trail.accountId !== call.caller.accountId) throw trailNotFound(name, call);
  if (trail.homeRegion === call.region) return trail;
  throw new AwsFault(
    "InvalidHomeRegionException",
    `Trail ${trail.arn} has a home region of ${trail.homeRegion}, not ${call.region}.`,
  );
}

export function onTrail({ Name }: NamesTrail, call: Call): readonly Requirement[] {
  return [{ resource: trailArn(Name, call) }];
}

export function onNamedTrail({ TrailName }: { readonly TrailName: string }, call: Call): readonly Requirement[] {
  return onTrail({ Name: TrailName }, call);
}

function trailNotFound(name: string, call: Call): AwsFault {
  const message = `Unknown trail: ${trailArn(name, call)} for the user: ${call.caller.accountId}`;
  return new AwsFault("TrailNotFoundException", message);
}
