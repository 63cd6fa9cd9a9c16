import type { Condition, PolicyDocument, Statement } from "#iam";

/**
 * Whether a bucket policy is public in the sense of S3 Block Public Access: it allows something to everyone, and no
 * condition narrows that to fixed sources (Amazon S3 User Guide, "The meaning of public").
 */
export function isPublicPolicy({ statements }: PolicyDocument): boolean {
  return statements.some(
    (statement) => statement.effect === "Allow" && isForEveryone(statement) && !statement.conditions.some(isNarrow),
  );
}

function isForEveryone({ principals }: Statement): boolean {
  return principals === "*" || (principals?.AWS?.includes("*") ?? false);
}

const narrowingKeys = new Set([
  "aws:principalarn",
  "aws:principalaccount",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceip",
  "aws:sourceowner",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:userid",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
]);

function isNarrow({ operator, key, values }: Condition): boolean {
  const isPositive = /^(String|Arn)(Equals|Like)|^StringEqualsIgnoreCase$|^IpAddress$/.test(operator);
  return isPositive && narrowingKeys.has(key.toLowerCase()) && values.every(isFixed);
}

function isFixed(value: string): boolean {
  return !/[*?]|\$\{/.test(value) && !/\/0$/.test(value);
}
