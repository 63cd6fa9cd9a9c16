import { closest, distance } from "fastest-levenshtein";
import { services } from "../services/registry.ts";

/** What is wrong with the names in a rule: where, and in one sentence what and what there is instead. */
export interface NameProblem {
  readonly member: "service" | "operation";
  readonly message: string;
}

/** A rule whose service or operation the sandbox organization does not model would never do anything. */
export function problemOfNames(
  serviceName: string | undefined,
  operation: string | undefined,
): NameProblem | undefined {
  const named = services.filter(({ name }) => serviceName === undefined || name === serviceName);
  if (serviceName !== undefined && named.length === 0) {
    return {
      member: "service",
      message: unknown(
        "service",
        serviceName,
        services.map(({ name }) => name),
      ),
    };
  }
  const operations = named.flatMap((service) => Object.keys(service.operations));
  if (operation === undefined || operations.includes(operation)) return undefined;
  const kind = serviceName === undefined ? "operation" : `operation of ${serviceName}`;
  return { member: "operation", message: unknown(kind, operation, operations) };
}

/** A misspelling leaves most of a name as it was; whoever means something else is told where to look. */
function unknown(kind: string, name: string, known: readonly string[]): string {
  const nearest = closest(name, known);
  const isNear = distance(name.toLowerCase(), nearest.toLowerCase()) <= Math.ceil(nearest.length / 3);
  const instead = isNear ? `did you mean ${nearest}?` : `the nearest is ${nearest}, docs/sandbox.md lists them all`;
  return `"${name}" is no ${kind} that the sandbox organization models; ${instead}`;
}
