/** A value that AWS takes a while to make true everywhere: reads see the old one until the new one has propagated. */
export interface Propagating<Value> {
  current: Value;
  /** Writes not yet in effect, oldest first. */
  pending: { readonly value: Value; readonly at: Date }[];
}

export function propagating<Value>(value: Value): Propagating<Value> {
  return { current: value, pending: [] };
}

/** What a request sees at `now`. */
export function readPropagating<Value>(target: Propagating<Value>, now: Date): Value {
  const due = target.pending.filter(({ at }) => at <= now);
  const latest = due.at(-1);
  if (latest) {
    target.current = latest.value;
    target.pending = target.pending.filter(({ at }) => at > now);
  }
  return target.current;
}

/** What was last asked for, whether or not it is in effect yet. */
export function latestWritten<Value>(target: Propagating<Value>): Value {
  return target.pending.at(-1)?.value ?? target.current;
}

export function writePropagating<Value>(target: Propagating<Value>, value: Value, at: Date): void {
  target.pending.push({ value, at });
}
