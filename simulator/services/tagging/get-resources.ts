import type {
  GetResourcesInput,
  GetResourcesOutput,
  ResourceTagMapping,
  TagFilter,
} from "@aws-sdk/client-resource-groups-tagging-api";
import { AwsFault, notImplemented } from "../../aws-fault.ts";
import { page } from "../page.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Call, Operation } from "../service.ts";

const usualPage = 50;
const members = ["PaginationToken", "TagFilters", "ResourcesPerPage", "ResourceTypeFilters"] as const;

/** The tagged KMS keys of a Region. Those that wait for their deletion still have their tags, and are among them. */
export const getResources: Operation<GetResourcesInput, GetResourcesOutput> = {
  validate: (input) => {
    refuseUnmodelled("tag:GetResources", input, members);
    const { ResourceTypeFilters: types = [] } = input;
    if (types.length === 0 || types.some((type) => type !== "kms" && type !== "kms:key")) {
      throw notImplemented("Finding resources other than KMS keys by their tags");
    }
  },
  perform: (input, call) => {
    const { TagFilters: filters = [], ResourcesPerPage: size = usualPage } = input;
    const found = taggedKeys(call).filter((resource) => filters.every((filter) => passes(resource, filter)));
    const token = input.PaginationToken === "" ? undefined : input.PaginationToken;
    const cut = page(found, { token, size }, input, call);
    if (!cut) throw new AwsFault("InvalidParameterException", "The PaginationToken is not valid.");
    return { PaginationToken: cut.next ?? "", ResourceTagMappingList: [...cut.items] };
  },
};

function taggedKeys({ state, caller, region, clock }: Call): readonly ResourceTagMapping[] {
  return [...state.keys.values()]
    .filter((key) => key.accountId === caller.accountId && key.region === region && key.tags.size > 0)
    .filter(({ deletion }) => deletion === undefined || deletion.at > clock.now())
    .sort((a, b) => (a.arn < b.arn ? -1 : 1))
    .map(({ arn, tags }) => ({
      ResourceARN: arn,
      Tags: [...tags].map(([Key, Value]) => ({ Key, Value })),
    }));
}

/** A filter without values asks for the key alone. */
function passes({ Tags = [] }: ResourceTagMapping, { Key, Values = [] }: TagFilter): boolean {
  return Tags.some((tag) => tag.Key === Key && (Values.length === 0 || Values.includes(tag.Value ?? "")));
}
