import * as pulumi from "@pulumi/pulumi";

/**
 * A drill's name. Made first, so that everything else is named after it, and deleted last: its deletion names on stderr
 * whatever of the drill is still there, because a refresh of a locked bucket drops it from state.
 */
export class DrillName extends pulumi.dynamic.Resource {
  declare readonly drillName: pulumi.Output<string>;

  constructor(
    name: string,
    where: { region: string; profile?: string | undefined },
    options?: pulumi.CustomResourceOptions,
  ) {
    super(provider, name, { drillName: undefined, ...where }, options, "break-glass", "DrillName");
  }
}

/** Serialised into state: thin, so that state holds no more than the way to the code. */
const provider: pulumi.dynamic.ResourceProvider<unknown, unknown> = {
  create: async (inputs) => {
    const { createDrillName } = await import("#scenarios");
    return createDrillName(inputs);
  },
  diff: async (_id, olds, news) => {
    const { diffDrillName } = await import("#scenarios");
    return diffDrillName(olds, news);
  },
  update: async (_id, olds, news) => {
    const { updateDrillName } = await import("#scenarios");
    return updateDrillName(olds, news);
  },
  delete: async (_id, state) => {
    const { reportLeftovers } = await import("#scenarios");
    await reportLeftovers(state);
  },
};
