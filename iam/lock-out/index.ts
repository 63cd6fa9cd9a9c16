export { type Administrator } from "./administrator.ts";
export { type Assumption, assumptions } from "./assumptions.ts";
export { findLockOut } from "./find-lock-out.ts";
export type {
  LockingStatement,
  LockOut,
  LockOutQuestion,
  PolicyStatement,
  Remedy,
  StayingStatement,
} from "./lock-out.ts";
