/** Whether an operation only reads, by its name. */
export function isRead(operation: string): boolean {
  return /^(Get|List|Describe|Lookup|Head|Is|TestEventPattern$)/.test(operation);
}
