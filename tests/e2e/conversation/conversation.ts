import { alerts } from "./alerts.ts";
import { enabling } from "./enabling.ts";
import { iamUsers } from "./iam-users.ts";
import { identityCenter } from "./identity-center.ts";
import { keys } from "./keys.ts";
import { lockedBucket } from "./locked-bucket.ts";
import { lockedQueue } from "./locked-queue.ts";
import { objects } from "./objects.ts";
import { organizationPages } from "./organizations.ts";
import { regions } from "./regions.ts";
import { rootCredentials } from "./root-credentials.ts";
import { rootSessions } from "./root-sessions.ts";
import type { Chapter } from "./step.ts";
import { topics } from "./topics.ts";
import { trail } from "./trail.ts";

/** What every client says to an organization of its own, in this order. */
export const conversation: readonly Chapter[] = [
  enabling,
  rootSessions,
  objects,
  lockedBucket,
  lockedQueue,
  rootCredentials,
  organizationPages,
  identityCenter,
  iamUsers,
  trail,
  regions,
  keys,
  topics,
  alerts,
];
