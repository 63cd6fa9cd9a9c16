import * as pulumi from "@pulumi/pulumi";
import type { Lock as LockSettings } from "../lock.ts";

/** What a lock is asked for; each value may be another resource's output. */
export type LockArgs = { readonly [Key in keyof LockSettings]: pulumi.Input<LockSettings[Key]> };

/**
 * A bucket or queue under a policy that lets nobody in but a root session.
 *
 * `pulumi refresh` leaves it as it is and `pulumi up` never puts it again after an unlock from outside; `pulumi destroy`
 * lifts it through AssumeRoot. It has to depend on everything that needs access to be made.
 */
export class Lock extends pulumi.dynamic.Resource {
  constructor(name: string, args: LockArgs, options?: pulumi.CustomResourceOptions) {
    super(provider, name, { ...args }, options, "break-glass", "Lock");
  }
}

/** Serialised into state: thin, so that state holds no more than the way to the code. */
const provider: pulumi.dynamic.ResourceProvider<unknown, unknown> = {
  create: async (inputs) => {
    const { createLock } = await import("#scenarios");
    return createLock(inputs);
  },
  diff: async (_id, olds, news) => {
    const { diffLock } = await import("#scenarios");
    return diffLock(olds, news);
  },
  update: async (_id, _olds, news) => {
    const { updateLock } = await import("#scenarios");
    return updateLock(news);
  },
  delete: async (_id, state) => {
    const { deleteLock } = await import("#scenarios");
    await deleteLock(state);
  },
};
