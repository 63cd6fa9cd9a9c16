import type { Denial } from "./denial.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { pasteablePolicy } from "./pasteable-policy.ts";

/** Kinds of policy that this kit does not evaluate: that of a VPC endpoint, and what AWS may add. */
export function otherPolicy(denial: Denial, type: string): Diagnosis {
  const { action = "", resource = "*", kind, principalArn = "" } = denial.said ?? {};
  const isEndpoint = type.startsWith("VPC endpoint");
  const statement = {
    Effect: "Allow",
    Principal: "*",
    Action: action,
    Resource: resource,
    Condition: { ArnEquals: { "aws:PrincipalArn": principalArn } },
  };
  return {
    cause: isEndpoint ? "vpc-endpoint-policy" : "unknown",
    because: `${kind === "explicit" ? "A statement" : "The lack of a statement"} of a ${type} denies ${action} on ${resource} by ${principalArn}.`,
    changes: isEndpoint
      ? [
          {
            what: "Send the request by a way that does not lead through the VPC endpoint: from outside of that network, nothing has to be changed.",
          },
          kind === "implicit"
            ? { what: "Or add to the endpoint's policy:", json: pasteablePolicy(statement) }
            : {
                what: "Or except the request from the Deny in the endpoint's policy (ec2:DescribeVpcEndpoints shows it).",
              },
        ]
      : [{ what: `Except the request from the ${type}.` }],
    notChecked: isEndpoint && kind === "explicit" ? ["which statement: ec2:DescribeVpcEndpoints"] : [],
    denials: [denial],
  };
}
