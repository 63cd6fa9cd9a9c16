import { paginateGetResources, type ResourceTagMapping } from "@aws-sdk/client-resource-groups-tagging-api";
import { z } from "zod";
import { describing } from "../describing.ts";
import { dataSource } from "./data-source.ts";

/** Resources by their tags, of every service that takes part in the Resource Groups Tagging API. */
export const getResources = dataSource({
  token: "aws:resourcegroupstaggingapi/getResources:getResources",
  args: z.strictObject({
    resourceTypeFilters: z.array(z.string()).optional(),
    tagFilters: z.array(z.strictObject({ key: z.string(), values: z.array(z.string()).optional() })).optional(),
    region: z.string().optional(),
  }),
  read: ({ resourceTypeFilters, tagFilters, region: asked }, { session, clients }) =>
    describing("reading Resource Groups Tagging API Resources", async () => {
      const region = asked ?? session.region;
      const pages = paginateGetResources(
        { client: clients.tagging(region) },
        {
          ResourceTypeFilters: resourceTypeFilters,
          TagFilters: tagFilters?.map(({ key, values }) => ({ Key: key, Values: values })),
        },
      );
      const mappings: ResourceTagMapping[] = [];
      for await (const page of pages) mappings.push(...(page.ResourceTagMappingList ?? []));
      return {
        id: "aws",
        region,
        resourceTagMappingLists: mappings.map(({ ResourceARN = "", Tags = [] }) => ({
          complianceDetails: [],
          resourceArn: ResourceARN,
          tags: Object.fromEntries(Tags.map(({ Key = "", Value = "" }) => [Key, Value])),
        })),
      };
    }),
});
