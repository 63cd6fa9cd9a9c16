import { DescribeRegionsCommand } from "@aws-sdk/client-ec2";
import { z } from "zod";
import { describing } from "../describing.ts";
import { dataSource } from "./data-source.ts";

const filters = z.array(z.strictObject({ name: z.string(), values: z.array(z.string()) }));

/** The names of the Regions that are enabled for the account, or of all. */
export const getRegions = dataSource({
  token: "aws:index/getRegions:getRegions",
  args: z.strictObject({ allRegions: z.boolean().optional(), filters: filters.optional(), id: z.string().optional() }),
  read: ({ allRegions, filters: asked }, { session, clients }) =>
    describing("reading Regions", async () => {
      const command = new DescribeRegionsCommand({
        ...(allRegions === undefined ? {} : { AllRegions: allRegions }),
        ...(asked ? { Filters: asked.map(({ name, values }) => ({ Name: name, Values: values })) } : {}),
      });
      const { Regions = [] } = await clients.ec2(session.region).send(command);
      return {
        id: "aws",
        names: Regions.map(({ RegionName = "" }) => RegionName).sort(),
        ...(allRegions === undefined ? {} : { allRegions }),
        ...(asked ? { filters: asked } : {}),
      };
    }),
});
