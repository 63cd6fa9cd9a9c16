import { notImplemented } from "../aws-fault.ts";

/**
 * Refuses an input that says more than the operation understands.
 *
 * @param modelled members that the operation acts upon, or that change nothing in the sandbox organization
 * @throws AwsFault 501 naming the first other member
 * @example refuseUnmodelled("sqs:SendMessage", input, ["QueueUrl", "MessageBody"])
 */
export function refuseUnmodelled<Input extends object>(
  operation: string,
  input: Input,
  modelled: readonly (keyof Input & string)[],
): void {
  const known: ReadonlySet<string> = new Set(modelled);
  const other = Object.entries(input).find(([member, value]) => value !== undefined && !known.has(member));
  if (other) throw notImplemented(`The parameter ${other[0]} of ${operation}`);
}
