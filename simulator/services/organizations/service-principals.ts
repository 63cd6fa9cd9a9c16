import { invalidInput } from "./faults.ts";

/**
 * Services that work with AWS Organizations, as the Organizations User Guide lists them ("AWS services that you can use
 * with AWS Organizations").
 */
const known = new Set([
  "access-analyzer.amazonaws.com",
  "account.amazonaws.com",
  "aws-artifact-account-sync.amazonaws.com",
  "auditmanager.amazonaws.com",
  "backup.amazonaws.com",
  "cloudtrail.amazonaws.com",
  "compute-optimizer.amazonaws.com",
  "config.amazonaws.com",
  "config-multiaccountsetup.amazonaws.com",
  "controltower.amazonaws.com",
  "cost-optimization-hub.bcm.amazonaws.com",
  "detective.amazonaws.com",
  "devops-guru.amazonaws.com",
  "ds.amazonaws.com",
  "fms.amazonaws.com",
  "guardduty.amazonaws.com",
  "health.amazonaws.com",
  "iam.amazonaws.com",
  "inspector2.amazonaws.com",
  "ipam.amazonaws.com",
  "license-manager.amazonaws.com",
  "license-manager.member-account.amazonaws.com",
  "macie.amazonaws.com",
  "malware-protection.guardduty.amazonaws.com",
  "member.org.stacksets.cloudformation.amazonaws.com",
  "networkmanager.amazonaws.com",
  "observabilityadmin.amazonaws.com",
  "ram.amazonaws.com",
  "reachabilityanalyzer.networkinsights.amazonaws.com",
  "reporting.trustedadvisor.amazonaws.com",
  "resource-explorer-2.amazonaws.com",
  "securityhub.amazonaws.com",
  "security-ir.amazonaws.com",
  "securitylake.amazonaws.com",
  "servicecatalog.amazonaws.com",
  "servicequotas.amazonaws.com",
  "ssm.amazonaws.com",
  "sso.amazonaws.com",
  "stacksets.cloudformation.amazonaws.com",
  "storage-lens.s3.amazonaws.com",
  "tagpolicies.tag.amazonaws.com",
  "wellarchitected.amazonaws.com",
]);

/** @throws AwsFault InvalidInputException for a service that does not work with Organizations */
export function checkServicePrincipal(principal: string): void {
  if (known.has(principal)) return;
  throw invalidInput("UNRECOGNIZED_SERVICE_PRINCIPAL", "You specified an unrecognized service principal.");
}
