/** The six parts of an Amazon Resource Name. `region` and `accountId` are empty where the service leaves them out. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
}

/**
 * Splits an ARN into its parts; the resource keeps its own colons.
 *
 * @returns `undefined` when `text` is not an ARN
 * @example parseArn("arn:aws:sqs:ap-northeast-2:333333333333:orders")?.resource // "orders"
 */
export function parseArn(text: string): Arn | undefined {
  const [prefix, partition, service, region, accountId, ...resource] = text.split(":");
  if (prefix !== "arn" || !partition || !service || region === undefined || accountId === undefined) return undefined;
  if (resource.length === 0 || resource[0] === "") return undefined;
  return { partition, service, region, accountId, resource: resource.join(":") };
}

/** The inverse of {@link parseArn}. */
export function formatArn({ partition, service, region, accountId, resource }: Arn): string {
  return ["arn", partition, service, region, accountId, resource].join(":");
}

/** The ARN of an account's root user: the resource of `sts:AssumeRoot` and the identity of a root session. */
export function rootUserArn(accountId: string): string {
  return `arn:aws:iam::${accountId}:root`;
}
