/** The policy text is not a policy: AWS would refuse it with MalformedPolicyDocument. The message says where and why. */
export class MalformedPolicyError extends Error {
  override readonly name = "MalformedPolicyError";
}
