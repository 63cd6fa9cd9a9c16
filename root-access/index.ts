export {
  type AccountAudit,
  addToTotals,
  type AuditOutcome,
  type AuditTotals,
  isPasswordWithoutMfa,
  noTotals,
  type RootAccessKey,
  type RootCredentials,
} from "./audit/account-audit.ts";
export { type Audit, type AuditRequest, openAudit } from "./audit/audit.ts";
export { auditedAccounts } from "./audit/audited-accounts.ts";
export { defaultAuditFolder } from "./audit/journal.ts";
export { type AwsAccess, accessFromProfile, type AwsRequestAnswered } from "./aws/aws-access.ts";
export { endedBy, s3Client, sqsClient, stsClient } from "./aws/aws-clients.ts";
export { awsErrorCode, callAws } from "./aws/aws-failure.ts";
export {
  type Change,
  type Denial,
  diagnose,
  type Diagnosis,
  type KnownPolicies,
  knownPolicy,
  type KnownPolicy,
  policiesAbove,
  readDenials,
  recentDenials,
} from "./diagnosis/index.ts";
export { type CallerIdentity, identifyCaller, identifyPossibleCaller } from "./caller.ts";
export { allowRecovery, type RecoveryRequest, type RecoveryResult } from "./credentials/allow-recovery.ts";
export {
  type AccountDeletion,
  deleteInAccounts,
  type DeletionRequest,
  type RootCredentialFindings,
} from "./credentials/delete-in-accounts.ts";
export { localFolder } from "./local-folder.ts";
export { type AccountChoice, type MemberAccount, parseAccountChoice } from "./member-accounts.ts";
export { stateInWords } from "./no-root-sessions.ts";
export { defaultBackupFolder, policyHash, type PolicyBackup } from "./policy/policy-backup.ts";
export { type Look, type Wait, waitFor } from "./poll.ts";
export { policyOf, unlockTask } from "./policy/policy-of.ts";
export { parseRecordLine } from "./records/record-file.ts";
export type { RecordedReason, RecordedSubject, RecordLine, RunResult } from "./records/record-line.ts";
export { recordedRun, type RunningRecord, type RunToRecord } from "./records/recorded-run.ts";
export type { ResourcePolicy } from "./policy/resource-policy.ts";
export { type AwsAnswer, type Failure, type FailureReason, RootAccessError } from "./root-access-error.ts";
export {
  confirmRootIdentity,
  openRootSession,
  type RootSession,
  RootSessionCredentials,
  type RootSessionRequest,
} from "./root-session.ts";
export { credentialProcessOutput, sessionEnvironment, sessionExports } from "./session-environment.ts";
export {
  type BucketTarget,
  parseBucketTarget,
  parseQueueTarget,
  type QueueTarget,
  type Target,
  whatIsMissing,
  type Whereabouts,
} from "./policy/target.ts";
export type { PolicyChangeRequest, PolicyChangeResult, UnlockStep } from "./policy/policy-change.ts";
export type { PolicyChangeProposal } from "./policy/settled-plan.ts";
export { type Check, checkSentence } from "./preflight/check.ts";
export { preflight, type PreflightQuestion } from "./preflight/preflight.ts";
export { status, type Status, type StatusQuestion } from "./status/status.ts";
export { putPolicy, type PutPolicyRequest, type PutPolicyResult } from "./policy/put-policy.ts";
export { readPolicyBackup } from "./policy/read-policy-backup.ts";
export { restore, type RestoreRequest, targetOf } from "./policy/restore.ts";
export { type KnownOfOwner, type PolicyPlan, planUnlock, type UnlockStrategy } from "./policy/unlock-plan.ts";
export type { Verification } from "./policy/verify-change.ts";
export { unlock, unlockBucket, unlockQueue, type UnlockRequest, type UnlockResult } from "./policy/unlock.ts";
