import messages from "@pulumi/pulumi/proto/provider_pb.js";
import type { DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb.js";
import type { Difference, PropertyChange } from "./provider.ts";

/** The engine's message for what would change. */
export function encodeDifference({ changes, stable, deleteBeforeReplace }: Difference): DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
  const response = new messages.DiffResponse()
    .setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDiffsList(changes.map(({ property }) => property))
    .setReplacesList(changes.filter(({ replaces }) => replaces).map(({ property }) => property))
    .setStablesList([...stable])
    .setDeletebeforereplace(deleteBeforeReplace)
    .setHasdetaileddiff(true);
  for (const change of changes) response.getDetaileddiffMap().set(change.property, encodeChange(change));
  return response;
}

function encodeChange({ kind, replaces, betweenInputs }: PropertyChange): PropertyDiff {
  const kinds = messages.PropertyDiff.Kind;
  const wireKind = {
    add: replaces ? kinds.ADD_REPLACE : kinds.ADD,
    delete: replaces ? kinds.DELETE_REPLACE : kinds.DELETE,
    update: replaces ? kinds.UPDATE_REPLACE : kinds.UPDATE,
  }[kind];
  return new messages.PropertyDiff().setKind(wireKind).setInputdiff(betweenInputs);
}
