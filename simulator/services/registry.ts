import { accountManagement } from "./account/index.ts";
import { cloudControlService } from "./cloud-control/index.ts";
import { cloudTrailService } from "./cloudtrail/index.ts";
import { elasticComputeCloud } from "./ec2/index.ts";
import { eventBridgeService } from "./eventbridge/index.ts";
import { identityAndAccessManagement } from "./iam/index.ts";
import { identityStoreService } from "./identity-store/index.ts";
import { keyManagementService } from "./kms/index.ts";
import { organizationsService } from "./organizations/index.ts";
import { simpleNotificationService } from "./sns/index.ts";
import { simpleStorageService } from "./s3/index.ts";
import type { Service } from "./service.ts";
import { simpleQueueService } from "./sqs/index.ts";
import { ssoAdminService } from "./sso-admin/index.ts";
import { securityTokenService } from "./sts/index.ts";
import { taggingService } from "./tagging/index.ts";

/** Every service of the sandbox organization. */
export const services: readonly Service[] = [
  securityTokenService,
  identityAndAccessManagement,
  organizationsService,
  simpleStorageService,
  simpleQueueService,
  ssoAdminService,
  identityStoreService,
  cloudControlService,
  cloudTrailService,
  eventBridgeService,
  simpleNotificationService,
  keyManagementService,
  elasticComputeCloud,
  accountManagement,
  taggingService,
];

export const servicesBySigningName: ReadonlyMap<string, Service> = new Map(
  services.flatMap((service) => service.signingNames.map((name) => [name, service] as const)),
);
