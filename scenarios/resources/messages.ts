import * as pulumi from "@pulumi/pulumi";

export interface MessagesArgs {
  readonly queueArn: pulumi.Input<string>;
  readonly region: string;
  readonly profile?: string | undefined;
  readonly bodies: readonly string[];
}

/** Messages in a queue, sent once. Deleting them is left to the queue's own deletion. */
export class Messages extends pulumi.dynamic.Resource {
  /** SHA-256 of each body. */
  declare readonly digests: pulumi.Output<string[]>;

  constructor(name: string, args: MessagesArgs, options?: pulumi.CustomResourceOptions) {
    super(provider, name, { digests: undefined, ...args }, options, "break-glass", "Messages");
  }
}

/** Serialised into state: thin, so that state holds no more than the way to the code. */
const provider: pulumi.dynamic.ResourceProvider<unknown, unknown> = {
  create: async (inputs) => {
    const { createMessages } = await import("#scenarios");
    return createMessages(inputs);
  },
  diff: async (_id, olds, news) => {
    const { diffMessages } = await import("#scenarios");
    return diffMessages(olds, news);
  },
  update: async (_id, olds, news) => {
    const { updateMessages } = await import("#scenarios");
    return updateMessages(olds, news);
  },
};
