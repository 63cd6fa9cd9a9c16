import { all, type Input, Output, type OutputInstance } from "@pulumi/pulumi";

/**
 * Makes something of an input: at once where it is plain, so that what is wrong is thrown in the constructor and a
 * transform sees the value itself, and once it is known where it is an output.
 *
 * @example whenKnown(policy, (document) => JSON.stringify(document))
 */
export function whenKnown<T, Made>(input: Input<T>, make: (value: T) => Made): Input<Made> {
  if (isOutput(input)) return input.apply(make);
  return input instanceof Promise ? input.then(make) : make(input);
}

/** Pulumi's own check promises an `Output<T>`, and an input is the plainer `OutputInstance<T>`. */
function isOutput<T>(input: Input<T>): input is OutputInstance<T> {
  return Output.isInstance(input);
}

/** As {@link whenKnown}, of a list whose elements may each be an output. */
export function whenAllKnown<Made>(
  inputs: readonly Input<string>[],
  make: (values: readonly string[]) => Made,
): Input<Made> {
  const plain = plainOf(inputs);
  return plain.length === inputs.length ? make(plain) : all([...inputs]).apply(make);
}

/** The elements whose value is there at once. */
export function plainOf(inputs: readonly Input<string>[]): readonly string[] {
  return inputs.filter((input) => typeof input === "string");
}

/**
 * What tells one element of a list apart in a resource's logical name: its own text, which stays when the list is sorted
 * anew; an output's is not known when names are given, so it is told by its position, counted from 1.
 */
export function logicalPart(element: Input<string>, index: number): string {
  return typeof element === "string" ? element : String(index + 1);
}
