import type { z } from "zod";
import type { PropertyBag } from "../../protocol/property-bag.ts";
import type { AwsConnection } from "../clients.ts";

/** A function of the `aws` plugin. */
export interface DataSource {
  /** `aws:organizations/getOrganization:getOrganization`. */
  readonly token: string;
  readonly read: (args: PropertyBag, connection: AwsConnection) => Promise<PropertyBag>;
}

/** A data source whose arguments are parsed before it reads. */
export function dataSource<Args extends z.ZodType>(definition: {
  readonly token: string;
  readonly args: Args;
  readonly read: (args: z.output<Args>, connection: AwsConnection) => Promise<PropertyBag>;
}): DataSource {
  const { token, args: schema, read } = definition;
  return {
    token,
    read: async (args, connection) => {
      const parsed = schema.safeParse(args);
      if (!parsed.success) throw new Error(refusal(token, parsed.error.issues));
      return read(parsed.data, connection);
    },
  };
}

function refusal(token: string, issues: readonly z.core.$ZodIssue[]): string {
  return issues
    .map((issue) =>
      issue.code === "unrecognized_keys"
        ? `The stand-in for the aws plugin does not model the argument "${issue.keys.join('", "')}" of ${token} and refuses it.`
        : `invalid argument ${issue.path.join(".")}: ${issue.message}`,
    )
    .join("\n");
}
