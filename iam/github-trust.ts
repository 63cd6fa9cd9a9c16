import type { PolicyJson } from "./policy-json.ts";

/** Where GitHub's tokens for workflows come from, and how IAM names the provider. */
export const gitHubTokenIssuer = "token.actions.githubusercontent.com";

/** Whom the official action asks a token for. */
export const gitHubAudience = "sts.amazonaws.com";

/** What a workflow has to run in: an environment of the repository, or one branch or tag. */
export type WorkflowPlace = { readonly environment: string } | { readonly ref: string };

/** A repository, environment or ref that would let in more than itself, or that GitHub cannot have. */
export class WorkflowPlaceError extends Error {
  override readonly name = "WorkflowPlaceError";
}

/**
 * The trust policy of a role for GitHub's workflows: tokens of one repository, made for AWS STS, by jobs in one place. The
 * subject is compared whole, because `repo:owner/name:*` would let in pull requests and every branch.
 *
 * @param repository as GitHub names it: `owner/name`
 * @throws WorkflowPlaceError for a pattern or a malformed name
 * @see docs/aws-behaviour.md, section 8, for what GitHub puts into `sub` and `aud`
 * @example gitHubTrustPolicy(providerArn, "example/organization", { environment: "organization" })
 */
export function gitHubTrustPolicy(providerArn: string, repository: string, place: WorkflowPlace): PolicyJson {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AllowWorkflow",
        Effect: "Allow",
        Principal: { Federated: providerArn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${gitHubTokenIssuer}:aud`]: gitHubAudience,
            [`${gitHubTokenIssuer}:sub`]: workflowSubject(repository, place),
          },
        },
      },
    ],
  };
}

/** The token's subject, as GitHub writes it. */
function workflowSubject(repository: string, place: WorkflowPlace): string {
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    throw new WorkflowPlaceError(`${repository} is not a repository; write owner/name, without patterns.`);
  }
  if ("environment" in place) {
    // GitHub writes a colon of an environment's name as %3A, so that nobody can make up another subject.
    checkWhole("environment", place.environment);
    return `repo:${repository}:environment:${encodeColons(place.environment)}`;
  }
  checkWhole("ref", place.ref);
  if (!/^refs\/(heads|tags)\/./.test(place.ref)) {
    throw new WorkflowPlaceError(`${place.ref} is not a ref; write it whole, for example refs/heads/main.`);
  }
  return `repo:${repository}:ref:${place.ref}`;
}

function encodeColons(text: string): string {
  return text.replaceAll(":", "%3A");
}

function checkWhole(what: string, name: string): void {
  if (name.trim() !== "" && !/[*?]/.test(name)) return;
  throw new WorkflowPlaceError(`the ${what} "${name}" names none or many; name one, without patterns.`);
}
