import type { FaultPlan, FaultRule } from "./fault-plan.ts";
import { createTokenBucket } from "./token-bucket.ts";

/** What a rule can tell requests apart by. */
export interface FaultableRequest {
  readonly service: string;
  readonly operation: string;
  readonly account: string;
  /** Milliseconds of the sandbox's clock. */
  readonly at: number;
}

/** Decides for each request in turn whether it goes wrong. */
export interface FaultSource {
  readonly next: (request: FaultableRequest) => FaultRule | undefined;
  /** For tests: one more rule from now on, before the others. The returned function takes it back. */
  readonly add: (rule: FaultRule) => () => void;
  /** For tests: told of each request before it is decided about. The returned function ends that. */
  readonly watch: (watcher: (request: FaultableRequest) => void) => () => void;
}

/** The first rule that matches decides; each counts its own calls and draws from its own seeded sequence. */
export function createFaultSource({ seed, rules }: FaultPlan): FaultSource {
  const counted = rules.map((rule, index) => countedRule(rule, seed + index));
  const watchers = new Set<(request: FaultableRequest) => void>();
  return {
    next: (request) => {
      for (const watcher of watchers) watcher(request);
      // Every rule sees every request, so that the counts do not depend on the order of the rules.
      const hits = counted.filter((rule) => rule.hits(request));
      return hits[0]?.rule;
    },
    add: (rule) => {
      const added = countedRule(rule, seed);
      counted.unshift(added);
      return () => {
        counted.splice(counted.indexOf(added), 1);
      };
    },
    watch: (watcher) => {
      watchers.add(watcher);
      return () => {
        watchers.delete(watcher);
      };
    },
  };
}

interface CountedRule {
  readonly rule: FaultRule;
  readonly hits: (request: FaultableRequest) => boolean;
}

function countedRule(rule: FaultRule, seed: number): CountedRule {
  const draw = seededDraw(seed);
  const bucket = rule.perSecond === undefined ? undefined : createTokenBucket(rule.perSecond);
  let call = 0;
  return {
    rule,
    hits: (request) => {
      if (!matches(rule, request)) return false;
      call += 1;
      if (rule.calls && !rule.calls.includes(call)) return false;
      if (rule.probability !== undefined && draw() >= rule.probability) return false;
      return bucket === undefined || !bucket.take(request.at);
    },
  };
}

function matches(rule: FaultRule, request: FaultableRequest): boolean {
  return (
    (rule.service ?? request.service) === request.service &&
    (rule.operation ?? request.operation) === request.operation &&
    (rule.account ?? request.account) === request.account
  );
}

/** Numbers from 0 to 1, the same for the same seed: a linear congruential generator with the constants of ANSI C. */
function seededDraw(seed: number): () => number {
  let state = seed >>> 0;
  const step = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0);
  step();
  return () => (step() >>> 8) / 0x1_00_00_00;
}
