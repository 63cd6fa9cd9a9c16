/**
 * The shape of a CloudFormation type's property. Members of an object are named as CloudFormation names them; `verbatim`
 * is free-form JSON whose keys are nobody's business.
 */
export type PropertySchema =
  | { readonly kind: "string"; readonly oneOf?: readonly string[] }
  | { readonly kind: "verbatim" }
  | { readonly kind: "list"; readonly of: PropertySchema }
  | { readonly kind: "object"; readonly members: Members };

export type Members = Readonly<Record<string, PropertySchema>>;

/** A CloudFormation type, as its registry schema describes it. */
export interface TypeSchema {
  /** `aws-native:sso:PermissionSet`. */
  readonly token: string;
  /** `AWS::SSO::PermissionSet`. */
  readonly typeName: string;
  readonly members: Members;
  readonly required: readonly string[];
  /** A change of these makes a new resource. */
  readonly createOnly: readonly string[];
  readonly readOnly: readonly string[];
  /** Never told by AWS again. */
  readonly writeOnly: readonly string[];
  readonly primaryIdentifier: readonly string[];
  /** The property that is named automatically, and how long the name may be. */
  readonly autoName?: { readonly member: string; readonly maximumLength: number };
}

const string: PropertySchema = { kind: "string" };

function list(of: PropertySchema): PropertySchema {
  return { kind: "list", of };
}

function object(members: Members): PropertySchema {
  return { kind: "object", members };
}

const customerManagedPolicyReference = object({ Name: string, Path: string });

const permissionSet: TypeSchema = {
  token: "aws-native:sso:PermissionSet",
  typeName: "AWS::SSO::PermissionSet",
  members: {
    CustomerManagedPolicyReferences: list(customerManagedPolicyReference),
    Description: string,
    InlinePolicy: { kind: "verbatim" },
    InstanceArn: string,
    ManagedPolicies: list(string),
    Name: string,
    PermissionSetArn: string,
    PermissionsBoundary: object({
      CustomerManagedPolicyReference: customerManagedPolicyReference,
      ManagedPolicyArn: string,
    }),
    RelayStateType: string,
    SessionDuration: string,
    Tags: list(object({ Key: string, Value: string })),
  },
  required: ["InstanceArn"],
  createOnly: ["InstanceArn", "Name"],
  readOnly: ["PermissionSetArn"],
  writeOnly: [],
  primaryIdentifier: ["InstanceArn", "PermissionSetArn"],
  autoName: { member: "Name", maximumLength: 32 },
};

const assignmentMembers: Members = {
  InstanceArn: string,
  TargetId: string,
  TargetType: { kind: "string", oneOf: ["AWS_ACCOUNT"] },
  PermissionSetArn: string,
  PrincipalType: { kind: "string", oneOf: ["USER", "GROUP"] },
  PrincipalId: string,
};

const assignment: TypeSchema = {
  token: "aws-native:sso:Assignment",
  typeName: "AWS::SSO::Assignment",
  members: assignmentMembers,
  required: Object.keys(assignmentMembers),
  createOnly: Object.keys(assignmentMembers),
  readOnly: [],
  writeOnly: [],
  primaryIdentifier: Object.keys(assignmentMembers),
};

export const typeSchemas: readonly TypeSchema[] = [permissionSet, assignment];
