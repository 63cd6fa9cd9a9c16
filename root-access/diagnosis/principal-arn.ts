/** @returns whether an ARN is that of a root user, and so of a root session */
export function isRootUser(principalArn: string): boolean {
  return /^arn:[\w-]+:iam::\d{12}:root$/.test(principalArn);
}

/** @returns the role of a role session, without its path: a session's ARN does not tell that */
export function roleOfSession(principalArn: string): string | undefined {
  return /:assumed-role\/([^/]+)\//.exec(principalArn)?.[1];
}

/** @returns the permission set that a role stands for: `AWSReservedSSO_<Name>_<16 hex>` (docs/aws-behaviour.md, section 4) */
export function permissionSetOfRole(role: string): string | undefined {
  return /^AWSReservedSSO_([\w+=,.@-]+)_[^_/]+$/.exec(role)?.[1];
}
